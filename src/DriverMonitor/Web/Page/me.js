import { el, show } from './dom.js';
import { word, has, date } from './words.js';
import { get, post, put } from './api.js';

export function me(view, context) {
  const switches = el('div', { class: 'cards' });
  const stored = el('pre', { hidden: true, tabindex: 0, id: 'stored' });
  const name = el('input', { id: 'erase-name', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' });
  const ask = el('p', { class: 'soft' });
  const confirm = el('div', { hidden: true }, el('label', { for: 'erase-name' }, ask), name,
    el('div', { class: 'actions' }, el('button', { type: 'button', class: 'danger', onclick: erase }, word('erase_now')),
      el('button', { type: 'button', onclick: () => { confirm.hidden = true; } }, word('cancel'))));
  const kept = el('p', { class: 'soft' });
  const rights = el('section', { class: 'card' }, el('h2', {}, word('stored_about_me')), kept,
    el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: exportAll }, word('export')),
      el('button', { type: 'button', class: 'danger', onclick: () => { confirm.hidden = false; name.focus(); } }, word('erase'))),
    confirm, stored);
  show(view, el('h1', {}, word('me')), switches, el('p', { class: 'soft' }, word('never_pictures')), rights);
  let driver = '';

  function tell(about) {
    driver = about.driver;
    kept.textContent = word(about.kept ? 'what_is_kept' : 'nothing_is_kept', driver);
    ask.textContent = word('erase_confirm', driver);
    show(switches, about.consents.map(one => consent(one, about.kept)));
  }

  function consent(one, kept) {
    const title = `consent-${one.name}`;
    const translated = `consent.${one.name}.${one.version}`;
    return el('section', { class: 'card', 'data-consent': one.name },
      el('div', { class: 'switch' }, el('h2', { id: title }, word(`modality.${one.name}`)),
        el('button', { type: 'button', role: 'switch', 'aria-checked': String(one.allowed), 'aria-labelledby': title, disabled: !kept, onclick: () => say(one) })),
      el('p', { class: 'soft' }, has(translated) ? word(translated) : one.text),
      el('p', { class: 'soft' }, `${word(`consent_state.${one.state}`)}${one.at ? ` · ${date(one.at)}` : ''}`));
  }

  function say(one) {
    context.attempt(async () => {
      await put(`/api/consent/${one.name}`, { granted: !one.allowed, text: one.version });
      // The service follows its own file within half a second.
      setTimeout(refresh, 600);
    }, one.allowed ? 'withdrawn' : 'granted');
  }

  function exportAll() {
    context.attempt(async () => {
      const all = await post('/api/export');
      stored.hidden = false;
      stored.textContent = JSON.stringify(all, null, 2);
      stored.focus();
    }, 'exported');
  }

  function erase() {
    context.attempt(async () => {
      await post('/api/erase', { driver: name.value.trim() });
      confirm.hidden = stored.hidden = true;
      name.value = '';
      setTimeout(refresh, 600);
    }, 'erased');
  }

  async function refresh() { tell(await get('/api/me')); }
  refresh();
  return () => {};
}
