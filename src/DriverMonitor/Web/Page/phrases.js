// A measured cue as people would say it. The report says the same from the same table.
import { word, has, number } from './words.js';

export const amount = (value, unit) => unit === 'share' || unit === 'of limit' ? `${number(100 * value, 0)} %`
  : unit === 'h' ? hours(value)
  : `${number(value, Math.abs(value) < 10 ? 1 : 0)} ${unit}`.trim();

function hours(value) {
  const minutes = Math.round(60 * value);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60 ? `${minutes % 60} min` : ''}`.trim();
}

// Which of a cue's phrases fits, by its unit.
function kind({ value, unit, raises }) {
  if (unit === 'z') return Math.abs(value) < 0.5 ? 'usual' : value < 0 ? 'low' : 'high';
  if (unit === 'KSS') return value < 5 ? 'low' : value < 7 ? 'usual' : 'high';
  if (unit.startsWith('1/')) return value < 0.05 ? 'none' : Math.abs(value - 1) < 0.05 ? 'once' : 'often';
  if (unit === 'of limit') return value < 0.05 ? 'none' : 'part';
  return unit === '' ? raises === false ? 'down' : 'up' : 'is';
}

export function phrase(cue) {
  const isMeasured = cue.value !== null && cue.value !== undefined;
  const key = `cue.${cue.cue}.${isMeasured ? kind(cue) : cue.raises === false ? 'down' : 'up'}`;
  if (!isMeasured) return has(key) ? word(key) : word(cue.cue);
  return has(key) ? word(key, amount(cue.value, cue.unit.startsWith('1/') ? '' : cue.unit)) : `${word(cue.cue)}: ${amount(cue.value, cue.unit === 'z' ? '' : cue.unit)}`;
}

// With the limit that it passed, where there is one.
export const reason = why => why.limit === null || why.limit === undefined ? phrase(why)
  : word('with_limit', phrase(why), amount(why.limit, why.unit));
