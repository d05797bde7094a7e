// One state fills the screen. The device decides which; here it gets its colour, its form and its words.
import { el, svg, show } from './dom.js';
import { word, has, sentence, number } from './words.js';
import { reason } from './phrases.js';

// Strokes in a square of 100; the outer form says how urgent it is, the inner one what it is about.
const FORMS = {
  circle: 'M50 6a44 44 0 1 0 .1 0z',
  triangle: 'M50 8L96 90H4z',
  octagon: 'M32 5H68L95 32V68L68 95H32L5 68V32z',
  square: 'M8 8H92V92H8z',
};
const SIGNS = {
  all_well: 'M28 52L44 68L73 36',
  starting: 'M50 28V52L64 62',
  hint: 'M50 28V56M50 70V72',
  poor_view: 'M22 50Q50 24 78 50Q50 76 22 50zM50 44V52M50 60V61',
  no_buzzer: 'M24 42H36L52 28V72L36 58H24zM62 42L78 58M78 42L62 58',
  nobody_watches: 'M18 50Q50 20 82 50Q50 80 18 50zM50 42a8 8 0 1 0 .1 0zM22 80L78 20',
  no_link: 'M24 42Q50 20 76 42M36 56Q50 44 64 56M50 70V71M24 80L76 22',
  take_break: 'M30 44H62V66Q62 74 54 74H38Q30 74 30 66zM62 50H68Q74 50 74 56Q74 62 68 62H62M38 34V38M46 32V38M54 34V38',
  eyes_on_road: 'M40 26L22 76M60 26L78 76M50 32V42M50 52V64',
  wake_up: 'M22 42Q50 68 78 42M50 56V72M33 52L26 64M67 52L74 64',
};

// What is shown while nothing comes from the device any more: an alarm that stood may have ended, or not.
export const lost = { glance: { state: 'no_link', level: 0 }, alert: null, scores: null, heart: null, speedKmh: null, sight: '', lacking: [] };

const form = (state, level) => level >= 3 ? 'octagon' : level === 2 ? 'triangle'
  : ['nobody_watches', 'no_buzzer', 'no_link'].includes(state) ? 'square' : 'circle';

export const pictogram = (state, level) => svg('svg', { class: 'form', viewBox: '0 0 100 100', 'aria-hidden': 'true', focusable: 'false' },
  svg('path', { class: 'outer', d: FORMS[form(state, level)] }),
  // A triangle has less room, and that lower down.
  svg('path', { class: 'inner', d: SIGNS[state] ?? SIGNS.hint, transform: form(state, level) === 'triangle' ? 'translate(20 28) scale(.6)' : null }));

export const alertKey = alert => alert ? `${alert.rule}.${alert.level}` : '';

// What to do, in the words of the alert where they say more than the headline does.
export function advice({ glance, alert }) {
  if (glance.level && alert) {
    const headline = plain(word(`glance.${glance.state}`));
    const more = word(`say.${alertKey(alert)}`).split(/(?<=[.!?]) /).filter(one => plain(one) !== headline);
    if (more.length) return more.join(' ');
  }
  return has(`glance.${glance.state}.do`) ? word(`glance.${glance.state}.do`) : '';
}

const plain = text => text.toLocaleLowerCase().replace(/[^\p{L}]/gu, '');

// The newest reason of the alert, or what is missing and how to mend it.
export function why({ glance, alert, lacking, sight, allowed }) {
  if (glance.level && alert) return alert.why?.length ? sentence(reason(alert.why[0])) : word(`rule.${alert.rule}`);
  if (glance.state === 'no_buzzer') return word('do.buzzer_lost');
  if (glance.state === 'nobody_watches' && allowed && !allowed.includes('camera')) return `${sentence(word('camera_asleep'))}: ${word('do.no_consent')}`;
  const faults = lacking.filter(one => one !== 'buzzer_lost');
  if (!faults.length) return glance.state === 'nobody_watches' && sight ? sentence(word(sight === 'asleep' ? 'camera_asleep' : sight)) : '';
  const mend = glance.state === 'nobody_watches' ? faults.map(one => `do.${one}`).find(has) : null;
  return `${sentence(faults.map(one => word(one)).join(', '))}${mend ? `: ${word(mend)}` : ''}`;
}

export function panel(second, { heard, onHeard, tag = 'h1' }) {
  const { state, level } = second.glance;
  const advised = advice(second), because = why(second);
  return el('section', { class: 'glance', 'data-state': state, 'data-level': level, 'aria-label': word('now') },
    pictogram(state, level),
    el('div', { class: 'said' },
      level ? el('p', { class: 'rank' }, word(`level.${level}`)) : null,
      el(tag, { class: 'headline' }, word(`glance.${state}`)),
      advised ? el('p', { class: 'do' }, advised) : null,
      because ? el('p', { class: 'because' }, because) : null),
    el('div', { class: 'reply' },
      level ? el('button', { type: 'button', class: 'heard', disabled: heard, onclick: onHeard }, word(heard ? 'heard' : 'acknowledge')) : null,
      el('a', { class: 'more button', href: '#details' }, word('details'))));
}

// One line under "all well": enough to see that it lives.
export const pulseLine = second => [
  second.speedKmh === null || second.speedKmh === undefined ? null : `${number(second.speedKmh, 0)} km/h`,
  second.heart?.bpm ? word('pulse_of', number(second.heart.bpm, 0)) : null,
].filter(Boolean).join(' · ');

export function now(view, context) {
  let shown = '', line = null;
  return context.onNow(second => {
    const heard = context.isHeard(second.alert);
    const key = JSON.stringify([second.glance, second.alert, second.lacking, second.sight, heard]);
    // Made anew only when it says something else: a finger may lie on it.
    if (key !== shown) {
      const held = document.activeElement?.closest?.('.reply') ? document.activeElement.classList[0] : null;
      shown = key;
      const node = panel(second, { heard, onHeard: context.acknowledge });
      line = el('p', { class: 'because' });
      if (second.glance.state === 'all_well') node.querySelector('.said').append(line);
      show(view, node);
      if (held) node.querySelector(`.${held}`)?.focus({ preventScroll: true });
    }

    line.textContent = pulseLine(second);
  });
}
