import { el, show } from './dom.js';
import { word } from './words.js';
import { get } from './api.js';
import { age, count, daysAgo, span } from './format.js';
import { head, card, tiles, tile, verdict, empty, skeleton, level, rule, when, badge } from './ui.js';

const MOST = 100, FIRST = 20, EMOTIONS = ['stress', 'anger'];

// Is anything wrong this minute, and may I trust the picture?
export function now(view, context) {
  const says = el('div', { 'aria-live': 'polite' }), trust = el('div', {}), list = el('ul', { class: 'inbox' }), aside = el('div', {}, skeleton());
  const alerts = new Map();
  // What is told while an answer is under way may be newer than the answer.
  let meanwhile = new Map(), lag = null, due = 0, isDue = false, isWhole = false;
  show(view, head(word('tab.now'), word('now.question')), says, trust, el('div', { class: 'cards wide' }, card(word('now.day'), list), card(word('now.look_at'), aside)));
  show(list, el('li', {}, skeleton()));

  async function read() {
    const told = meanwhile = new Map();
    try {
      const [figures, found, summary] = await Promise.all([get('lag'), get(`alerts?from=${encodeURIComponent(daysAgo(1))}&limit=${MOST}`), get('summary')]);
      if (context.isOver()) return;
      lag = figures;
      alerts.clear();
      for (const one of found.items) alerts.set(`${one.vehicle}/${one.id}`, one);
      for (const [key, one] of told) alerts.set(key, { ...alerts.get(key), ...Object.fromEntries(Object.entries(one).filter(([, value]) => value != null)) });
      draw();
      drawSummary(summary);
    } catch (refusal) {
      if (!context.isOver() && !context.refused(refusal)) show(list, el('li', {}, empty(word('not_loaded'), refusal.message)));
    }
  }

  const isOpen = one => !one.clearedAt;

  function draw() {
    const all = [...alerts.values()].filter(one => !EMOTIONS.includes(one.kind)).sort((a, b) => isOpen(b) - isOpen(a) || (isOpen(a) ? b.topLevel - a.topLevel : 0) || Date.parse(b.lastAt) - Date.parse(a.lastAt)).slice(0, MOST);
    const open = all.filter(isOpen), worst = Math.max(0, ...open.map(one => one.topLevel));
    show(says, open.length ? verdict(worst >= 3 ? 'bad' : 'watch', word(open.length === 1 ? 'now.one_open' : 'now.open', count(open.length)), el('p', {}, `${rule(open[0].rule)} · ${open[0].vehicle}`))
      : lag?.vehicles ? verdict(doubtful() ? 'watch' : 'good', word(doubtful() ? 'now.calm_doubt' : 'now.calm'), el('p', {}, doubtful() ? word('now.doubt', count(lag.vehicles - lag.fresh), count(lag.vehicles)) : word('now.trust')))
        : verdict('watch', word('now.no_vehicle'), el('p', {}, word('now.enrol'))));
    drawTrust();
    const shown = isWhole ? all : all.slice(0, FIRST);
    show(list, all.length ? [...shown.map(row), all.length > shown.length ? el('li', { class: 'more' }, el('button', { type: 'button', onclick: () => { isWhole = true; draw(); } }, word('more', count(all.length - shown.length)))) : null] : el('li', {}, empty(word('now.no_alert'), word('now.no_alert_more'))));
  }

  const doubtful = () => lag && (lag.fresh < lag.vehicles / 2 || lag.holes > 0 || lag.oldestUnstoredS > 900);

  function drawTrust() {
    if (!lag) return;
    show(trust, tiles(
      tile(`${count(lag.fresh)} / ${count(lag.vehicles)}`, word('now.fresh'), lag.fresh < lag.vehicles ? 'watch' : 'good'),
      tile(lag.lastStoredAt ? age(lag.lastStoredAt) : '–', word('now.last_stored')),
      tile(lag.waitingInVehicles ? count(lag.waitingInVehicles) : word('none'), word('now.waiting')),
      lag.waitingInVehicles ? tile(span(lag.oldestUnstoredS), word('now.oldest'), lag.oldestUnstoredS > 900 ? 'watch' : null) : null,
      tile(lag.holes ? count(lag.holes) : word('none'), word('now.holes'), lag.holes ? 'bad' : null)));
  }

  function row(one) {
    const lasted = one.clearedAt && one.raisedAt ? word('now.after', span((Date.parse(one.clearedAt) - Date.parse(one.raisedAt)) / 1000)) : one.clearedAt ? word('now.cleared') : null;
    return el('li', {}, el('a', { href: `#episode/${one.vehicle}/${one.id}` },
      level(one.topLevel),
      el('span', { class: 'what' }, el('b', {}, rule(one.rule)), ` · ${one.vehicle}`),
      el('span', { class: 'when' }, when(one.raisedAt ?? one.lastAt)),
      el('span', { class: 'more' }, isOpen(one) ? badge(word('now.still_on'), '●', 'bad') : el('small', {}, lasted),
        one.disputedAt ? badge(word('disputed'), '✗', 'watch') : null,
        one.review ? el('small', {}, word(`review.${one.review}`)) : null)));
  }

  function drawSummary(summary) {
    const rows = [
      [summary.contacts.overdue, word('now.overdue'), 'watch', '#vehicles/overdue'], [summary.contacts.stale, word('now.stale'), 'watch', '#vehicles/stale'],
      [summary.cameras, word('now.cameras'), 'bad', '#vehicles/camera'], [summary.straps, word('now.straps'), null, '#vehicles/strap'],
      [summary.findings, word('now.findings'), null, '#coverage']];
    const worth = rows.filter(([value]) => value > 0);
    show(aside, worth.length ? el('ul', { class: 'inbox short' }, worth.map(([value, text, tone, href]) => el('li', {}, el('a', { href }, badge(count(value), tone === 'bad' ? '▲' : '!', tone ?? 'stale'), el('span', { class: 'what' }, text), el('span', { 'aria-hidden': 'true' }, '›')))))
      : empty(word('now.nothing_to_look'), null));
  }

  // A storm of events draws the screen a few times a second, not once each.
  function redraw() {
    if (isDue) return;
    isDue = true;
    due = setTimeout(() => { isDue = false; if (!context.isOver()) draw(); }, 250);
  }

  const stop = context.onLive((name, told) => {
    if (name === 'reset') return void read();
    if (name === 'now') { lag = told; return drawTrust(); }
    if (name !== 'alert' || !told.alert) return;
    const key = `${told.vehicle}/${told.alert}`;
    const one = alerts.get(key) ?? { vehicle: told.vehicle, id: told.alert, kind: told.kind, rule: told.rule, topLevel: told.level, raisedAt: null, lastAt: told.at };
    one.topLevel = Math.max(one.topLevel, told.level);
    if (Date.parse(told.at) > Date.parse(one.lastAt)) one.lastAt = told.at;
    if (told.type === 'raised') one.raisedAt = told.at;
    if (told.type === 'cleared') one.clearedAt = told.at;
    if (told.type === 'disputed') one.disputedAt = told.at;
    alerts.set(key, one);
    meanwhile.set(key, one);
    if (alerts.size > 3 * MOST) alerts.delete([...alerts].find(([, old]) => !isOpen(old))?.[0] ?? alerts.keys().next().value);
    redraw();
  });
  read();
  const timer = setInterval(read, 60000);
  return () => { stop(); clearInterval(timer); clearTimeout(due); };
}
