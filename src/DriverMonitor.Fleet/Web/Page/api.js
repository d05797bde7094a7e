// Every request to the receiver. What changes something carries the session's token.
const BASE = '/api/v1/';
let csrf = null;

export class Refusal extends Error {
  constructor(status, body) {
    super(body?.error ?? (typeof body === 'string' && body ? body : String(status)));
    this.status = status;
    this.minutes = body?.minutes;
  }
}

async function ask(method, path, body) {
  const headers = {};
  if (csrf && method !== 'GET') headers['X-Csrf-Token'] = csrf;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await fetch(BASE + path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' });
  const text = await answer.text();
  let json = null;
  try { json = text ? JSON.parse(text) : null; } catch { json = text; }
  if (!answer.ok) throw new Refusal(answer.status, json);
  if (json && Object.hasOwn(json, 'csrf')) csrf = json.csrf;
  return json;
}

export const get = path => ask('GET', path);
export const post = (path, body) => ask('POST', path, body);
export const put = (path, body) => ask('PUT', path, body);
export const remove = path => ask('DELETE', path);

// A list piece by piece: what is there is shown while the rest still comes.
export async function pages(path, key, take, isOver) {
  let next = null;
  do {
    const page = await get(path + (next === null ? '' : `${path.includes('?') ? '&' : '?'}${key}=${encodeURIComponent(next)}`));
    if (isOver()) return;
    take(page.items);
    next = page.next ?? null;
  } while (next !== null);
}

// Opened again by the browser itself, which says what it has seen last.
export function listen(on) {
  const stream = new EventSource(BASE + 'stream');
  for (const [name, hear] of Object.entries(on.events)) stream.addEventListener(name, event => hear(JSON.parse(event.data)));
  stream.addEventListener('open', on.open);
  stream.addEventListener('error', () => on.lost(stream.readyState === EventSource.CLOSED));
  return () => stream.close();
}
