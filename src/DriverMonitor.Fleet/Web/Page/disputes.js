import { el, show } from './dom.js';
import { word, has } from './words.js';
import { get } from './api.js';
import { count, percent } from './format.js';
import { head, card, table, empty, load, level, rule, when } from './ui.js';

// Are we annoying drivers with wrong alerts? By rule, version and camera, never by person.
export function disputes(view, context) {
  const rules = el('div', {}), floor = el('p', { class: 'soft field' }), list = el('div', {});
  show(view, head(word('tab.disputes'), word('disputes.question')), rules, floor, card(word('disputes.list'), list));
  const share = (one, value) => one.isHidden ? word('too_few') : one.raised ? percent(value / one.raised) : '–';
  const block = (title, key, rows) => card(title, rows.length ? table([[key], [word('raised'), 'num'], [word('disputed_count'), 'num'], [word('share'), 'num'], [word('review.false'), 'num']],
    rows.map(one => [one.name, ...(one.isHidden ? ['–', '–', share(one), '–'] : [count(one.raised), count(one.disputed), share(one, one.disputed), one.reviewed ? `${count(one.isFalse)} / ${count(one.reviewed)}` : '–'])]), title) : empty(word('now.no_alert'), null));
  load(rules, context, () => get('disputes/summary'), found => { floor.textContent = word('floor_said', found.floor); return el('div', { class: 'cards two field' }, block(word('by_rule'), word('rule'), found.rules.map(one => ({ ...one, name: rule(one.name) }))),
    block(word('by_version'), word('column.version'), found.versions.map(one => ({ ...one, name: one.name || word('not_said') }))),
    block(word('by_camera'), word('camera_kind'), found.cameras.map(one => ({ ...one, name: has(`camera.${one.name}`) ? word(`camera.${one.name}`) : one.name || word('not_said') })))); });
  load(list, context, () => get('disputes?limit=100'), found => found.items.length ? el('ul', { class: 'inbox' }, found.items.map(one => el('li', {}, el('a', { href: `#episode/${one.vehicle}/${one.id}` },
    level(one.topLevel), el('span', { class: 'what' }, el('b', {}, rule(one.rule)), ` · ${one.vehicle}`), el('span', { class: 'when' }, when(one.disputedAt)), el('span', { class: 'more' }, el('small', {}, one.review ? word(`review.${one.review}`) : word('not_reviewed')))))))
    : empty(word('no_dispute'), word('no_dispute_more')));
}
