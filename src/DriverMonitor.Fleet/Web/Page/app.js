import { el, show } from './dom.js';
import { word, fault, language, nextLanguage } from './fleet-words.js';
import { get, put, remove, listen } from './api.js';
import { time } from './format.js';
import { signIn } from './sign-in.js';
import { now } from './now.js';
import { vehicles } from './vehicles.js';
import { vehicle } from './vehicle.js';
import { episode } from './episode.js';
import { coverage } from './coverage.js';
import { trends } from './trends.js';
import { disputes } from './disputes.js';
import { orders } from './orders.js';
import { privacy } from './privacy.js';
import { people } from './people.js';

// Name, what it needs, and under which tab it stands.
const SCREENS = {
  now: [now, 'read'], vehicles: [vehicles, 'read'], vehicle: [vehicle, 'read', 'vehicles'], episode: [episode, 'read', 'now'],
  coverage: [coverage, 'read'], trends: [trends, 'read'], disputes: [disputes, 'read'], orders: [orders, 'read'],
  privacy: [privacy, 'any'], people: [people, 'accounts'],
};
const find = id => document.getElementById(id);

const hearers = new Set();
let session = null, leave = () => {}, closeLive = null, forget = 0, turn = 0, lostAt = null, openAlerts = 0;

const may = scope => scope === 'any' || session.scopes.includes(scope);
const isOpen = name => SCREENS[name] && !SCREENS[name][2] && may(SCREENS[name][1]);

function contextOf(own) {
  return {
    session, may,
    isOver: () => own !== turn,
    onLive(hear) { hearers.add(hear); return () => hearers.delete(hear); },
    tell,
    refused(refusal) {
      if (refusal.status === 401) start();
      else if (!refusal.status) return false;
      else tell(fault(refusal));
      return refusal.status === 401;
    },
  };
}

export function tell(text) {
  const notice = find('notice');
  notice.textContent = text;
  notice.hidden = false;
  clearTimeout(forget);
  forget = setTimeout(() => { notice.hidden = true; }, 9000);
}

function route() {
  const [name, ...rest] = location.hash.slice(1).split('/').map(decodeURIComponent);
  const screen = SCREENS[name] && may(SCREENS[name][1]) ? name : Object.keys(SCREENS).find(isOpen);
  leave();
  turn++;
  const view = el('div', {});
  show(find('view'), view);
  drawTabs(screen);
  leave = SCREENS[screen][0](view, contextOf(turn), rest) ?? (() => {});
  document.documentElement.dataset.at = location.hash;
  document.title = `${find('view').querySelector('h1')?.textContent ?? word(screen)} · Driver Monitor`;
  find('menu').setAttribute('aria-expanded', 'false');
  find('tabs').toggleAttribute('data-open', false);
}

function drawTabs(screen) {
  const under = SCREENS[screen][2] ?? screen;
  show(find('tabs'), ...Object.keys(SCREENS).filter(isOpen).map(name => el('a', { href: `#${name}`, 'aria-current': name === under ? 'page' : null },
    word(`tab.${name}`), name === 'now' && openAlerts ? el('span', { class: 'count', 'aria-label': word('open_alerts', openAlerts) }, String(openAlerts)) : null)));
}

function hear(name, told) {
  if (name === 'now' && told.openAlerts !== openAlerts) {
    openAlerts = told.openAlerts;
    drawTabs(Object.keys(SCREENS).find(one => location.hash.slice(1).split('/')[0] === one) ?? 'now');
  }
  for (const one of hearers) one(name, told);
}

function follow() {
  closeLive?.();
  if (!may('read')) return;
  const events = Object.fromEntries(['alert', 'device', 'gap', 'trip', 'now', 'reset'].map(name => [name, told => hear(name, told)]));
  closeLive = listen({
    events,
    open() { lostAt = null; lamp(); },
    lost(isOver) {
      lostAt ??= Date.now();
      lamp();
      if (isOver) setTimeout(() => start(), 3000);
    },
  });
}

// What is on the screen is as old as the connection: say since when.
function lamp() {
  find('lamp').dataset.state = !session?.signedIn ? '' : lostAt ? 'lost' : 'live';
  find('live').textContent = !session?.signedIn || !may('read') ? '' : lostAt ? word('lost_since', time(lostAt)) : word('live');
  find('live').toggleAttribute('data-lost', lostAt !== null);
}

async function start() {
  closeLive?.();
  closeLive = null;
  leave();
  leave = () => {};
  turn++;
  try {
    session = await get('session');
  } catch {
    session = null;
    lostAt ??= Date.now();
    find('lamp').dataset.state = 'lost';
    find('live').textContent = word('no_server');
    setTimeout(start, 3000);
    return;
  }
  lostAt = null;
  const isOut = !session.signedIn;
  document.documentElement.toggleAttribute('data-out', isOut);
  find('leave').hidden = isOut;
  dress();
  lamp();
  if (isOut || location.hash.startsWith('#join=') || location.hash.startsWith('#setup=')) {
    document.documentElement.toggleAttribute('data-out', true);
    return signIn(find('view'), session, start);
  }
  follow();
  route();
}

function dress() {
  const root = document.documentElement;
  root.dataset.theme = localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  root.lang = language();
  document.querySelector('.skip').textContent = word('skip');
  find('menu').textContent = word('menu');
  find('tabs').setAttribute('aria-label', word('menu'));
  find('theme').textContent = word(root.dataset.theme === 'dark' ? 'to_light' : 'to_dark');
  find('language').textContent = nextLanguage(false) === 'de' ? 'Deutsch' : 'English';
  find('leave').textContent = word('sign_out');
  find('leave').title = session?.name ?? '';
  const tenants = session?.tenants ?? [];
  show(find('tenant'), tenants.length > 1
    ? el('select', { 'aria-label': word('tenant'), onchange: async event => { session = await put('session/tenant', { tenant: event.target.value }); openAlerts = 0; start(); } },
      ...tenants.map(one => el('option', { value: one, selected: one === session.tenant }, one)))
    : session?.tenant ?? 'Driver Monitor');
}

find('theme').addEventListener('click', () => {
  localStorage.setItem('theme', document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
  dress();
  if (session?.signedIn) route();
});
find('language').addEventListener('click', () => { nextLanguage(true); dress(); lamp(); if (session?.signedIn && !document.documentElement.hasAttribute('data-out')) route(); else start(); });
find('leave').addEventListener('click', async () => { await remove('session').catch(() => {}); location.hash = ''; start(); });
find('menu').addEventListener('click', () => {
  const isOpened = find('tabs').toggleAttribute('data-open');
  find('menu').setAttribute('aria-expanded', String(isOpened));
  if (isOpened) find('tabs').querySelector('a')?.focus();
});
document.querySelector('.skip').addEventListener('click', event => { event.preventDefault(); find('view').focus(); });
addEventListener('hashchange', () => {
  if (!session?.signedIn || location.hash.includes('=')) return start();
  route();
  find('view').focus({ preventScroll: true });
  scrollTo(0, 0);
});
addEventListener('pagehide', () => { leave(); closeLive?.(); });
dress();
start();
