import { el, show } from './dom.js';
import { word } from './words.js';
import { pages } from './api.js';
import { age, count, percent } from './format.js';
import { head, badge, contact, level, empty, skeleton, select } from './ui.js';
import { reliance } from './reliance.js';

const SIGNS = { good: '✓', watch: '!', bad: '▲', stale: '○' };
const NARROW = matchMedia('(max-width: 79.9rem)');
const FILTERS = {
  all: () => true, doubtful: one => one.rely.rank >= 4, fresh: one => one.contact === 'fresh', overdue: one => one.contact === 'overdue', stale: one => one.contact === 'stale',
  offline: one => one.contact === 'offline', silent: one => one.contact === 'silent', camera: one => one.contact === 'fresh' && one.camera && one.camera !== 'ok', strap: one => one.contact === 'fresh' && one.heart && one.heart !== 'ok',
};
// Names are of a-z, 0-9 and dashes: no language orders them otherwise, and comparing by language takes a hundred times as long.
const byName = (a, b) => a.name < b.name ? -1 : 1;
const SORTS = {
  worst: (a, b) => b.rely.rank - a.rely.rank || byName(a, b), name: byName,
  seen: (a, b) => (a.seen ?? 0) - (b.seen ?? 0) || byName(a, b), waiting: (a, b) => (b.waiting ?? -1) - (a.waiting ?? -1) || byName(a, b),
};

