import { el, show } from './dom.js';
import { word, number } from './words.js';
import { get, pages } from './api.js';
import { age, count, full, percent } from './format.js';
import { head, card, tiles, tile, table, empty, load, contact, when, skeleton } from './ui.js';

const SHOWN = 40;

// What share of the time could each state be judged?
export function coverage(view, context) {
  const sums = el('div', {}), list = el('div', {}, skeleton()), versions = el('div', {}), found = el('div', {});
  const rows = [];
  show(view, head(word('tab.coverage'), word('coverage.question')), sums, card(word('coverage.worst'), list), el('div', { class: 'cards two' }, card(word('versions'), versions), card(word('findings'), found)));
  pages('coverage', 'after', items => rows.push(...items), context.isOver).then(() => { if (!context.isOver()) draw(); }).catch(refusal => { if (!context.refused(refusal)) show(list, empty(word('not_loaded'), refusal.message)); });
  load(found, context, () => get('findings?limit=30'), all => all.items.length ? table([[word('vehicle')], [word('at')], [word('what')], [word('detail')]], all.items.map(one => [el('a', { href: `#vehicle/${one.vehicle}` }, one.vehicle), when(one.at), word(`finding.${one.kind}`), one.detail]), word('findings')) : empty(word('no_finding'), word('no_finding_more')));

  function draw() {
    const driven = rows.filter(one => one.sums?.drivenS > 0), hours = driven.reduce((sum, one) => sum + one.sums.drivenS, 0) / 3600;
    const lost = rows.reduce((sum, one) => sum + (one.sums?.lost ?? 0), 0);
    const mean = kind => { const known = driven.filter(one => one.sums[kind] !== null && one.sums[kind] !== undefined); const time = known.reduce((sum, one) => sum + one.sums.drivenS, 0); return time ? percent(known.reduce((sum, one) => sum + one.sums[kind] * one.sums.drivenS, 0) / time) : word('not_known'); };
    show(sums, tiles(tile(count(rows.length), word('tab.vehicles')), tile(`${number(hours, 0)} h`, word('driven_week')), tile(mean('fatigue'), word('judged_fatigue')), tile(mean('distraction'), word('judged_distraction')),
      tile(lost ? count(lost) : word('none'), word('lost_week'), lost ? 'watch' : null)));
    const worst = [...driven].sort((a, b) => (a.sums.fatigue ?? 0) - (b.sums.fatigue ?? 0)).slice(0, SHOWN);
    show(list, driven.length ? [worst.length < driven.length ? el('p', { class: 'soft' }, word('worst_of', count(worst.length), count(driven.length))) : null, table(
      [[word('vehicle')], [word('column.contact_now')], [word('driven'), 'num'], [word('judged_fatigue'), 'num'], [word('judged_distraction'), 'num'], [word('hours_heard'), 'num'], [word('lost'), 'num'], [word('column.version')]],
      worst.map(one => [el('a', { href: `#vehicle/${one.name}` }, one.name), contact(one.contact), `${number(one.sums.drivenS / 3600, 1)} h`, meter(one.sums.fatigue), meter(one.sums.distraction), count(one.sums.hoursHeard), one.sums.lost ? count(one.sums.lost) : '–', one.version]), word('coverage.worst'))].filter(Boolean)
      : empty(word('nobody_drove'), word('nobody_drove_more')));
    const spread = Map.groupBy(rows, one => one.version || word('unknown'));
    show(versions, rows.length ? table([[word('column.version')], [word('tab.vehicles'), 'num'], [word('heard_last')], [word('certificate_ends')]], [...spread].sort((a, b) => b[1].length - a[1].length).map(([version, of]) => {
      const seen = of.map(one => one.seenAt).filter(Boolean).sort().at(-1), ends = of.map(one => one.certificateUntil).filter(Boolean).sort()[0];
      return [version, count(of.length), seen ? age(seen) : '–', ends ? full(ends) : '–'];
    }), word('versions')) : empty(word('now.no_vehicle'), word('now.enrol')));
  }

  function meter(share) {
    if (share === null || share === undefined) return word('not_known');
    const bar = el('i', {});
    bar.style.width = `${100 * share}%`;
    return el('span', { class: 'num' }, percent(share), el('span', { class: 'meter', 'data-tone': share < 0.5 ? 'bad' : share < 0.8 ? 'watch' : null, 'aria-hidden': 'true' }, bar));
  }
}
