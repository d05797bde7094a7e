// What the one state at a glance rests on: the four states, their reasons, pulse, speed.
import { el, svg, show } from './dom.js';
import { word, number, sentence } from './words.js';
import { phrase } from './phrases.js';

const STATES = ['fatigue', 'distraction', 'stress', 'anger'];
const NEEDS = { fatigue: 'camera', distraction: 'camera', stress: 'stress', anger: 'anger' };

export function details(view, context) {
  const cards = el('div', { class: 'cards' });
  const facts = el('div', { class: 'facts' });
  show(view, el('h1', {}, word('details')), cards, facts, el('div', { class: 'actions' },
    el('a', { class: 'button', href: '#now' }, word('back')),
    context.isKiosk ? el('a', { class: 'button', href: '/#details' }, word('kiosk_off')) : el('a', { class: 'button', href: '/?kiosk#now' }, word('kiosk_on'))));

  return context.onNow(second => {
    cards.dataset.time = second.time ?? '';
    show(cards, STATES.map(name => card(name, second, second.allowed.includes(NEEDS[name]))));
    show(facts, fact('pulse', second.heart?.bpm, 'bpm', second.heart?.reason), fact('speed', second.speedKmh, 'km/h'),
      el('div', { class: 'card fact' }, el('h2', {}, word('sight')), el('p', {}, word(second.sight)),
        el('p', { class: 'soft' }, second.lacking.map(word).join(', '))));
  });
}

// An alert is known a second before its score: the card of its state says what the alert says.
function card(name, second, allowed) {
  const alert = allowed && second.alert?.state === name ? second.alert : null;
  const state = second.scores?.[name];
  const level = allowed ? state?.level ?? null : null;
  const missing = allowed ? state?.limits ?? [] : ['no_consent'];
  return el('section', { class: 'card state', 'data-state': name, 'data-level': alert ? Math.max(alert.level, level ?? 0) : level ?? 'unknown' },
    el('header', {}, el('h2', {}, word(name)), state && state.p !== null && level !== null ? el('span', { class: 'soft' }, word('confidence', number(100 * state.confidence, 0))) : null),
    el('p', { class: 'word' }, !allowed ? word('switched_off') : alert ? word(`say.${alert.rule}.${alert.level}`) : word(level === null ? 'unknown' : `${name}.${level}`)),
    el('div', { class: 'gauge' }, bar(name, state)),
    el('ul', {}, (allowed ? state?.why ?? [] : []).map(cue => el('li', {}, `${cue.raises ? '▲' : '▽'} ${sentence(phrase(cue))}`))),
    missing.length ? el('p', { class: 'soft' }, `${word('missing')}: ${missing.map(word).join(', ')}`) : null);
}

// The mark is the score, the pale band how far what is missing could move it. Attention is full when nothing distracts.
function bar(name, state) {
  const known = state && state.p !== null && state.level !== null;
  const up = name === 'distraction' ? p => 1 - p : p => p;
  const text = known ? word('score_of', number(100 * up(state.p), 0)) : word('unknown');
  return svg('svg', { class: 'bar', viewBox: '0 0 200 18', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${word(name)}: ${text}` },
    svg('rect', { class: 'track', x: 0, y: 5, width: 200, height: 8, rx: 4 }),
    known ? svg('rect', { class: 'band', x: 200 * Math.min(up(state.lo), up(state.hi)), y: 5, width: Math.max(2, 200 * Math.abs(state.hi - state.lo)), height: 8, rx: 4 }) : null,
    known ? svg('rect', { class: 'mark', x: Math.min(194, Math.max(0, 200 * up(state.p) - 3)), y: 0, width: 6, height: 18, rx: 3 }) : null);
}

function fact(name, value, unit, reason) {
  const known = value !== null && value !== undefined;
  return el('div', { class: 'card fact', 'data-fact': name }, el('h2', {}, word(name)),
    el('strong', {}, known ? number(value, 0) : '–', el('small', {}, known ? ` ${unit}` : '')),
    known ? null : el('p', { class: 'soft' }, word(reason ?? 'not_known')));
}
