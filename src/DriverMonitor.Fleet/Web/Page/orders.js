import { el, show } from './dom.js';
import { word } from './words.js';
import { get, post } from './api.js';
import { count } from './format.js';
import { head, card, table, empty, load, when, field, code, select, badge } from './ui.js';

// What was asked, by whom, and what came of it. Nothing goes out before it was shown who would get it.
export function orders(view, context) {
  const desk = el('div', {}), list = el('div', {});
  show(view, head(word('tab.orders'), word('orders.question')), desk, card(word('orders.list'), list));
  const read = () => load(list, context, () => get('orders?limit=100'), found => found.items.length ? table(
    [[word('at')], [word('vehicle')], [word('order')], [word('asked_by')], [word('answer')]],
    found.items.map(one => [when(one.askedAt), el('a', { href: `#vehicle/${one.vehicle}` }, one.vehicle), el('span', {}, word(`order.${one.name}`), Object.keys(one.args ?? {}).length ? el('small', {}, ' ', code(JSON.stringify(one.args))) : null), one.askedBy.replace(/^(user|token):/, ''), answer(one)]), word('orders.list'))
    : empty(word('no_order'), word('no_order_more')));

  function answer(one) {
    if (!one.answer) return badge(one.sentAt ? word('no_answer_yet') : word('not_sent'), '…', 'stale');
    const isFine = one.answer.result === 'ok' || one.answer.ok === true;
    const lines = one.answer.lines ?? [];
    return el('div', {}, badge(isFine ? word('done') : word(one.answer.reason ?? one.answer.error ?? one.answer.result ?? 'refused'), isFine ? '✓' : '▲', isFine ? 'good' : 'bad'), ' ', when(one.answeredAt),
      lines.length ? el('details', {}, el('summary', {}, word('lines', count(lines.length))), el('pre', {}, lines.map(line => typeof line === 'string' ? line : JSON.stringify(line)).join('\n'))) : null);
  }

  load(desk, context, () => get('orders/possible'), possible => !context.may('orders') ? null : possible.names.length ? form(possible) : card(word('ask_vehicles'), empty(word('no_order_key'), word('no_order_key_more'))));

  function form(possible) {
    const names = el('input', { id: 'to', type: 'text', required: true, placeholder: 'veh-0001, veh-0002' });
    let name = possible.names[0], dry = null;
    const shown = el('div', { role: 'status' }), send = el('button', { type: 'button', class: 'strong', disabled: true }, word('send_order'));
    const value = el('input', { id: 'value', type: 'text' }), key = select('key', possible.settings.map(one => [one, one]), possible.settings[0], () => look());
    const settings = el('div', { hidden: name !== 'config' }, field(word('setting'), key), field(word('value'), value, word('value_hint')));
    const version = el('input', { id: 'version', type: 'text', maxlength: 64, placeholder: '0.3.0' });
    const percent = el('input', { id: 'percent', type: 'number', min: 0, max: 100, step: 1, value: 10 });
    const rollout = el('div', { hidden: name !== 'update' }, field(word('update_version'), version), field(word('update_percent'), percent, word('update_percent_hint')));
    const look = () => { dry = null; send.disabled = true; show(shown); };
    names.addEventListener('input', look);
    for (const one of [value, version, percent]) one.addEventListener('input', look);
    const args = () => name === 'config' ? { set: { [key.value]: worth(value.value) } } : name === 'update' ? { version: version.value.trim(), percent: Number(percent.value) } : {};
    const asked = () => ({ name, vehicles: names.value.trim() === '*' ? ['*'] : names.value.split(/[\s,;]+/).filter(Boolean), args: args() });
    send.addEventListener('click', async () => {
      try {
        const made = await post('orders/bulk', { ...asked(), isDryRun: false, confirm: dry });
        context.tell(word('orders_sent', count(made.vehicles.length)));
        look();
        read();
      } catch (refusal) { context.refused(refusal); }
    });
    return card(word('ask_vehicles'), el('form', {
      async onsubmit(event) {
        event.preventDefault();
        try {
          const found = await post('orders/bulk', { ...asked(), isDryRun: true });
          dry = found.confirm;
          send.disabled = !found.vehicles.length;
          show(shown, el('div', { class: 'verdict', 'data-tone': found.unknown.length ? 'watch' : 'good' }, el('span', { class: 'sign', 'aria-hidden': 'true' }, found.unknown.length ? '!' : '✓'), el('div', {}, el('strong', {}, word('would_go_to', count(found.vehicles.length))), el('p', {}, found.vehicles.slice(0, 20).join(', ') + (found.vehicles.length > 20 ? ' …' : '')),
            found.meant ? el('p', {}, word('update_meant', count(found.meant.length))) : null,
            found.unknown.length ? el('p', { class: 'error' }, word('unknown_vehicles', found.unknown.join(', '))) : null, el('p', { class: 'soft' }, word('nothing_sent_yet')))));
        } catch (refusal) { look(); context.refused(refusal); }
      },
    }, el('div', { class: 'cards two' }, field(word('order'), select('order', possible.names.map(one => [one, word(`order.${one}`)]), name, chosen => { name = chosen; settings.hidden = name !== 'config'; rollout.hidden = name !== 'update'; look(); })), field(word('to_vehicles'), names, word('to_vehicles_hint'))), settings, rollout, shown,
    el('div', { class: 'actions' }, el('button', {}, word('dry_run')), send)));
  }

  const worth = text => text === '' ? null : /^-?\d+$/.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text;
  read();
  const timer = setInterval(read, 5000);
  return () => clearInterval(timer);
}
