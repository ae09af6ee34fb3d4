// Talks to the instance: the dashboard's own operations and those of the Backend API, behind the same door.

const base = document.documentElement.dataset.base;

export class ApiError extends Error {
  /** `errors` as the Backend API lists them; `fields` says what is wrong with which. */
  constructor(status, errors) {
    const [first] = errors;
    super(first?.long_message || first?.message || 'The instance did not answer as expected.');
    this.status = status;
    this.code = first?.code ?? '';
    this.fields = Object.fromEntries(errors.filter(error => error.meta?.param_name)
      .map(error => [error.meta.param_name, error.long_message || error.message]));
  }
}

let csrfToken = '';
let whenSignedOut = () => {};

/** Called when an answer says that the session is over. */
export function onSignedOut(listener) { whenSignedOut = listener; }

async function send(method, path, body, signal) {
  const headers = {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET') headers['x-clerkd-csrf'] = csrfToken;
  let response;
  try {
    response = await fetch(`${base}/api${path}`, {
      method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body), credentials: 'same-origin', cache: 'no-store',
    });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, [{ code: 'unreachable', message: 'The instance cannot be reached. Is it running?' }]);
  }
  if (response.status === 204) return null;
  const text = await response.text();
  let json = null;
  try { json = text ? JSON.parse(text) : null; } catch { /* told below */ }
  if (response.ok) return json;
  const error = new ApiError(response.status, json?.errors ?? []);
  if (error.code === 'dashboard_signed_out') whenSignedOut(error);
  throw error;
}

/** `query`: an object; empty, null and undefined values are left out, lists are repeated. */
export function withQuery(path, query = {}) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) if (each !== '' && each !== null && each !== undefined) params.append(name, each);
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

export const get = (path, { query, signal } = {}) => send('GET', withQuery(path, query), undefined, signal);
export const post = (path, body = {}) => send('POST', path, body);
export const patch = (path, body) => send('PATCH', path, body);
export const put = (path, body) => send('PUT', path, body);
export const del = path => send('DELETE', path);

const keep = session => {
  csrfToken = session.csrf_token ?? '';
  return session;
};

export const session = {
  read: async () => keep(await get('/session')),
  signIn: async secretKey => keep(await post('/session', { secret_key: secretKey })),
  signOut: async () => keep(await del('/session')),
};

/** An id in a path. */
export const at = (strings, ...ids) => strings.reduce((path, part, i) => path + encodeURIComponent(ids[i - 1]) + part);
