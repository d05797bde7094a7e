import { el, show } from './dom.js';
import { word } from './words.js';
import { post, remove, listen } from './api.js';

// Rims of both eyes and the outline of the face among the mesh's 468 points.
const EYES = [[33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7], [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249]];
const FACE = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109];

export function aim(view, context) {
  const canvas = el('canvas', { width: 480, height: 360, role: 'img', 'aria-label': word('aim_picture') });
  const live = el('span', { class: 'live' }, word('aim_live'));
  const frame = el('div', { class: 'aim', hidden: true }, canvas, live);
  const hint = el('p', { class: 'hint', role: 'status', 'aria-live': 'polite' });
  const on = el('button', { type: 'button', class: 'strong', onclick: start }, word('aim_on'));
  const off = el('button', { type: 'button', hidden: true, onclick: stop }, word('aim_off'));
  const advice = el('div', { class: 'advice' }, hint, el('div', { class: 'actions' }, on, off),
    el('p', { class: 'soft' }, word('aim_about')), el('p', { class: 'soft' }, word('aim_button')));
  show(view, el('h1', {}, word('aim')), el('div', { class: 'aiming' }, frame, advice));
  let close = null, wasOn = false, steady = { text: '', since: 0 };

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
    if (!running) hint.textContent = '';
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
    if (hint.textContent === text || (hint.textContent && performance.now() - steady.since < 700)) return;
    hint.textContent = text;
    hint.classList.toggle('good', hints[0] === 'good');
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