// Which ones can I not rely on? Only the rows that are seen are made: ten thousand scroll like ten.
export function vehicles(view, context, [asked]) {
  const all = new Map(), sums = new Map();
  let shown = [], filter = FILTERS[asked] ? asked : 'all', sort = 'worst', text = '', isComplete = false, focus = 0, due = 0, scrolled = 0;
  const search = el('input', { id: 'search', type: 'search', placeholder: word('search'), 'aria-label': word('search'), oninput: () => { text = search.value.trim().toLowerCase(); arrange(true); } });
  const summary = el('p', { role: 'status' });
  const space = el('div', { class: 'space', role: 'presentation' });
  const body = el('div', { class: 'body', role: 'grid', tabindex: 0, 'aria-label': word('tab.vehicles'), 'aria-readonly': 'true', onscroll: () => { scrolled = Date.now(); draw(); }, onkeydown: press }, space);
  const columns = ['vehicle', 'contact_now', 'rely', 'alert', 'judged', 'waits', 'level', 'version'];
  show(view, head(word('tab.vehicles'), word('vehicles.question')),
    el('div', { class: 'filters field' }, el('div', { class: 'grow' }, search),
      el('label', {}, word('show'), select('filter', Object.keys(FILTERS).map(one => [one, word(`filter.${one}`)]), filter, value => { filter = value; arrange(true); })),
      el('label', {}, word('order_by'), select('sort', Object.keys(SORTS).map(one => [one, word(`sort.${one}`)]), sort, value => { sort = value; arrange(true); }))),
    summary, el('div', { class: 'rows' }, el('div', { class: 'header', 'aria-hidden': 'true' }, columns.map((one, i) => el('span', { class: i >= 4 && i <= 5 ? 'num' : null }, word(`column.${one}`)))), body));
  show(space, skeleton(8));

  const height = () => NARROW.matches ? 76 : 48;

  function arrange(toTop) {
    const now = Date.now();
    for (const one of all.values()) one.rely = reliance(one, sums.get(one.name), now);
    shown = [...all.values()].filter(one => FILTERS[filter](one) && (!text || one.name.includes(text) || one.label.toLowerCase().includes(text))).sort(SORTS[sort]);
    const doubtful = [...all.values()].filter(FILTERS.doubtful).length;
    summary.textContent = !isComplete ? word('vehicles.loading', count(all.size)) : word('vehicles.summary', count(shown.length), count(all.size), count(doubtful));
    if (toTop) { focus = 0; body.scrollTop = 0; }
    draw();
  }

  function draw() {
    if (!all.size && !isComplete) return;
    if (!shown.length) return void show(space, el('div', { role: 'row' }, el('div', { role: 'gridcell' }, all.size ? empty(word('vehicles.none_match'), word('vehicles.none_match_more')) : empty(word('now.no_vehicle'), word('now.enrol')))));
    const high = height(), from = Math.max(0, Math.floor(body.scrollTop / high) - 6), to = Math.min(shown.length, from + Math.ceil(body.clientHeight / high) + 12);
    const active = space.contains(document.activeElement);
    space.style.height = `${shown.length * high}px`;
    body.setAttribute('aria-rowcount', shown.length);
    show(space, shown.slice(from, to).map((one, i) => row(one, from + i, high)));
    if (active) space.querySelector(`[data-index="${focus}"] a`)?.focus({ preventScroll: true });
  }

  function reason(rely) {
    const text = rely.say();
    return badge(text, SIGNS[rely.tone], rely.tone, text);
  }

  function row(one, index, high) {
    const isStale = one.contact !== 'fresh', fatigue = sums.get(one.name)?.fatigue;
    const node = el('div', { class: 'row', role: 'row', 'aria-rowindex': index + 1, 'data-index': index, 'data-stale': isStale },
      el('span', { role: 'gridcell', 'data-name': true }, el('a', { href: `#vehicle/${one.name}`, tabindex: index === focus ? 0 : -1 }, one.name), one.label ? el('small', {}, ` ${one.label}`) : null),
      el('span', { role: 'gridcell' }, contact(one.contact), isStale && one.seenAt ? el('small', { class: 'since' }, ` ${word('since', age(one.seenAt))}`) : null),
      el('span', { role: 'gridcell', class: 'verdict-cell' }, reason(one.rely)),
      el('span', { role: 'gridcell', class: 'wide' }, one.alert ? level(one.alert) : '–'),
      el('span', { role: 'gridcell', class: 'wide num' }, fatigue === null || fatigue === undefined ? '–' : percent(fatigue)),
      el('span', { role: 'gridcell', class: 'wide num' }, one.waiting === null || one.waiting === undefined ? '–' : count(one.waiting)),
      el('span', { role: 'gridcell', class: 'wide' }, one.privacy ?? '–'), el('span', { role: 'gridcell', class: 'wide' }, one.version || '–'));
    node.style.transform = `translateY(${index * high}px)`;
    return node;
  }

  function press(event) {
    const page = Math.max(1, Math.floor(body.clientHeight / height()) - 1);
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -shown.length, End: shown.length }[event.key];
    if (step === undefined || !shown.length) return;
    event.preventDefault();
    focus = Math.min(shown.length - 1, Math.max(0, focus + step));
    const high = height(), top = focus * high;
    if (top < body.scrollTop) body.scrollTop = top;
    if (top + high > body.scrollTop + body.clientHeight) body.scrollTop = top + high - body.clientHeight;
    draw();
    space.querySelector(`[data-index="${focus}"] a`)?.focus({ preventScroll: true });
  }

  // A storm of alerts orders the list once a second, and never while somebody scrolls through it.
  function soon() {
    if (due) return;
    due = setTimeout(() => {
      due = 0;
      if (context.isOver()) return;
      if (Date.now() - scrolled < 500) soon();
      else arrange(false);
    }, isComplete ? 1000 : 200);
  }

  async function read() {
    try {
      await pages('vehicles', 'after', items => { for (const one of items) all.set(one.name, Object.assign(one, { seen: Date.parse(one.seenAt) || 0 })); soon(); }, context.isOver);
      isComplete = true;
      if (context.isOver()) return;
      arrange(false);
      await pages('coverage', 'after', items => { for (const one of items) if (one.sums) sums.set(one.name, one.sums); }, context.isOver);
      if (!context.isOver()) arrange(false);
    } catch (refusal) {
      if (!context.isOver() && !context.refused(refusal)) show(space, empty(word('not_loaded'), refusal.message));
    }
  }

  const stop = context.onLive((name, told) => {
    const one = name === 'alert' ? all.get(told.vehicle) : null;
    if (!one) return;
    Object.assign(one, { contact: one.contact === 'silent' ? 'silent' : 'fresh', seenAt: told.receivedAt, seen: Date.parse(told.receivedAt), alert: told.type === 'cleared' ? 0 : told.type === 'disputed' ? one.alert : told.level });
    soon();
  });
  const resized = () => draw();
  addEventListener('resize', resized);
  read();
  const timer = setInterval(read, 60000);
  return () => { stop(); clearInterval(timer); clearTimeout(due); removeEventListener('resize', resized); };
}
