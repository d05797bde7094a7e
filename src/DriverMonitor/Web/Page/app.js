import { el, show } from './dom.js';
import { word, language, nextLanguage } from './words.js';
import { session, signIn, listen, post } from './api.js';
import { now, alertKey, lost } from './glance.js';
import { details } from './details.js';
import { today } from './today.js';
import { history } from './history.js';
import { me } from './me.js';
import { aim } from './aim.js';
import { parts } from './parts.js';

const VIEWS = { now, details, today, history, me, aim, parts };
const TABS = ['now', 'today', 'me', 'aim', 'parts'];
const THEMES = ['light', 'dark', 'night'];
const isKiosk = new URLSearchParams(location.search).has('kiosk');
// A screen that nobody touches goes dark while all is well, and back to the one state when something is not.
const DIM_AFTER = 60000, AWAY_AFTER = 120000;
const find = id => document.getElementById(id);

const hearers = new Set();
const alarmed = new Set();
let second = null, leave = () => {}, closeLive = null, standing = '', needsPassword = false, wasIn = false, forget = 0;
let heardKey = '', touchedAt = performance.now(), losing = 0;

const context = {
  isKiosk,
  isHeard: alert => heardKey !== '' && heardKey === alertKey(alert),
  acknowledge: () => context.attempt(async () => {
    await post('/api/acknowledge');
    heardKey = alertKey(second?.alert);
    standing = '';
    if (second) hear(second);
  }, 'acknowledged'),
  get needsPassword() { return needsPassword; },
  onNow(hear) {
    hearers.add(hear);
    if (second) hear(second);
    return () => hearers.delete(hear);
  },
  onAlert(hear) {
    alarmed.add(hear);
    return () => alarmed.delete(hear);
  },
  async attempt(act, done) {
    try {
      await act();
      if (done) tell(word(done));
    } catch (refusal) {
      if (refusal.status === 401) start();
      else tell(word(`error.${refusal.message}`));
    }
  },
};

function tell(text) {
  const notice = find('notice');
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(forget);
  forget = setTimeout(() => { notice.hidden = true; }, 8000);
}

function hear(news) {
  clearTimeout(losing);
  if (news.aiming && second && !second.aiming && location.hash !== '#aim') tell(word('aim_ready'));
  second = news;
  const trouble = troubleOf(news);
  find('lamp').dataset.state = trouble;
  find('status').textContent = news.aiming ? word('aim_live') : word(`watching.${trouble}`);
  display(news);
}

function troubleOf({ glance, sight, lacking }) {
  if (glance.state === 'nobody_watches') return sight === 'asleep' ? 'asleep' : 'lost';
  return glance.state === 'starting' ? 'starting' : lacking.length ? 'partly' : 'well';
}

function display(news) {
  const root = document.documentElement.dataset;
  root.state = news.glance.state;
  // Nothing is green while an alert stands: the style sheet asks for this.
  if (news.alert) root.alert = news.alert.level; else delete root.alert;
  shout(news);
  wake(news);
  for (const one of hearers) one(news);
}

// Written only when it changes, so that a screen reader says it once.
function shout(news) {
  const { alert } = news, key = alert ? `${alertKey(alert)}.${context.isHeard(alert)}` : '';
  if (!alert) heardKey = '';
  if (key === standing) return;
  const isNew = alert && !standing.startsWith(alertKey(alert));
  standing = key;
  const box = find('alert');
  box.hidden = !alert;
  if (alert) {
    box.dataset.level = alert.level;
    show(box, el('strong', {}, word(`say.${alertKey(alert)}`)), el('small', {}, `${word(`rule.${alert.rule}`)} · ${word(`level.${alert.level}`)}`),
      el('button', { type: 'button', class: 'heard', disabled: context.isHeard(alert), onclick: context.acknowledge }, word(context.isHeard(alert) ? 'heard' : 'acknowledge')));
  } else show(box);
  if (isNew && alert.level >= 2 && performance.now() - touchedAt > AWAY_AFTER && !onNow()) location.hash = '#now';
  for (const one of alarmed) one();
}

const onNow = () => !VIEWS[location.hash.slice(1)] || location.hash === '#now';

// In a kiosk the screen dims while all is well; anything else wakes it.
function wake(news) {
  const isCalm = news.glance.state === 'all_well' || news.glance.state === 'starting';
  document.documentElement.toggleAttribute('data-dim', isKiosk && isCalm && performance.now() - touchedAt > DIM_AFTER);
  if (isKiosk && !onNow() && performance.now() - touchedAt > (isCalm ? DIM_AFTER : 5000)) location.hash = '#now';
}

