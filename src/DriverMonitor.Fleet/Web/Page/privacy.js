import { el, show } from './dom.js';
import { word } from './words.js';
import { get, post } from './api.js';
import { count, full } from './format.js';
import { head, card, facts, table, empty, load, when, code, field, verdict } from './ui.js';

// What is kept of whom, for how long, what was erased, and who looked?
export function privacy(view, context) {
  const levels = el('div', {}), erased = el('div', {}), exported = el('div', {}), looked = el('div', {});
  show(view, head(word('tab.privacy'), word('privacy.question')), levels, context.may('export') ? exports() : null, context.may('erase') ? card(word('erase'), eraseForm(), erased) : null,
    context.may('audit') ? card(word('exported'), exported) : null, context.may('audit') ? card(word('who_looked'), looked) : null);
  load(levels, context, () => get('privacy'), found => el('div', { class: 'cards two field' },
    card(word('levels'), table([[word('column.level')], [word('meaning')], [word('tab.vehicles'), 'num']], ['P0', 'P1', 'P2', 'P3', '?'].filter(one => found.levels[one]).map(one => [one, word(`privacy.${one}`), count(found.levels[one])]), word('levels')), el('p', { class: 'soft' }, word('one_driver'))),
    card(word('rules_here'), facts([[word('basis'), found.isEuWork ? word('eu_work') : word('no_basis')], [word('floor'), word('vehicles_at_least', found.floor)], [word('keep_events'), word('days', count(found.retention.events))], [word('keep_counts'), word('days', count(found.retention.counts))], [word('keep_audit'), word('days', count(found.retention.audit))],
      [word('heads'), found.heads ? `${count(found.heads)} · ${full(found.headAt)}` : word('none')]]), el('p', { class: 'soft' }, word('no_driver_here')))));
  const readErased = () => context.may('erase') && load(erased, context, () => get('erasures?limit=50'), found => { const items = found.items ?? found; return items.length ? table([[word('vehicle')], [word('done_at')], [word('stretch')], [word('receipt')], [word('rows'), 'num']],
    items.map(one => [one.vehicle, when(one.doneAt), one.from || one.to ? `${one.from ? full(one.from) : '…'} – ${one.to ? full(one.to) : '…'}` : word('all'), one.receipt ? code(one.receipt) : word('by_request'), count(one.rows)]), word('erase')) : empty(word('no_erasure'), word('no_erasure_more')); });
  readErased();
  const lines = caption => found => found.items.length ? table([[word('at')], [word('who')], [word('what')], [word('chain')]], found.items.map(one => [when(one.at), one.who.replace(/^(user|token):/, ''), one.what, code(one.hash.slice(0, 12))]), caption) : empty(word('nobody_yet'), null);
  if (context.may('audit')) {
    load(exported, context, () => get('audit?about=export&limit=50'), lines(word('exported')));
    load(looked, context, () => get('audit?limit=100'), found => [found.badLine === null || found.badLine === undefined ? verdict('good', word('chain_holds')) : verdict('bad', word('chain_broken', found.badLine)), lines(word('who_looked'))(found)]);
  }

  function exports() {
    return card(word('take_out'), el('p', { class: 'soft' }, word('take_out_said')), el('div', { class: 'actions' }, ['events.csv', 'events.ndjson', 'hours.csv'].map(one => el('a', { class: 'button', href: `/api/v1/export/${one}`, download: one }, one))));
  }

  function eraseForm() {
    const vehicle = el('input', { id: 'vehicle', type: 'text', required: true, pattern: '[a-z0-9\\-]{1,32}' }), from = el('input', { id: 'from', type: 'datetime-local', required: true }), to = el('input', { id: 'to', type: 'datetime-local', required: true });
    const sure = el('input', { id: 'sure', type: 'checkbox', required: true });
    return el('form', {
      async onsubmit(event) {
        event.preventDefault();
        try {
          await post('erasures', { vehicle: vehicle.value, from: new Date(from.value).toISOString(), to: new Date(to.value).toISOString() });
          context.tell(word('erased'));
          event.target.reset();
          readErased();
        } catch (refusal) { context.refused(refusal); }
      },
    }, el('p', { class: 'soft' }, word('erase_said')), el('div', { class: 'cards two' }, field(word('vehicle'), vehicle), el('div', {})), el('div', { class: 'cards two' }, field(word('from'), from), field(word('to'), to)), el('label', { class: 'check' }, sure, word('erase_sure')),
    el('div', { class: 'actions field' }, el('button', { class: 'danger' }, word('erase'))));
  }
}
