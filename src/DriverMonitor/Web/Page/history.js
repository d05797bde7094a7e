import { el, svg, show } from './dom.js';
import { word, date, clock, number, duration, language } from './words.js';
import { get, post, remove } from './api.js';

const DAY = 86400000, WEEKS = 6, MOST_TRIPS = 30;
const key = at => `${at.getFullYear()}-${at.getMonth()}-${at.getDate()}`;
const highest = trips => Math.max(0, ...trips.flatMap(trip => trip.alerts.map(alert => alert.level)));

// What can be followed over trips: a name, its figure, how it is written.
const TRENDS = [
  ['perclos', trip => trip.perclos === null ? null : 100 * trip.perclos, value => `${number(value, 1)} %`],
  ['alerts_per_hour', trip => trip.seconds < 300 ? null : 3600 * trip.alertCount / trip.seconds, value => number(value, 1)],
  ['resting_pulse', trip => trip.restingPulse, value => word('per_minute', number(value, 0))],
];

export function history(view, context) {
  const calendar = el('section', { class: 'card' }), trends = el('div', { class: 'cards' }), patterns = el('section', { class: 'card' }), trips = el('section', { class: 'card' });
  const kept = el('p', { class: 'soft' }), stored = el('pre', { hidden: true, tabindex: 0 });
  const sure = el('div', { hidden: true }, el('p', {}, word('forget_trips_sure')), el('div', { class: 'actions' },
    el('button', { type: 'button', class: 'danger', onclick: forget }, word('erase_now')),
    el('button', { type: 'button', onclick: () => { sure.hidden = true; } }, word('cancel'))));
  show(view, el('h1', {}, word('history')), kept, calendar, patterns, trends, trips,
    el('div', { class: 'actions' }, el('a', { href: '#today', class: 'button' }, word('today')),
      el('button', { type: 'button', onclick: exportAll }, word('export')),
      el('button', { type: 'button', class: 'danger', id: 'forget-trips', onclick: () => { sure.hidden = false; } }, word('forget_trips'))), sure, stored);

  async function refresh() {
    const said = await get('/api/history');
    kept.textContent = word(said.kept ? 'history_kept' : 'history_not_kept', said.retentionDays);
    for (const one of [calendar, trends, patterns, trips]) one.hidden = !said.kept;
    if (!said.kept) return;
    show(calendar, el('h2', {}, word('calendar')), monthOf(said.trips));
    show(patterns, el('h2', {}, word('patterns')), el('ul', { class: 'plain' }, said.patterns.map(one => el('li', {}, word(`pattern.${one.kind}`, ...one.values.map(value => number(value, 1)))))));
    show(trends, TRENDS.map(([name, figure, write]) => trend(name, said.trips.filter(trip => figure(trip) !== null), figure, write)));
    show(trips, el('h2', {}, word('trips')), el('ul', { class: 'drives' }, said.trips.slice(-MOST_TRIPS).reverse().map(row)));
  }

  function row(trip) {
    const rules = [...new Set(trip.alerts.map(alert => word(`rule.${alert.rule}`)))].join(', ');
    return el('li', { 'data-level': highest([trip]) },
      el('b', {}, trip.began ? `${date(trip.began)}, ${clock(trip.began, 0).slice(0, 5)}` : word('day_unknown')),
      el('span', { class: 'soft' }, [duration(trip.seconds), word(trip.alertCount === 1 ? 'one_alert' : 'alerts_count', trip.alertCount)].join(' · ')),
      rules ? el('span', { class: 'soft wide' }, rules) : null);
  }

  function exportAll() {
    context.attempt(async () => {
      stored.textContent = JSON.stringify(await post('/api/export'), null, 2);
      stored.hidden = false;
      stored.focus();
    }, 'exported');
  }

  function forget() {
    context.attempt(async () => {
      await remove('/api/history');
      sure.hidden = stored.hidden = true;
      await refresh();
    }, 'trips_forgotten');
  }

  context.attempt(refresh);
  // The drive that goes on changes meanwhile.
  const timer = setInterval(() => refresh().catch(() => {}), 15000);
  return () => clearInterval(timer);
}

// Six weeks, a row each from Monday to Sunday; a day is as red as its worst alert.
function monthOf(trips) {
  const days = new Map();
  for (const trip of trips) if (trip.began) days.set(key(new Date(trip.began)), [...(days.get(key(new Date(trip.began))) ?? []), trip]);
  const today = new Date(), monday = new Date(today.getTime() - DAY * ((today.getDay() + 6) % 7 + 7 * (WEEKS - 1)));
  const weekday = new Intl.DateTimeFormat(language(), { weekday: 'short' });
  const at = day => new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + day);
  const head = el('tr', {}, [...Array(7).keys()].map(day => el('th', { scope: 'col' }, weekday.format(at(day)))));
  const week = row => el('tr', {}, [...Array(7).keys()].map(column => day(at(7 * row + column))));
  return el('table', { class: 'calendar' }, el('thead', {}, head), el('tbody', {}, [...Array(WEEKS).keys()].map(week)));

  function day(when) {
    const driven = days.get(key(when)) ?? [], level = highest(driven);
    if (when > today) return el('td', {});
    if (!driven.length) return el('td', {}, el('span', { class: 'soft' }, String(when.getDate())));
    const total = driven.reduce((sum, trip) => sum + trip.seconds, 0);
    const count = driven.reduce((sum, trip) => sum + trip.alertCount, 0);
    return el('td', { 'data-level': level }, el('b', {}, String(when.getDate())), el('small', {}, word('hours', number(total / 3600, 1))),
      count ? el('small', { class: 'count' }, word(count === 1 ? 'one_alert' : 'alerts_count', count)) : null);
  }
}

function trend(name, trips, figure, write) {
  const card = [el('h2', {}, word(`trend.${name}`))];
  if (trips.length < 2) return el('section', { class: 'card' }, card, el('p', { class: 'soft' }, word('trend_later')));
  const values = trips.map(figure), low = Math.min(...values), high = Math.max(...values), span = high - low || 1;
  const path = values.map((value, i) => `${i ? 'L' : 'M'}${(600 * i / (values.length - 1)).toFixed(1)} ${(90 - 80 * (value - low) / span).toFixed(1)}`).join('');
  return el('section', { class: 'card', 'data-trend': name }, card,
    el('p', { class: 'word' }, write(values.at(-1))),
    svg('svg', { class: 'curve short', viewBox: '0 0 600 100', preserveAspectRatio: 'none', role: 'img', 'aria-label': word('trend_range', write(low), write(high)) }, svg('path', { class: 'trend', d: path })),
    el('p', { class: 'soft' }, word('trend_range', write(low), write(high))));
}
