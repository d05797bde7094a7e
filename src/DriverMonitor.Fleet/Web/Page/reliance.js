// Whether a vehicle can be relied on now, and if not, why: the worst reason first. Pure and quick, so that ten thousand can be sorted by
// it; the sentence is made only for those that are seen.
import { word } from './words.js';
import { age, count, percent, span } from './format.js';

const ENOUGH = 0.8, FORTNIGHT = 14 * 86400000;
const SILENT = { rank: 1, tone: 'stale', say: () => word('rely.silent') }, NEVER = { rank: 8, tone: 'bad', say: () => word('rely.never') };
const FINE = { rank: 0, tone: 'good', say: () => word('rely.yes') };

export function reliance(one, sums, now = Date.now()) {
  if (one.contact === 'silent') return SILENT;
  if (one.contact === 'never') return NEVER;
  const isFresh = one.contact === 'fresh', left = one.certificateUntil ? Date.parse(one.certificateUntil) - now : Infinity;
  if (one.contact === 'stale') return { rank: 9, tone: 'bad', say: () => word('rely.stale', age(one.seenAt)) };
  if (isFresh && one.camera && one.camera !== 'ok') return { rank: 9, tone: 'bad', say: () => word('rely.camera', word(one.camera)) };
  if (one.contact === 'overdue') return { rank: 7, tone: 'watch', say: () => word('rely.overdue', age(one.seenAt)) };
  if (sums && sums.fatigue !== null && sums.fatigue !== undefined && sums.fatigue < ENOUGH) return { rank: 6, tone: 'watch', say: () => word('rely.coverage', percent(sums.fatigue)) };
  if (left < FORTNIGHT) return { rank: 5, tone: 'watch', say: () => left > 0 ? word('rely.certificate', span(left / 1000)) : word('rely.certificate_over') };
  if (one.oldestS > 900) return { rank: 5, tone: 'watch', say: () => word('rely.waiting', count(one.waiting), span(one.oldestS)) };
  if (one.dropped > 0) return { rank: 4, tone: 'watch', say: () => word('rely.dropped', count(one.dropped)) };
  return one.contact === 'offline' ? { rank: 0.5, tone: 'stale', say: () => word('rely.offline', age(one.seenAt)) } : FINE;
}
