// Small parts that several screens are made of.
import { el, show } from './dom.js';
import { word, has } from './words.js';
import { full, moment } from './format.js';

// What a level or a state looks like: a sign and a word beside the colour, never colour alone.
const LEVELS = [['–', 'stale'], ['i', 'watch'], ['▲', 'warn'], ['▲▲', 'bad'], ['▲▲▲', 'bad']];
const CONTACTS = { fresh: ['●', 'good'], overdue: ['◐', 'watch'], stale: ['○', 'stale'], offline: ['○', 'stale'], silent: ['◌', 'stale'], never: ['×', 'stale'] };

export const badge = (text, sign, tone, title) => el('span', { class: 'badge', 'data-sign': sign, 'data-tone': tone, title }, text);
export const level = value => badge(value ? word(`level.${value}`) : word('no_alert'), ...LEVELS[value ?? 0]);
export const contact = name => badge(word(`contact.${name}`), ...(CONTACTS[name] ?? ['?', 'stale']));
export const rule = name => has(`rule.${name}`) ? word(`rule.${name}`) : name ? word(name) : word('unknown');
export const when = at => el('time', { datetime: new Date(at).toISOString(), title: full(at) }, moment(at));
export const num = (...text) => el('span', { class: 'num' }, ...text);
export const head = (title, question, ...tools) => el('div', { class: 'head' }, el('div', {}, el('h1', {}, title), el('p', {}, question)), tools.length ? el('div', { class: 'actions no-print' }, ...tools) : null);
export const card = (title, ...content) => el('section', { class: 'card' }, title ? el('h2', {}, title) : null, ...content);
export const tile = (value, label, tone) => el('li', { class: 'tile', 'data-tone': tone }, el('b', {}, value), el('span', {}, label));
export const tiles = (...list) => el('ul', { class: 'tiles' }, ...list.filter(Boolean));
export const empty = (title, more) => el('div', { class: 'empty' }, el('b', {}, title), more ? el('p', {}, more) : null);
export const skeleton = (lines = 6) => el('div', { class: 'skeleton', role: 'status', 'aria-label': word('loading') }, ...Array.from({ length: lines }, () => el('i', {})));
export const verdict = (tone, title, ...more) => el('div', { class: 'verdict', 'data-tone': tone }, el('span', { class: 'sign', 'aria-hidden': 'true' }, { good: '✓', watch: '!', bad: '▲', stale: '○' }[tone]), el('div', {}, el('strong', {}, title), ...more));
export const field = (label, input, hint) => el('div', { class: 'field' }, el('label', { for: input.id }, label), input, hint ? el('small', {}, hint) : null);
export const facts = rows => el('dl', { class: 'facts' }, ...rows.filter(row => row && row[1] !== null && row[1] !== undefined && row[1] !== '').flatMap(([name, value]) => [el('dt', {}, name), el('dd', {}, value)]));
export const code = text => el('span', { class: 'code' }, text);

// On a narrow screen each row becomes a small list of its own.
export function table(columns, rows, caption) {
  return el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption }, el('table', { class: 'fold' },
    el('thead', {}, el('tr', {}, ...columns.map(([name, kind]) => el('th', { scope: 'col', class: kind }, name)))),
    el('tbody', {}, ...rows.map(row => el('tr', {}, ...row.map((cell, i) => el('td', { class: columns[i][1], 'data-label': columns[i][0] }, cell)))))));
}

export function select(id, options, value, onchange) {
  const node = el('select', { id, onchange: () => onchange(node.value) }, ...options.map(([key, text]) => el('option', { value: key, selected: key === value }, text)));
  return node;
}

// Shows a skeleton, then what comes, or why nothing came.
export async function load(place, context, read, draw) {
  if (!place.hasChildNodes()) show(place, skeleton());
  try {
    const found = await read();
    if (context.isOver()) return;
    show(place, draw(found));
  } catch (refusal) {
    if (context.isOver()) return;
    if (!context.refused(refusal)) show(place, empty(word('not_loaded'), String(refusal.message)));
  }
}
