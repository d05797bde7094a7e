import { el, show } from './dom.js';
import { word, fault } from './fleet-words.js';
import { post } from './api.js';
import { field, facts } from './ui.js';

const form = (title, lines, inputs, button, submit, ...more) => {
  const wrong = el('p', { class: 'error', role: 'alert' });
  return el('form', {
    class: 'card sign-in', async onsubmit(event) {
      event.preventDefault();
      wrong.textContent = '';
      try { await submit(); } catch (refusal) { wrong.textContent = fault(refusal); }
    },
  }, el('h1', {}, title), ...lines.map(line => el('p', { class: 'soft' }, line)), ...inputs, wrong, el('div', { class: 'actions' }, el('button', { class: 'strong' }, button), ...more));
};

const input = (id, type, autocomplete, attributes) => el('input', { id, type, autocomplete, required: true, ...attributes });

export function signIn(view, session, start) {
  const [, kind, code] = location.hash.match(/^#(setup|join)=(.+)$/) ?? [];
  if (code) return accept(view, kind, code, start);
  const name = input('name', 'text', 'username'), password = input('password', 'password', 'current-password');
  const other = session.hasOidc ? el('a', { class: 'button', href: '/api/v1/session/oidc' }, word('sign_in_elsewhere')) : null;
  show(view, form('Driver Monitor', location.hash === '#refused' ? [word('refused_elsewhere')] : [],
    [field(word('name'), name), field(word('password'), password)], word('sign_in'), async () => {
      await post('session', { name: name.value, password: password.value });
      start();
    }, other));
  document.title = `${word('sign_in')} · Driver Monitor`;
  name.focus();
}

async function accept(view, kind, code, start) {
  let invited;
  try {
    invited = await post('session/invitation', { code });
  } catch (refusal) {
    show(view, el('div', { class: 'card sign-in' }, el('h1', {}, word('link_over')), el('p', {}, fault(refusal)), el('a', { class: 'button', href: '#' }, word('sign_in'))));
    return;
  }
  const name = invited.name ? null : input('name', 'text', 'username', { maxlength: 64 });
  const password = input('password', 'password', 'new-password', { minlength: 10, maxlength: 200 });
  const notes = kind === 'setup'
    ? [el('h2', {}, word('before_you_begin')), facts([[word('tenant'), invited.tenants.join(', ')]]), el('p', {}, word('one_driver')), el('p', {}, word('no_driver_here'))]
    : [];
  show(view, form(word(kind === 'setup' ? 'set_up' : 'join', invited.name ?? ''), [], [...notes, name ? field(word('name'), name, word('name_hint')) : null, field(word('password'), password, word('password_hint'))].filter(Boolean),
    word('set_password'), async () => {
      await post('session/invitation', { code, name: name?.value ?? null, password: password.value });
      history.replaceState(null, '', '#now');
      start();
    }));
  document.title = `${word('set_password')} · Driver Monitor`;
  (name ?? password).focus();
}
