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

  async function refresh() {
    const all = await get('/api/parts');
    show(list, all.map(one => el('li', { 'data-part': one.name, 'data-ok': String(one.ok) },
      el('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[one.ok]),
      el('b', {}, word(`part.${one.name}`)),
      el('span', {}, has(one.state) ? word(one.state, one.detail ?? '') : one.state, el('span', { class: 'soft' }, one.detail && !has(one.state) ? ` · ${one.detail}` : '')))));
  }

  refresh();
  const timer = setInterval(refresh, 2000);
  return () => clearInterval(timer);
}
