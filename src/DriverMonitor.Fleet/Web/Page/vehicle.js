import { el, show } from './dom.js';
import { word, number, language } from './words.js';
import { get } from './api.js';
import { age, count, day, dayKey, full, percent, span, time } from './format.js';
import { head, card, facts, contact, level, rule, when, table, empty, load, verdict, badge } from './ui.js';
import { reliance } from './reliance.js';

const DAY = 86400000;

// What did this day look like, and where do we know nothing?
export function vehicle(view, context, [name, asked]) {
  const isMonth = asked?.length === 7;
  const at = new Date(isMonth ? `${asked}-01T00:00:00` : asked ? `${asked}T00:00:00` : new Date().toDateString());
  const now = el('div', {}), time = el('div', {}), more = el('div', {});
  show(view, head(name, word(isMonth ? 'vehicle.question_month' : 'vehicle.question'), el('button', { type: 'button', onclick: () => print() }, word('print'))), now, time, more);
  load(now, context, () => get(`vehicles/${encodeURIComponent(name)}`), found => state(found));
  if (isMonth) month(time, context, name, at);
  else oneDay(time, context, name, at);
  load(more, context, () => get(`vehicles/${encodeURIComponent(name)}/findings?limit=20`), found => card(word('findings'), found.items.length
    ? table([[word('at')], [word('what')], [word('detail')]], found.items.map(one => [when(one.at), word(`finding.${one.kind}`), one.detail]), word('findings'))
    : empty(word('no_finding'), word('no_finding_more'))));
}

function state({ vehicle: one, epochs }) {
  const rely = reliance(one, null), holes = epochs.reduce((sum, epoch) => sum + epoch.holes.reduce((all, [from, to]) => all + to - from + 1, 0), 0);
  return el('div', {}, verdict(rely.tone, rely.rank ? rely.say() : word('rely.yes_long'), el('p', {}, contact(one.contact), one.seenAt ? ` · ${word('heard', age(one.seenAt))}` : null)),
    card(null, facts([
      [word('column.alert'), one.contact === 'fresh' ? level(one.alert) : null], [word('camera'), one.camera ? word(one.camera) : null], [word('strap'), one.heart ? word(one.heart) : null],
      [word('waiting'), one.waiting === null || one.waiting === undefined ? null : one.oldestS ? `${count(one.waiting)} · ${span(one.oldestS)}` : count(one.waiting)],
      [word('column.level'), one.privacy ? `${one.privacy} · ${word(`privacy.${one.privacy}`)}` : null], [word('column.version'), one.version], [word('certificate'), one.certificateUntil ? full(one.certificateUntil) : null],
      [word('missing_numbers'), holes ? badge(count(holes), '!', 'watch') : null]])));
}

function oneDay(place, context, name, at) {
  const from = at.getTime(), to = new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1).getTime(), key = dayKey(at);
  const range = `from=${encodeURIComponent(new Date(from).toISOString())}&to=${encodeURIComponent(new Date(to).toISOString())}`;
  const link = days => `#vehicle/${name}/${dayKey(new Date(at.getFullYear(), at.getMonth(), at.getDate() + days))}`;
  const section = el('div', {});
  show(place, el('section', { class: 'card' }, el('div', { class: 'head' }, el('h2', {}, full(at).replace(/,? \d\d:.*$/, '')), el('div', { class: 'actions no-print' },
    el('a', { class: 'button', href: link(-1), 'aria-label': word('day_before') }, '‹'), el('a', { class: 'button', href: link(1), 'aria-label': word('day_after') }, '›'),
    el('a', { class: 'button', href: `#vehicle/${name}/${key.slice(0, 7)}` }, word('month')))), section));
  load(section, context, () => Promise.all([get(`vehicles/${encodeURIComponent(name)}/timeline/pieces?${range}&pieces=288`), get(`alerts?vehicle=${encodeURIComponent(name)}&from=${encodeURIComponent(new Date(from).toISOString())}`)]),
    ([pieces, alerts]) => drawDay(pieces, alerts.items.filter(one => Date.parse(one.raisedAt ?? one.lastAt) < to && Date.parse(one.raisedAt ?? one.lastAt) >= from), from, to));
}

