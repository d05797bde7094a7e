import { el, show } from './dom.js';
import { word, language, nextLanguage } from './words.js';
import { session, signIn, listen } from './api.js';
import { now } from './now.js';
import { today } from './today.js';
import { me } from './me.js';
import { aim } from './aim.js';
import { parts } from './parts.js';

const VIEWS = { now, today, me, aim, parts };
const find = id => document.getElementById(id);

const hearers = new Set();
const alarmed = new Set();
let second = null, leave = () => {}, closeLive = null, standing = '', needsPassword = false, wasIn = false, forget = 0;

const context = {
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
  if (news.aiming && second && !second.aiming && location.hash !== '#aim') tell(word('aim_ready'));
  second = news;
  const trouble = news.sight === 'asleep' ? 'asleep' : news.sight === 'no_picture' ? 'lost' : news.lacking.length ? 'partly' : 'well';
  find('lamp').dataset.state = trouble;
  find('status').textContent = news.aiming ? word('aim_live') : word(`watching.${trouble}`);
  shout(news.alert);
  for (const one of hearers) one(news);
}

// Written only when it changes, so that a screen reader says it once.
function shout(alert) {
  const key = alert ? `${alert.rule}.${alert.level}` : '';
  if (key === standing) return;
  standing = key;
  const box = find('alert');
  box.hidden = !alert;
  if (alert) {
    box.dataset.level = alert.level;
    show(box, word(`say.${key}`), el('small', {}, `${word(`rule.${alert.rule}`)} · ${word(`level.${alert.level}`)}`));
  } else show(box);
  for (const one of alarmed) one();
}

function lose(isOver) {
  find('lamp').dataset.state = 'lost';
  find('status').textContent = word('no_device');
  if (isOver) setTimeout(start, 3000);
}

function route() {
  const name = VIEWS[location.hash.slice(1)] ? location.hash.slice(1) : 'now';
  leave();
  leave = VIEWS[name](find('view'), context) ?? (() => {});
  show(find('tabs'), Object.keys(VIEWS).map(one => el('a', { href: `#${one}`, 'aria-current': one === name ? 'page' : null }, word(one))));
  document.title = `${word(name)} · Driver Monitor`;
}

function askPassword() {
  show(find('tabs'));
  // Nothing of the driver stays on the screen.
  second = null;
  shout(null);
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

function dress() {
  const asked = localStorage.getItem('theme');
  const dark = asked ? asked === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches || night();
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  document.documentElement.lang = language();
  find('theme').textContent = word(dark ? 'to_light' : 'to_dark');
  find('language').textContent = nextLanguage(false).toUpperCase();
  find('language').setAttribute('aria-label', word('change_language'));
  document.querySelector('.skip').textContent = word('skip');
}

const night = () => { const hour = new Date().getHours(); return hour >= 20 || hour < 6; };

find('theme').addEventListener('click', () => {
  localStorage.setItem('theme', document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
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
addEventListener('pagehide', () => { leave(); closeLive?.(); });
dress();
start();
