import { el, show } from './dom.js';
import { word, sentence, has } from './words.js';
import { get, post } from './api.js';
import { full, time, span } from './format.js';
import { head, card, facts, level, rule, code, badge, load, empty } from './ui.js';
import { amount, phrase } from './phrases.js';

const VERDICTS = ['true', 'false', 'unclear'];

// The device speaks to its driver; here it is spoken about.
const about = text => sentence(text.replace(/ for you\b/, '').replace(/ bei Ihnen\b/, '').replace(/ Ihrer /, ' der '));
const cueName = cue => { const key = ['is', 'up', 'high'].map(kind => `cue.${cue}.${kind}`).find(has); return key ? about(word(key).replace('{0} lang ', '').replace(/\s*\(?\{0\}\)?/, '').replace(/\s+(for|lang|at|of|bei)\s*$/, '').trim()) : about(word(cue)); };

// What happened, why, was it right?
export function episode(view, context, [vehicle, epoch, name]) {
  const address = `alerts/${encodeURIComponent(vehicle)}/${encodeURIComponent(epoch)}/${encodeURIComponent(name)}`;
  const place = el('div', {});
  show(view, place);
  const read = () => load(place, context, () => get(address).catch(refusal => { if (refusal.status === 404) return null; throw refusal; }), found => found ? draw(found) : [head(word('no_episode'), word('no_episode_more')), el('a', { class: 'button', href: '#now' }, word('tab.now'))]);

  function draw({ alert, events }) {
    const phases = events.filter(one => ['raised', 'escalated', 'cleared', 'disputed'].includes(one.event.type));
    const first = phases[0];
    document.title = `${rule(alert.rule)} · ${vehicle}`;
    return [
      head(rule(alert.rule), el('span', {}, el('a', { href: `#vehicle/${vehicle}` }, vehicle), alert.raisedAt ? ` · ${full(alert.raisedAt)}` : ''), el('button', { type: 'button', onclick: () => print() }, word('print'))),
      el('div', { class: 'cards wide' },
        el('div', {}, card(word('happened'), el('ol', { class: 'phases' }, phases.map(phaseRow)), alert.clearedAt ? null : badge(word('now.still_on'), '●', 'bad')),
          card(word('why'), ...reasons(phases)), card(word('not_known_then'), unknown(first))),
        el('div', {}, card(word('driver_said'), alert.disputedAt ? el('p', {}, badge(word('disputed_at', full(alert.disputedAt)), '✗', 'watch')) : el('p', { class: 'soft' }, word('not_disputed')), el('p', { class: 'soft' }, word('dispute_stays'))),
          card(word('review'), context.may('review') ? reviewForm(alert) : el('p', {}, alert.review ? word(`review.${alert.review}`) : word('not_reviewed')), alert.note && !context.may('review') ? el('p', {}, alert.note) : null),
          card(word('judged_by'), facts([[word('model'), first?.data.model ? code(first.data.model) : null], [word('settings'), first?.data.cfg ? code(first.data.cfg) : null], [word('clock'), first ? word(`clock.${first.event.clock}`) : null],
            [word('trip'), first?.data.trip], [word('buzzer'), [...new Set(phases.flatMap(one => one.data.action ?? []))].map(one => one.replace('buzzer:', '')).map(one => has(`sound.${one}`) ? word(`sound.${one}`) : one).join(', ') || word('none')],
            [word('arrived'), first ? full(first.event.receivedAt) : null]]), first?.event.isLate ? el('p', { class: 'soft' }, word('came_late')) : null))),
    ];
  }

  function phaseRow(one) {
    return el('li', { 'data-type': one.event.type, 'data-level': one.event.level }, el('time', { datetime: one.event.at }, time(one.event.at)), ' ', el('b', {}, word(`phase.${one.event.type}`)), ' ', ['raised', 'escalated'].includes(one.event.type) ? level(one.event.level) : null);
  }

  function reasons(phases) {
    const all = phases.flatMap(one => (one.data.why ?? []).map(why => ({ ...why, at: one.event.at })));
    if (!all.length) return [empty(word('no_reason'), word('no_reason_more'))];
    const unit = why => why.unit ?? '';
    return [el('ul', { class: 'inbox' }, all.map(why => el('li', {}, el('div', { class: 'field' },
      el('b', {}, why.v === undefined ? cueName(why.f) : about(phrase({ cue: why.f, value: why.v, unit: unit(why) }))), ' ', el('small', {}, time(why.at)),
      el('div', { class: 'soft' }, [why.th === undefined ? null : word('limit_was', amount(why.th, unit(why))), why.v === undefined ? word('value_not_sent') : word('value_was', amount(why.v, unit(why)))].filter(Boolean).join(' · '))))))];
  }

  function unknown(first) {
    const sensors = Object.entries(first?.data.sensors ?? {}).filter(([, state]) => state !== 'ok');
    const rest = (first?.data.limits ?? []).map(word);
    const all = [...sensors.map(([name, state]) => `${word(name === 'cam' ? 'camera' : 'strap')}: ${word(state)}`), ...rest];
    return all.length ? el('ul', {}, all.map(text => el('li', {}, text))) : el('p', { class: 'soft' }, word('all_known'));
  }

  function reviewForm(alert) {
    const note = el('textarea', { id: 'note', maxlength: 500 });
    note.value = alert.note ?? '';
    const said = el('p', { class: 'print-only' }, alert.review ? word(`review.${alert.review}`) : word('not_reviewed'), alert.note ? `: ${alert.note}` : null);
    return el('div', {}, said, el('form', {
      class: 'no-print', async onsubmit(event) {
        event.preventDefault();
        const chosen = new FormData(event.target).get('verdict');
        if (!chosen) return;
        try {
          await post(`${address}/review`, { verdict: chosen, note: note.value || null });
          context.tell(word('review_kept', word(`review.${chosen}`)));
          read();
        } catch (refusal) { context.refused(refusal); }
      },
    }, el('fieldset', {}, el('legend', {}, word('was_it_right')), el('div', { class: 'verdicts' }, VERDICTS.map(one => el('label', { class: 'check' }, el('input', { type: 'radio', name: 'verdict', value: one, checked: alert.review === one, required: true }), word(`review.${one}`))))),
    el('div', { class: 'field' }, el('label', { for: 'note' }, word('note')), note, el('small', {}, word('note_hint'))), el('div', { class: 'actions no-print' }, el('button', { class: 'strong' }, word('keep_review')))));
  }

  const stop = context.onLive((kind, told) => { if (kind === 'alert' && told.vehicle === vehicle && told.alert === `${epoch}/${name}`) read(); });
  read();
  return stop;
}