function drawDay(pieces, alerts, from, to) {
  const runs = [];
  pieces.forEach((piece, i) => {
    const end = i + 1 < pieces.length ? Date.parse(pieces[i + 1].from) : to, last = runs.at(-1);
    if (last?.state === piece.state) { last.to = end; last.lost += piece.lost ?? 0; }
    else runs.push({ state: piece.state, from: Date.parse(piece.from), to: end, lost: piece.lost ?? 0 });
  });
  const share = state => runs.filter(run => run.state === state).reduce((sum, run) => sum + run.to - run.from, 0) / 1000;
  const said = run => `${time(run.from).slice(0, 5)}–${time(run.to).slice(0, 5)}: ${word(`piece.${run.state}`)}${run.lost ? ` (${word('lost_events', count(run.lost))})` : ''}`;
  const strip = el('div', { class: 'strip', role: 'img', 'aria-label': word('day_said', span(share('driven')), span(share('heard')), span(share('gap')), span(share('unknown'))) }, runs.map(run => {
    const node = el('i', { 'data-state': run.state, title: said(run) });
    node.style.flex = `${run.to - run.from} 0 0px`;
    return node;
  }));
  const marks = el('div', { class: 'marks' }, alerts.map(one => {
    const node = el('a', { href: `#episode/${one.vehicle}/${one.id}`, 'data-level': one.topLevel, 'aria-label': `${rule(one.rule)} ${time(one.raisedAt ?? one.lastAt)}`, title: `${rule(one.rule)} ${time(one.raisedAt ?? one.lastAt)}` }, one.disputedAt ? '✗' : '▲');
    node.style.left = `${Math.min(98, Math.max(2, 100 * (Date.parse(one.raisedAt ?? one.lastAt) - from) / (to - from)))}%`;
    return node;
  }));
  const holes = runs.filter(run => run.state === 'gap' || (run.state === 'unknown' && run.to - run.from >= 3600000 && run.to < Date.now()));
  return [marks, strip, el('div', { class: 'hours', 'aria-hidden': 'true' }, ['00', '06', '12', '18', '24'].map(hour => el('span', {}, hour))),
    el('ul', { class: 'key' }, ['driven', 'heard', 'gap', 'unknown'].map(state => el('li', {}, el('span', { class: 'strip-key' }, keyOf(state)), `${word(`piece.${state}`)} ${span(share(state))}`))),
    el('h3', {}, word('alerts')), alerts.length ? el('ul', { class: 'inbox' }, alerts.map(one => el('li', {}, el('a', { href: `#episode/${one.vehicle}/${one.id}` }, level(one.topLevel), el('span', { class: 'what' }, el('b', {}, rule(one.rule)), one.disputedAt ? ` · ${word('disputed')}` : ''), when(one.raisedAt ?? one.lastAt))))) : el('p', { class: 'soft' }, word('no_alert_that_day')),
    holes.length ? el('div', {}, el('h3', {}, word('where_nothing')), el('ul', {}, holes.map(run => el('li', {}, said(run))))) : null].filter(Boolean);
}

function keyOf(state) {
  const node = el('span', { class: 'strip' }, el('i', { 'data-state': state }));
  node.style.width = '1.6rem';
  node.style.height = '.9rem';
  node.style.marginRight = '.4rem';
  node.firstChild.style.flex = '1';
  return node;
}

function month(place, context, name, at) {
  const to = new Date(at.getFullYear(), at.getMonth() + 1, 1), key = dayKey(at).slice(0, 7);
  const range = `from=${encodeURIComponent(at.toISOString())}&to=${encodeURIComponent(to.toISOString())}`;
  const link = months => `#vehicle/${name}/${dayKey(new Date(at.getFullYear(), at.getMonth() + months, 1)).slice(0, 7)}`;
  const section = el('div', {});
  show(place, el('section', { class: 'card' }, el('div', { class: 'head' }, el('h2', {}, at.toLocaleDateString(language(), { month: 'long', year: 'numeric' })), el('div', { class: 'actions no-print' }, el('a', { class: 'button', href: link(-1), 'aria-label': word('month_before') }, '‹'), el('a', { class: 'button', href: link(1), 'aria-label': word('month_after') }, '›'))), section));
  const share = value => value === null || value === undefined ? word('not_known') : percent(value);
  load(section, context, () => get(`vehicles/${encodeURIComponent(name)}/coverage?${range}`), days => days.length ? table(
    [[word('day')], [word('driven'), 'num'], [word('judged_fatigue'), 'num'], [word('judged_distraction'), 'num'], [word('hours_heard'), 'num']],
    days.map(one => [el('a', { href: `#vehicle/${name}/${one.day.slice(0, 10)}` }, day(one.day)), `${number(one.drivenS / 3600, 1)} h`, share(one.fatigue), share(one.distraction), count(one.hoursHeard)]), key)
    : empty(word('nothing_that_month'), word('nothing_that_month_more')));
}
