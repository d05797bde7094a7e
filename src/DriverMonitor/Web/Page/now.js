import { el, svg, show } from './dom.js';
import { word, number } from './words.js';
import { post } from './api.js';

const STATES = ['fatigue', 'distraction', 'stress', 'anger'];
const NEEDS = { fatigue: 'camera', distraction: 'camera', stress: 'stress', anger: 'anger' };

export function now(view, context) {
  const cards = el('div', { class: 'cards' });
  const facts = el('div', { class: 'facts' });
  const heard = el('button', { type: 'button', class: 'strong', onclick: () => context.attempt(() => post('/api/acknowledge'), 'acknowledged') }, word('acknowledge'));
  const actions = el('div', { class: 'actions' }, heard);
  show(view, el('h1', {}, word('now')), cards, facts, actions);

  return context.onNow(second => {
    cards.dataset.time = second.time ?? '';
    show(cards, STATES.map(name => card(name, second.scores?.[name], second.allowed.includes(NEEDS[name]))));
    show(facts, fact('pulse', second.heart?.bpm, 'bpm', second.heart?.reason), fact('speed', second.speedKmh, 'km/h'),
      el('div', { class: 'card fact' }, el('h2', {}, word('sight')), el('p', {}, word(second.sight)),
        el('p', { class: 'soft' }, second.lacking.map(word).join(', '))));
    actions.hidden = !second.alert;
  });
}

function card(name, state, allowed) {
  const level = allowed ? state?.level ?? null : null;
  const missing = allowed ? state?.limits ?? [] : ['no_consent'];
  return el('section', { class: 'card state', 'data-state': name, 'data-level': level ?? 'unknown' },
    el('header', {}, el('h2', {}, word(name)), state && state.p !== null && level !== null ? el('span', { class: 'soft' }, word('confidence', number(100 * state.confidence, 0))) : null),
    el('p', { class: 'word' }, !allowed ? word('switched_off') : word(level === null ? 'unknown' : `${name}.${level}`)),
    el('div', { class: 'gauge' }, bar(name, state)),
    el('ul', {}, (allowed ? state?.why ?? [] : []).map(cue => el('li', {},
      el('span', {}, `${cue.raises ? '▲' : '▽'} ${word(cue.cue)}`), el('span', {}, measured(cue))))),
    missing.length ? el('p', { class: 'soft' }, `${word('missing')}: ${missing.map(word).join(', ')}`) : null);
}

// The mark is the score, the pale band how far what is missing could move it.
function bar(name, state) {
  const known = state && state.p !== null && state.level !== null;
  const text = known ? word('score_of', number(100 * state.p, 0)) : word('unknown');
  return svg('svg', { class: 'bar', viewBox: '0 0 200 18', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${word(name)}: ${text}` },
    svg('rect', { class: 'track', x: 0, y: 5, width: 200, height: 8, rx: 4 }),
    known ? svg('rect', { class: 'band', x: 200 * state.lo, y: 5, width: Math.max(2, 200 * (state.hi - state.lo)), height: 8, rx: 4 }) : null,
    known ? svg('rect', { class: 'mark', x: Math.min(194, Math.max(0, 200 * state.p - 3)), y: 0, width: 6, height: 18, rx: 3 }) : null);
}

function fact(name, value, unit, reason) {
  const known = value !== null && value !== undefined;
  return el('div', { class: 'card fact', 'data-fact': name }, el('h2', {}, word(name)),
    el('strong', {}, known ? number(value, 0) : '–', el('small', {}, known ? ` ${unit}` : '')),
    known ? null : el('p', { class: 'soft' }, word(reason ?? 'not_known')));
}

export function measured(cue) {
  if (cue.value === null || cue.value === undefined) return '';
  if (cue.unit === 'share') return `${number(100 * cue.value, 0)} %`;
  return `${number(cue.value, Math.abs(cue.value) < 10 ? 1 : 0)} ${cue.unit === 'z' ? '' : cue.unit}`.trim();
}
