// Times, ages and figures as people read them.
import { word, language, number } from './words.js';

const DAY = 86400000;

export const time = at => new Date(at).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
export const day = at => new Date(at).toLocaleDateString(language(), { weekday: 'short', day: '2-digit', month: 'short' });
export const full = at => new Date(at).toLocaleString(language(), { day: '2-digit', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
export const isToday = at => new Date(at).toDateString() === new Date().toDateString();
// Today's by its time alone, older ones with their day.
export const moment = at => isToday(at) ? time(at) : `${day(at)} ${time(at)}`;
// The day's name in addresses, in the time zone of who looks.
export const dayKey = at => { const one = new Date(at); return `${one.getFullYear()}-${String(one.getMonth() + 1).padStart(2, '0')}-${String(one.getDate()).padStart(2, '0')}`; };

export function span(seconds) {
  if (seconds < 90) return `${number(seconds, 0)} s`;
  if (seconds < 5400) return `${number(seconds / 60, 0)} min`;
  if (seconds < 172800) return `${number(seconds / 3600, 0)} h`;
  return word('days', number(seconds / 86400, 0));
}

export const age = at => span(Math.max(0, (Date.now() - new Date(at)) / 1000));
export const percent = share => `${number(100 * share, share > 0.995 || share < 0.1 ? 1 : 0)} %`;
export const count = value => number(value, 0);
export const per100 = value => number(value, value < 10 ? 2 : 1);
export const daysAgo = days => new Date(Date.now() - days * DAY).toISOString();
