// Whether a vehicle can be relied on now, and if not, why: the worst reason first. Pure, so that the list can be sorted by it.
import { word } from './words.js';
import { age, count, percent, span } from './format.js';

const ENOUGH = 0.8;

export function reliance(one, sums) {
  if (one.contact === 'silent') return { rank: 1, tone: 'stale', text: word('rely.silent') };
  if (one.contact === 'never') return { rank: 8, tone: 'bad', text: word('rely.never') };
  const reasons = [];
  if (one.contact === 'stale') reasons.push([9, 'bad', word('rely.stale', age(one.seenAt))]);
  if (one.contact === 'overdue') reasons.push([7, 'watch', word('rely.overdue', age(one.seenAt))]);
  if (one.contact === 'fresh' && one.camera && one.camera !== 'ok') reasons.push([9, 'bad', word('rely.camera', word(one.camera))]);
  if (sums?.fatigue !== null && sums?.fatigue !== undefined && sums.fatigue < ENOUGH) reasons.push([6, 'watch', word('rely.coverage', percent(sums.fatigue))]);
  if (one.certificateUntil && Date.parse(one.certificateUntil) - Date.now() < 14 * 86400000) reasons.push([5, 'watch', word('rely.certificate', span(Math.max(0, (Date.parse(one.certificateUntil) - Date.now()) / 1000)))]);
  if (one.oldestS > 900) reasons.push([5, 'watch', word('rely.waiting', count(one.waiting), span(one.oldestS))]);
  if (one.dropped > 0) reasons.push([4, 'watch', word('rely.dropped', count(one.dropped))]);
  if (one.contact === 'offline') reasons.push([0.5, 'stale', word('rely.offline', age(one.seenAt))]);
  if (!reasons.length) return { rank: 0, tone: 'good', text: word('rely.yes') };
  const [rank, tone, text] = reasons.sort((a, b) => b[0] - a[0])[0];
  return { rank, tone, text };
}
