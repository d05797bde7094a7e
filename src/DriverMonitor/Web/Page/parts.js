import { el, show } from './dom.js';
import { word, has } from './words.js';
import { get, post, remove } from './api.js';

const SIGNS = { true: '✓', false: '✕', null: '·' };

export function parts(view, context) {
  const list = el('ul', { class: 'parts' });
  const actions = el('div', { class: 'actions' },
    el('button', { type: 'button', class: 'strong', onclick: () => context.attempt(() => post('/api/buzzer'), 'buzzer_tested') }, word('test_buzzer')),
    context.needsPassword ? el('button', { type: 'button', onclick: async () => { await remove('/api/session'); location.reload(); } }, word('sign_out')) : null);
  show(view, el('h1', {}, word('parts')), el('section', { class: 'card' }, list), actions);
  let seen = '';

  async function refresh() {
    const all = await get('/api/parts');
    const key = JSON.stringify(all);
    if (key === seen) return;
    seen = key;
    show(list, all.map(part));
  }

  refresh();
  const timer = setInterval(refresh, 2000);
  return () => clearInterval(timer);
}

// What it is, how it is, what else is known of it, and what to do where something can be done.
function part(one) {
  const what = `do.${one.state}`;
  return el('li', { 'data-part': one.name, 'data-ok': String(one.ok) },
    el('span', { class: 'sign', role: 'img', 'aria-label': word(one.ok === null ? 'sign.null' : one.ok ? 'sign.true' : 'sign.false') }, SIGNS[one.ok]),
    el('b', {}, word(`part.${one.name}`)),
    el('span', { class: 'how' }, has(one.state) ? word(one.state, one.detail ?? '') : one.state,
      one.detail && !has(one.state) ? el('span', { class: 'soft' }, ` · ${one.detail}`) : null),
    one.facts.length ? el('span', { class: 'soft more' }, one.facts.map(fact).join(' · ')) : null,
    one.ok !== true && has(what) ? el('span', { class: 'more' }, word(what)) : null);
}

function fact(one) {
  const place = `worn.${one.value}`;
  return word(`fact.${one.name}`, one.name === 'worn' && has(place) ? word(place) : one.value);
}
