import { el, show } from './dom.js';
import { word, number, language } from './words.js';
import { get } from './api.js';
import { count, day, percent, per100, daysAgo } from './format.js';
import { head, card, tiles, tile, table, empty, load, select } from './ui.js';

const KINDS = ['all', 'fatigue', 'distraction', 'driver-state'], EMOTIONS = ['stress', 'anger'];
const WEEKS = { 4: 28, 13: 91, 52: 364 };

// Better or worse? Per 100 hours that were driven and judged, never by vehicle and never by person.
export function trends(view, context) {
  const asked = { measure: 'alerts', kind: 'all', group: 'none', bucket: 'week', weeks: '13' };
  const rate = el('div', {}), place = el('div', {});
  let chart = null;
  const choose = (name, options) => el('label', {}, word(`choose.${name}`), select(name, options, asked[name], value => { asked[name] = value; read(); }));
  const kinds = context.session.isEuWork ? KINDS : [...KINDS, ...EMOTIONS];
  show(view, head(word('tab.trends'), word('trends.question'), el('button', { type: 'button', onclick: () => print() }, word('print'))), rate,
    el('section', { class: 'card' }, el('div', { class: 'filters no-print' },
      choose('measure', ['alerts', 'disputed', 'false', 'coverage'].map(one => [one, word(`measure.${one}`)])), choose('kind', kinds.map(one => [one, word(`kind.${one}`)])),
      choose('group', ['none', 'label', 'version'].map(one => [one, word(`group.${one}`)])), choose('bucket', ['day', 'week'].map(one => [one, word(`bucket.${one}`)])),
      choose('weeks', Object.keys(WEEKS).map(one => [one, word('weeks', one)]))), place));
  load(rate, context, () => get('reviews'), falseAlarms);

  function falseAlarms(all) {
    if (all.isHidden) return tiles(tile(word('not_known'), word('few_vehicles_reviewed')));
    const isKnown = all.share !== null && all.share !== undefined, some = value => value ? count(value) : word('none');
    return tiles(
      tile(isKnown ? percent(all.share) : word('not_known'), isKnown ? word('false_share') : word('few_reviews', all.needed)),
      isKnown ? tile(`${percent(all.low)} – ${percent(all.high)}`, word('interval')) : null, tile(some(all.reviewed), word('reviewed_of', count(all.episodes))),
      all.reviewed ? tile(some(all.isFalse), word('review.false')) : null, all.reviewed ? tile(some(all.unclear), word('review.unclear')) : null, tile(some(all.disputed), word('disputed_count')));
  }

  function read() {
    chart?.destroy();
    chart = null;
    show(place);
    const query = new URLSearchParams({ measure: asked.measure, kind: asked.kind, group: asked.group, bucket: asked.bucket, from: daysAgo(WEEKS[asked.weeks]) });
    load(place, context, () => get(`trends?${query}`), found => {
      const known = found.points.filter(one => one.value !== null && one.value !== undefined);
      const box = el('div', { class: 'chart', role: 'img', 'aria-label': word('chart_said') });
      // One moment is no line: the table says it.
      const isLine = new Set(known.map(one => one.from)).size > 1;
      if (isLine) requestAnimationFrame(() => { if (!context.isOver() && box.isConnected) chart = draw(box, found); });
      return [known.length ? isLine && box : empty(word('no_figure'), found.points[0]?.why ? word(`why.${found.points[0].why}`, found.floor) : word('no_figure_more')),
        found.points.length ? table([[word('from')], ...(asked.group === 'none' ? [] : [[word('choose.group')]]), [word(`measure.${asked.measure}`), 'num'], [word('interval'), 'num'], [word('number'), 'num'], [word('judged_hours'), 'num'], [word('tab.vehicles'), 'num']],
          [...found.points].reverse().map(one => [day(one.from), ...(asked.group === 'none' ? [] : [one.group ?? '–']), value(one, found), one.low === undefined ? '–' : `${per100(one.low)} – ${per100(one.high)}`, one.count === undefined ? '–' : count(one.count), one.judgedHours === undefined ? '–' : number(one.judgedHours, 0), one.vehicles === undefined ? '–' : count(one.vehicles)]), word('tab.trends')) : null,
        el('p', { class: 'soft' }, word('floor_said', found.floor))].filter(Boolean);
    });
  }

  const value = (one, found) => one.value === undefined || one.value === null ? word(`why.${one.why}`, found.floor) : asked.measure === 'coverage' ? percent(one.value) : per100(one.value);

  function draw(box, found) {
    const style = getComputedStyle(document.documentElement), colour = name => style.getPropertyValue(name).trim();
    const times = [...new Set(found.points.map(one => Date.parse(one.from) / 1000))].sort((a, b) => a - b);
    const groups = [...new Set(found.points.map(one => one.group ?? ''))].slice(0, 6), tones = ['--strong', '--warn', '--calm', '--watch', '--alarm', '--soft'], dashes = [[], [8, 4], [2, 4], [10, 3, 2, 3], [4, 4], [1, 6]];
    const at = (group, name) => times.map(time => found.points.find(one => (one.group ?? '') === group && Date.parse(one.from) / 1000 === time)?.[name] ?? null);
    const series = [{}], data = [times], bands = [];
    groups.forEach((group, i) => {
      series.push({ label: group || word(`measure.${asked.measure}`), stroke: colour(tones[i]), width: 2.5, dash: dashes[i], points: { show: true, size: 7, fill: colour('--card') } });
      data.push(at(group, 'value'));
    });
    if (groups.length === 1 && found.points.some(one => one.low !== undefined)) {
      series.push({ stroke: 'transparent', points: { show: false } }, { stroke: 'transparent', points: { show: false } });
      data.push(at(groups[0], 'high'), at(groups[0], 'low'));
      bands.push({ series: [2, 3], fill: `color-mix(in srgb, ${colour('--strong')} 16%, transparent)` });
    }
    const axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') }, font: '13px system-ui' };
    return new globalThis.uPlot({
      width: box.clientWidth, height: 260, series, bands, cursor: { drag: { x: false, y: false } }, legend: { show: false },
      scales: { y: { range: (_, low, high) => [0, Math.max(high ?? 0, asked.measure === 'coverage' ? 1 : 0.1) * 1.05] } },
      axes: [{ ...axis, space: 90, splits: times.length > 12 ? undefined : () => times, values: (_, splits) => splits.map(one => new Date(one * 1000).toLocaleDateString(language(), { day: 'numeric', month: 'short' })) },
        { ...axis, size: 56, values: (_, splits) => splits.map(one => asked.measure === 'coverage' ? percent(one) : number(one, 1)) }],
    }, data, box);
  }

  const resized = () => chart?.setSize({ width: place.clientWidth, height: 260 });
  addEventListener('resize', resized);
  read();
  return () => { removeEventListener('resize', resized); chart?.destroy(); };
}
