// A measured cue as people would say it. The report says the same from the same table.
import { word, has, number, duration } from './words.js';

export const amount = (value, unit) => unit === 'share' || unit === 'of limit' ? `${number(100 * value, 0)} %`
  : unit === 'h' ? duration(3600 * value)
  : unit === 's' ? duration(value)
  : `${number(value, Math.abs(value) < 9.95 ? 1 : 0)} ${unit}`.trim();

// Which of a cue's phrases fits, by its unit.
function kind({ cue, value, unit, raises }) {
  if (unit === 'z') return Math.abs(value) < 0.5 ? 'usual' : value < 0 ? 'low' : 'high';
  if (unit === 'KSS') return value < 5 ? 'low' : value < 7 ? 'usual' : 'high';
  if (unit === '1/min') return value < 0.05 ? 'none' : value < 0.95 ? 'rare' : value < 1.05 ? 'once' : 'often';
  // A yawn behind a hand counts half.
  if (unit.startsWith('1/')) return ['none', 'once'][Math.round(value)] ?? (value < 0 ? 'none' : 'often');
  if (unit === 'of limit') return value < 0.05 ? 'none' : 'part';
  if (unit === 'share' && has(`cue.${cue}.likely`)) return 'likely';
  return unit === '' ? raises === false ? 'down' : 'up' : 'is';
}

export function phrase(cue) {
  const isMeasured = Number.isFinite(cue.value);
  const key = `cue.${cue.cue}.${isMeasured ? kind(cue) : cue.raises === false ? 'down' : 'up'}`;
  if (!isMeasured) return has(key) ? word(key) : word(cue.cue);
  if (has(key)) return word(key, cue.unit.startsWith('1/') ? number(cue.value, cue.unit === '1/min' ? 1 : 0) : amount(cue.value, cue.unit));
  return isPlain(cue.unit) ? `${word(cue.cue)}: ${amount(cue.value, cue.unit)}` : word(cue.cue);
}

// Distances from what is usual, and rates, mean nothing to a reader by themselves.
const isPlain = unit => unit !== '' && unit !== 'z' && unit !== 'KSS' && !unit.startsWith('1/');

// With the limit that it passed, where there is one.
export const reason = why => !Number.isFinite(why.limit) || !Number.isFinite(why.value) || !isPlain(why.unit) ? phrase(why)
  : word('with_limit', phrase(why), amount(why.limit, why.unit));