function touched() {
  touchedAt = performance.now();
  document.documentElement.removeAttribute('data-dim');
}

function lose(isOver) {
  find('lamp').dataset.state = 'lost';
  find('status').textContent = word('no_device');
  // A browser that opens the stream again within a moment has lost nothing.
  clearTimeout(losing);
  losing = setTimeout(() => display({ at: 0, time: null, allowed: [], aiming: false, ...second, ...lost }), 4000);
  if (isOver) setTimeout(start, 3000);
}

function route() {
  const name = VIEWS[location.hash.slice(1)] ? location.hash.slice(1) : 'now';
  leave();
  document.documentElement.dataset.view = name;
  leave = VIEWS[name](find('view'), context) ?? (() => {});
  const tab = { details: 'now', history: 'today' }[name] ?? name;
  show(find('tabs'), TABS.map(one => el('a', { href: `#${one}`, 'aria-current': one === tab ? 'page' : null }, word(one))));
  document.title = `${word(name)} · Driver Monitor`;
}

function askPassword() {
  show(find('tabs'));
  // Nothing of the driver stays on the screen.
  second = null;
  clearTimeout(losing);
  delete document.documentElement.dataset.view;
  delete document.documentElement.dataset.alert;
  shout({ alert: null });
  delete find('lamp').dataset.state;
  find('status').textContent = '';
  const password = el('input', { type: 'password', id: 'password', autocomplete: 'current-password', required: true });
  const wrong = el('p', { role: 'alert' }, wasIn ? word('session_ended') : '');
  wasIn = false;
  const enter = async event => {
    event.preventDefault();
    try {
      await signIn(password.value);
      start();
    } catch (refusal) {
      wrong.textContent = whyNot(refusal);
      password.select();
    }
  };
  show(find('view'), el('form', { class: 'card sign-in', onsubmit: enter }, el('h1', {}, 'Driver Monitor'),
    el('label', { for: 'password' }, word('password')), password, wrong, el('div', { class: 'actions' }, el('button', { class: 'strong' }, word('sign_in')))));
  password.focus();
}

function whyNot({ message, body }) {
  if (message !== 'wrong_password') return word(`error.${message}`, body?.minutes ?? '');
  if (body.left === 0) return `${word('error.wrong_password')} ${word('error.locked', body.minutes)}`;
  return `${word('error.wrong_password')} ${body.left === 1 ? word('last_try') : word('tries_left', body.left)}`;
}

async function start() {
  closeLive?.();
  closeLive = null;
  leave();
  leave = () => {};
  try {
    const said = await session();
    needsPassword = said.needsPassword;
    if (!said.signedIn) return askPassword();
    wasIn = needsPassword;
  } catch {
    return lose(true);
  }
  closeLive = listen('/api/live', 'now', hear, lose);
  route();
}

function theme() {
  const asked = localStorage.getItem('theme');
  return THEMES.includes(asked) ? asked : night() ? 'night' : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

const nextTheme = () => THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];

function dress() {
  document.documentElement.dataset.theme = theme();
  document.documentElement.toggleAttribute('data-kiosk', isKiosk);
  document.documentElement.lang = language();
  find('theme').textContent = word(`to_${nextTheme()}`);
  find('language').textContent = nextLanguage(false).toUpperCase();
  // What is read out holds what is seen, for who speaks to the page.
  find('language').setAttribute('aria-label', `${nextLanguage(false).toUpperCase()}, ${word('change_language')}`);
  document.querySelector('.skip').textContent = word('skip');
}

const night = () => { const hour = new Date().getHours(); return hour >= 20 || hour < 6; };

find('theme').addEventListener('click', () => {
  localStorage.setItem('theme', nextTheme());
  dress();
});
find('language').addEventListener('click', () => {
  nextLanguage(true);
  standing = '';
  dress();
  if (second) hear(second);
  start();
});
addEventListener('hashchange', () => { if (closeLive) route(); find('view').focus({ preventScroll: true }); scrollTo(0, 0); });
for (const one of ['pointerdown', 'keydown']) addEventListener(one, touched, { passive: true });
// Kept on where the browser allows it; asked again each time the page is seen.
const stayOn = () => { if (isKiosk && document.visibilityState === 'visible') navigator.wakeLock?.request('screen').catch(() => {}); };
addEventListener('visibilitychange', stayOn);
stayOn();
addEventListener('pagehide', () => { leave(); closeLive?.(); });
dress();
start();
