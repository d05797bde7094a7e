// Every request to the device. What changes something carries the session's token.
let csrf = null;

export class Refusal extends Error {
  constructor(status, body) {
    super(body?.error ?? String(status));
    this.status = status;
    this.body = body;
  }
}

async function ask(method, path, body) {
  const headers = {};
  if (csrf && method !== 'GET') headers['X-Csrf-Token'] = csrf;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: 'no-store' });
  const text = await answer.text();
  const json = text ? JSON.parse(text) : null;
  if (!answer.ok) throw new Refusal(answer.status, json);
  return json;
}

export const get = path => ask('GET', path);
export const post = (path, body) => ask('POST', path, body);
export const put = (path, body) => ask('PUT', path, body);
export const remove = path => ask('DELETE', path);

export async function session() {
  const said = await get('/api/session');
  csrf = said.csrf ?? null;
  return said;
}

export async function signIn(password) {
  csrf = (await post('/api/session', { password })).csrf;
}

// Streams are opened by the browser itself, which also opens them again.
export function listen(path, name, hear, lost) {
  const stream = new EventSource(path);
  stream.addEventListener(name, event => hear(JSON.parse(event.data)));
  stream.addEventListener('error', () => lost(stream.readyState === EventSource.CLOSED));
  return () => stream.close();
}
