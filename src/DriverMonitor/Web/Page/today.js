import { el, svg, show } from './dom.js';
import { word, sentence, clock, hour, duration } from './words.js';
import { get, post } from './api.js';
import { reason } from './phrases.js';

const STATES = ['fatigue', 'distraction', 'stress', 'anger'];

export function today(view, context) {
  const list = el('ol', { class: 'timeline' });
  const curve = el('div', { class: 'card' });
  show(view, el('h1', {}, word('today')), curve, list, el('div', { class: 'actions' }, el('a', { href: '#history', class: 'button' }, word('history'))));
  let seen = '';

  async function refresh() {
    const day = await get('/api/today');
    const key = JSON.stringify([day.alerts, day.happenings.length, day.minutes.length, Math.floor(day.now / 10)]);
    if (key === seen) return;
    seen = key;
    show(curve, el('h2', {}, word('scores_today')), graph(day), span(day), el('ul', { class: 'legend' }, STATES.map(name => el('li', { class: name }, el('span', {}, word(`curve.${name}`))))));
    show(list, entries(day));
  }

  function entries(day) {
    const all = [
      ...day.alerts.map(one => ({ at: one.at, node: () => alert(one, day) })),
      ...day.happenings.map(one => ({ at: one.at, node: () => happening(one, day) })),
    ];
    if (!all.length) return [el('li', { class: 'minor' }, word('nothing_yet'))];
    return all.sort((a, b) => b.at - a.at).slice(0, 150).map(one => one.node());
  }

  function alert(one, day) {
    const lasted = one.endedAt === null ? word('still_on') : word('lasted', duration(one.endedAt - one.at));
    return el('li', { 'data-level': one.level, 'data-rule': one.rule },
      el('time', {}, clock(day.began, one.at)),
      el('h2', {}, `${word(`rule.${one.rule}`)} · ${word(`level.${one.level}`)}`),
      el('p', {}, one.why.map(why => `${sentence(reason(why))}.`).join(' ')),
      el('p', { class: 'soft' }, [lasted, ...(one.limits.length ? [`${word('missing')}: ${one.limits.map(word).join(', ')}`] : [])].join(' · ')),
      one.disputed ? el('p', { class: 'disputed' }, word('disputed')) : null,
      one.canDispute ? el('button', { type: 'button', class: 'small', 'aria-label': `${word('dispute')}: ${word(`rule.${one.rule}`)}, ${clock(day.began, one.at)}`, onclick: () => dispute(one.id) }, word('dispute')) : null);
  }

  function dispute(id) {
    context.attempt(async () => {
      await post(`/api/alerts/${id}/dispute`);
      // The device takes it between two pictures.
      setTimeout(() => { seen = ''; refresh(); }, 700);
    }, 'dispute_noted');
  }

  refresh();
  const timer = setInterval(refresh, 5000);
  const leave = context.onAlert(refresh);
  return () => { clearInterval(timer); leave(); };
}

function happening(one, day) {
  const detail = one.kind === 'recovered' && one.detail ? `: ${word(one.detail)}` : '';
  return el('li', { class: 'minor' }, el('time', {}, clock(day.began, one.at)), ' ', sentence(word(one.kind === 'sleep' ? 'fell_asleep' : one.kind)) + detail);
}

// From when to when the curve goes.
function span(day) {
  const first = day.minutes[0]?.minute ?? 0;
  return el('p', { class: 'soft span' }, el('span', {}, hour(day.began, 60 * first)), el('span', {}, hour(day.began, 60 * Math.max(first + 10, day.minutes.at(-1)?.minute ?? 0))));
}

// Minutes that are not known leave a gap: a line through them would claim to know.
function graph(day) {
  const first = day.minutes[0]?.minute ?? 0;
  const span = Math.max(10, (day.minutes.at(-1)?.minute ?? 0) - first);
  const lines = STATES.map(name => {
    let path = '', pen = false;
    for (const one of day.minutes) {
      if (one[name] === null) { pen = false; continue; }
      const x = 600 * (one.minute - first) / span, y = 145 - 140 * one[name];
      path += pen ? `L${x.toFixed(1)} ${y.toFixed(1)}` : `M${x.toFixed(1)} ${y.toFixed(1)}h3`;
      pen = true;
    }
    return svg('path', { class: name, d: path });
  });
  return svg('svg', { class: 'curve', viewBox: '0 0 600 150', preserveAspectRatio: 'none', role: 'img', 'aria-label': word('scores_today') },
    [5, 75, 145].map(y => svg('line', { class: 'grid', x1: 0, x2: 600, y1: y, y2: y })), lines);
}
