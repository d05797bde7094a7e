import { el, show } from './dom.js';
import { word, language, date, clock, number, duration } from './words.js';
import { get, post, put, remove } from './api.js';

export function me(view, context) {
  const switches = el('div', { class: 'cards' });
  const before = el('div', { class: 'ask', role: 'group', hidden: true, id: 'before' });
  const drives = el('ul', { class: 'drives', id: 'drives' });
  const stored = el('pre', { hidden: true, tabindex: 0, id: 'stored' });
  const name = el('input', { id: 'erase-name', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' });
  const ask = el('p', { class: 'soft' });
  const confirm = el('div', { hidden: true }, el('label', { for: 'erase-name' }, ask), name,
    el('div', { class: 'actions' }, el('button', { type: 'button', class: 'danger', onclick: erase }, word('erase_now')),
      el('button', { type: 'button', onclick: () => { confirm.hidden = true; } }, word('cancel'))));
  const kept = el('p', { class: 'soft' });
  const lost = el('p', { class: 'ask', role: 'alert', hidden: true, id: 'consents-lost' }, word('consents_lost'));
  const rights = el('section', { class: 'card' }, el('h2', {}, word('stored_about_me')), kept, drives,
    el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: exportAll }, word('export')),
      el('button', { type: 'button', class: 'danger', onclick: () => { confirm.hidden = false; name.focus(); } }, word('erase'))),
    confirm, stored);
  show(view, el('h1', {}, word('me')), lost, before, switches, el('p', { class: 'soft' }, word('never_pictures')), rights);
  let driver = '', recorded = [];

  function tell(about) {
    driver = about.driver;
    lost.hidden = !about.damaged;
    kept.textContent = word(about.kept ? 'what_is_kept' : 'nothing_is_kept', driver);
    ask.textContent = word('erase_confirm', driver);
    const held = document.activeElement?.closest?.('[data-consent]')?.dataset.consent;
    show(switches, about.consents.map(one => consent(one, about.kept)));
    if (held) switches.querySelector(`[data-consent=${held}] [role=switch]`)?.focus({ preventScroll: true });
  }

  function consent(one, kept) {
    const title = `consent-${one.name}`;
    return el('section', { class: 'card', 'data-consent': one.name },
      el('div', { class: 'switch' }, el('h2', { id: title }, word(`modality.${one.name}`)),
        el('button', { type: 'button', role: 'switch', 'aria-checked': String(one.allowed), 'aria-labelledby': title, disabled: !kept, onclick: () => say(one) })),
      el('p', { class: 'soft' }, one.texts[language()]),
      el('p', { class: 'soft' }, `${word(`consent_state.${one.state}`)}${one.at ? ` · ${date(one.at)}` : ''} · ${word('consent_text', one.version)}`));
  }

  function say(one) {
    context.attempt(async () => {
      tell(await put(`/api/consent/${one.name}`, { granted: !one.allowed, text: one.version }));
      before.hidden = true;
      if (one.allowed && recorded.length) askAboutBefore();
    }, one.allowed ? 'withdrawn' : 'granted');
  }

  // What was recorded while the consent held stays unless the driver says otherwise.
  function askAboutBefore() {
    show(before, el('p', {}, word('also_recorded', recorded.length)),
      el('div', { class: 'actions' },
        el('button', { type: 'button', class: 'danger', onclick: forgetDrives }, word('forget_drives')),
        el('button', { type: 'button', onclick: () => { before.hidden = true; } }, word('keep_drives'))));
    before.hidden = false;
    before.scrollIntoView({ block: 'nearest' });
  }

  function forgetDrives() {
    context.attempt(async () => {
      await remove('/api/drives');
      before.hidden = true;
      await tellDrives();
    }, 'drives_forgotten');
  }

  async function tellDrives() {
    recorded = await get('/api/drives');
    show(drives, recorded.slice().reverse().map(one => el('li', { 'data-drive': one.name },
      el('a', { href: `/api/drives/${encodeURIComponent(one.name)}`, download: `${one.name}.jsonl` },
        one.began ? `${date(one.began)}, ${clock(one.began, 0)}` : one.name),
      el('span', { class: 'soft' }, word('drive_size', duration(one.seconds), number(one.bytes / 1e6, 1))))),
    recorded.length ? el('li', { class: 'soft' }, word('drives_about')) : null);
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
      confirm.hidden = stored.hidden = before.hidden = true;
      name.value = '';
      await refresh();
    }, 'erased');
  }

  async function refresh() {
    tell(await get('/api/me'));
    await tellDrives();
  }

  context.attempt(refresh);
  // Somebody else may say something meanwhile: the command line, an erasure.
  return context.onNow(second => {
    for (const one of switches.querySelectorAll('[data-consent]')) {
      const isOn = one.querySelector('[role=switch]').getAttribute('aria-checked') === 'true';
      if (isOn !== second.allowed.includes(one.dataset.consent)) { get('/api/me').then(tell, () => {}); break; }
    }
  });
}
