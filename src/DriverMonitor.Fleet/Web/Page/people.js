import { el, show } from './dom.js';
import { word } from './words.js';
import { get, post, remove } from './api.js';
import { head, card, table, empty, load, when, field, code } from './ui.js';

const ROLES = ['viewer', 'operator', 'privacy', 'administrator'];

// Who may open this, and what may each of them do?
export function people(view, context) {
  const list = el('div', {}), link = el('div', { role: 'status' });
  show(view, head(word('tab.people'), word('people.question')), card(word('accounts'), list), card(word('invite'), form(), link));
  const read = () => load(list, context, () => get('accounts'), all => table([[word('name')], [word('roles')], [word('since_when')], [word('signed_in')], [word('change')]],
    all.map(one => [one.isElsewhere ? `${one.name} · ${word('elsewhere')}` : one.name, one.roles.map(role => word(`role.${role}`)).join(', '), when(one.createdAt), one.signedInAt ? when(one.signedInAt) : '–',
      one.name === context.session.name ? word('you') : el('button', { type: 'button', class: 'danger', 'aria-label': `${word('take_away')}: ${one.name}`, onclick: () => take(one) }, word('take_away'))]), word('accounts')));

  async function take(one) {
    if (!confirm(word('take_away_sure', one.name))) return;
    try { await remove(`accounts/${one.id}`); read(); } catch (refusal) { context.refused(refusal); }
  }

  function form() {
    const name = el('input', { id: 'name', type: 'text', required: true, maxlength: 64, autocomplete: 'off' });
    return el('form', {
      async onsubmit(event) {
        event.preventDefault();
        const roles = new FormData(event.target).getAll('role');
        try {
          const made = await post('accounts', { name: name.value, roles });
          show(link, el('p', {}, word('link_for', name.value)), el('p', {}, code(made.link)), el('p', { class: 'soft' }, word('link_once')));
          event.target.reset();
        } catch (refusal) { context.refused(refusal); }
      },
    }, field(word('name'), name, word('name_hint')), el('fieldset', { class: 'field' }, el('legend', {}, word('roles')), el('div', {}, ROLES.map(role => el('label', { class: 'check' }, el('input', { type: 'checkbox', name: 'role', value: role, checked: role === 'viewer' }), el('span', {}, el('b', {}, word(`role.${role}`)), ' ', el('small', {}, word(`role.${role}.may`))))))),
    el('div', { class: 'actions field' }, el('button', { class: 'strong' }, word('make_link'))));
  }

  read();
}
