import { el, svg, show } from './dom.js';
import { word } from './words.js';
import { post, remove, listen } from './api.js';

// Rims of both eyes and the outline of the face among the mesh's 468 points.
const EYES = [[33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7], [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249]];
const FACE = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109];

// What to do as one sign: arrows say where the camera goes, the rest is a picture of the thing. In a box of 100 by 100.
const ARROW = { left: 'M80 50H20M42 26L18 50l24 24', right: 'M20 50h60M58 26l24 24-24 24', up: 'M50 80V20M26 42l24-24 24 24', down: 'M50 20v60M26 58l24 24 24-24' };
const TURN = 'M22 58a29 29 0 1 0 8-29M24 12l4 20 20-4', PERSON = 'M50 18a24 28 0 1 0 .1 0M40 42v4M60 42v4M40 60q10 8 20 0';
const SUN = 'M50 36a14 14 0 1 0 .1 0M50 14v10M50 76v10M14 50h10M76 50h10M25 25l7 7M68 68l7 7M75 25l-7 7M32 68l-7 7';
const SIGNS = {
  good: 'M18 54l22 22 42-50', no_face: PERSON, many_faces: PERSON, too_dark: SUN, less_glare: SUN + 'M12 88L88 12',
  move_closer: 'M12 12l24 24M36 18v18H18M88 88L64 64M64 82V64h18', move_back: 'M36 36L12 12M12 30V12h18M64 64l24 24M88 70v18H70',
  face_left: ARROW.left, face_right: ARROW.right, face_low: ARROW.down, face_high: ARROW.up, mount_lower: ARROW.down, mount_higher: ARROW.up,
  turn_camera: TURN, upside_down: TURN, on_its_side: TURN, level_camera: 'M12 62L88 38M12 50h76',
  blurred: 'M50 22a28 28 0 1 0 .1 0M50 40a10 10 0 1 0 .1 0', covered: 'M14 50q36-40 72 0q-36 40-72 0M20 82L80 18',
};
// So long the camera must stand well: who walks past it has not aimed it.
const STEADY = 3000;

export function aim(view, context) {
  const canvas = el('canvas', { width: 480, height: 360, role: 'img', 'aria-label': word('aim_picture') });
  const live = el('span', { class: 'live' }, word('aim_live'));
  const frame = el('div', { class: 'aim', hidden: true }, canvas, live);
  const sign = el('p', { class: 'sign-word', 'aria-hidden': 'true' });
  const saved = el('p', { class: 'soft', role: 'status' });
  const hint = el('p', { class: 'hint', role: 'status', 'aria-live': 'polite' });
  const on = el('button', { type: 'button', class: 'strong', onclick: start }, word('aim_on'));
  const off = el('button', { type: 'button', hidden: true, onclick: stop }, word('aim_off'));
  const advice = el('div', { class: 'advice' }, sign, hint, saved, el('div', { class: 'actions' }, on, off),
    el('p', { class: 'soft' }, word('aim_about')), el('p', { class: 'soft' }, word('aim_button')));
  show(view, el('h1', {}, word('aim')), el('div', { class: 'aiming' }, frame, advice));
  let close = null, wasOn = false, isSaved = false, steady = { text: '', since: 0 };

  function start() {
    context.attempt(async () => {
      await post('/api/aim');
      watch();
    });
  }

  function watch() {
    if (close) return;
    close = listen('/api/aim/stream', 'picture', draw, ended);
    toggle(true);
  }

  // Allowed by the button on the device. Tried once each time: another page may be watching already.
  function follow(second) {
    if (second.aiming && !wasOn) watch();
    wasOn = second.aiming;
  }

  function toggle(running) {
    frame.hidden = !running;
    on.hidden = running;
    off.hidden = !running;
    isSaved = false;
    if (!running) show(sign);
    if (!running) hint.textContent = saved.textContent = '';
  }

  function ended() {
    close?.();
    close = null;
    toggle(false);
  }

  function stop() {
    ended();
    remove('/api/aim').catch(() => {});
  }

  async function draw(shot) {
    const bytes = Uint8Array.from(atob(shot.jpeg), letter => letter.charCodeAt(0));
    const picture = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
    if (!close) return;
    canvas.width = shot.width;
    canvas.height = shot.height;
    frame.style.setProperty('--ratio', shot.width / shot.height);
    const pen = canvas.getContext('2d');
    pen.drawImage(picture, 0, 0);
    picture.close();
    if (shot.points.length) outline(pen, shot.points);
    advise(shot.hints);
    canvas.dataset.shots = Number(canvas.dataset.shots ?? 0) + 1;
  }

  const forget = context.onNow(follow);
  // Somebody reads this at arm's length, or has it read out: two things at most, and only what has been so for a while.
  function advise(hints) {
    const text = hints.slice(0, 2).map(key => word(`aim.${key}`)).join(' ');
    if (text !== steady.text) steady = { text, since: performance.now() };
    if (hints[0] === 'good' && !isSaved && performance.now() - steady.since > STEADY) save();
    if (hint.textContent === text || (hint.textContent && performance.now() - steady.since < 700)) return;
    hint.textContent = text;
    hint.classList.toggle('good', hints[0] === 'good');
    sign.classList.toggle('good', hints[0] === 'good');
    show(sign, svg('svg', { viewBox: '0 0 100 100' }, svg('path', { d: SIGNS[hints[0]] ?? PERSON })), el('b', {}, word(`aim.word.${hints[0]}`)));
  }

  // Later drift is measured against it.
  function save() {
    isSaved = true;
    post('/api/aim/done').then(() => { saved.textContent = word('aim_saved'); }, () => { isSaved = false; steady.since = performance.now(); });
  }

  return () => { forget(); if (close) stop(); };
}

function outline(pen, points) {
  pen.fillStyle = 'rgba(111, 211, 180, .85)';
  for (let i = 0; i < 936; i += 2) pen.fillRect(points[i], points[i + 1], 2, 2);
  pen.lineWidth = 2;
  pen.strokeStyle = '#6fd3b4';
  ring(pen, points, FACE);
  pen.strokeStyle = '#f0bd5b';
  for (const eye of EYES) ring(pen, points, eye);
}

function ring(pen, points, indices) {
  pen.beginPath();
  indices.forEach((point, i) => pen[i ? 'lineTo' : 'moveTo'](points[2 * point], points[2 * point + 1]));
  pen.closePath();
  pen.stroke();
}
