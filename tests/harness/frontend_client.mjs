// A browser without a window: speaks to the Frontend API as Clerk's browser client does (form posts, a cookie jar, an Origin).
import { headerOf, rawRequest } from './raw_request.mjs';

const VERSION = { __clerk_api_version: '2026-08-20', _clerk_js_version: '6.40.0' };

/** The answer of the Frontend API was an error; `code` is Clerk's. */
export class FrontendError extends Error {
  constructor(status, body, what, retryAfter) {
    const first = body?.errors?.[0];
    super(`${what}: ${status} ${first ? `${first.code}: ${first.long_message ?? first.message}` : JSON.stringify(body)}`);
    this.status = status;
    this.code = first?.code;
    this.retryAfter = retryAfter;
  }
}

export class CookieJar {
  #cookies = new Map();

  /** Takes over one Set-Cookie text; one that has ended is forgotten. */
  take(setCookie) {
    const [pair, ...attributes] = setCookie.split(/;\s*/);
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const over = attributes.some(attribute => /^max-age=(0|-\d+)$/i.test(attribute));
    if (over) this.#cookies.delete(name); else this.#cookies.set(name, pair.slice(at + 1));
  }

  get(name) { return this.#cookies.get(name); }
  set(name, value) { this.#cookies.set(name, value); }
  delete(name) { this.#cookies.delete(name); }
  names() { return [...this.#cookies.keys()]; }
  header() { return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '); }
}

export class FrontendClient {
  jar = new CookieJar();
  /** Further headers of every request. */
  headers = {};

  /** `origin`: where the instance answers, e.g. http://localhost:4000. `page`: the origin of the page that calls it. */
  constructor(origin, { page = origin, prefix = '/__clerk' } = {}) {
    this.origin = origin;
    this.page = page;
    this.prefix = prefix;
  }

  /**
   * One request to `where`, a path below the prefix: methods other than GET and POST travel as POST with `_method`, as Clerk's client
   * sends them. `form` may be an object, pairs or text; `body` with `type` is sent as it is. Keeps cookies; gives status, headers, text, json.
   */
  async send(method, where, { form, query = {}, body, type = 'application/x-www-form-urlencoded', headers = {} } = {}) {
    const plain = method === 'GET' || method === 'POST';
    const search = new URLSearchParams({ ...VERSION, ...(plain ? {} : { _method: method }), ...query });
    const cookie = this.jar.header();
    const response = await rawRequest(this.origin, {
      method: method === 'GET' ? 'GET' : 'POST',
      path: `${this.prefix}${where}?${search}`,
      headers: {
        origin: this.page,
        ...(cookie && { cookie }),
        ...this.headers,
        ...(method !== 'GET' && { 'content-type': type }),
        ...headers,
      },
      body: method === 'GET' ? undefined : body ?? new URLSearchParams(form ?? {}).toString(),
    });
    for (const [name, value] of response.headers) if (name === 'set-cookie') this.jar.take(value);
    const isJson = response.headers.some(([name, value]) => name === 'content-type' && value.includes('json'));
    return { status: response.status, headers: response.headers, text: response.body, json: isJson ? JSON.parse(response.body) : null };
  }

  /** Calls `/v1<path>`; gives what the answer says, or throws a `FrontendError`. */
  async call(method, path, form, query) {
    const { status, headers, json } = await this.send(method, `/v1${path}`, { form, query });
    if (status >= 400) throw new FrontendError(status, json, `${method} ${path}`, headerOf({ headers }, 'retry-after'));
    return json;
  }

  /** Signs a new user up with password and e-mailed code; afterwards this client is signed in. */
  async signUp({ email, password, code }) {
    const { response: attempt } = await this.call('POST', '/client/sign_ups', { email_address: email, password });
    await this.call('POST', `/client/sign_ups/${attempt.id}/prepare_verification`, { strategy: 'email_code' });
    const { response } = await this.call('POST', `/client/sign_ups/${attempt.id}/attempt_verification`,
      { strategy: 'email_code', code: await code() });
    return this.#enter(response);
  }

  async signIn({ email, password }) {
    const { response: attempt } = await this.call('POST', '/client/sign_ins', { identifier: email });
    const { response } = await this.call('POST', `/client/sign_ins/${attempt.id}/attempt_first_factor`,
      { strategy: 'password', password });
    return this.#enter(response);
  }

  async #enter(attempt) {
    if (attempt.status !== 'complete') throw new Error(`the attempt is ${attempt.status}, not complete`);
    this.sessionId = attempt.created_session_id;
    const { response } = await this.call('POST', `/client/sessions/${this.sessionId}/touch`,
      { active_organization_id: '', intent: 'select_session' });
    this.userId = response.user.id;
    return this;
  }

  /** A fresh session token. */
  async token() {
    const { jwt } = await this.call('POST', `/client/sessions/${this.sessionId}/tokens`, { organization_id: '' });
    return jwt;
  }

  /** The code of the newest mail to `email` in the development outbox. */
  async codeFor(email) {
    const mails = await (await fetch(`${this.origin}/__dev/outbox?to=${encodeURIComponent(email)}`)).json();
    const newest = mails.filter(mail => mail.to === email).sort((a, b) => a.created_at - b.created_at).at(-1);
    if (!newest?.code) throw new Error(`no mail with a code to ${email} in the outbox`);
    return newest.code;
  }

  signOut() { return this.call('DELETE', '/client/sessions'); }
}

/** An address that nobody had before; `+clerk_test` ones take the code 424242 and are sent nothing. */
export const freshEmail = (test = true) =>
  `ada${Date.now()}${Math.floor(Math.random() * 1e6)}${test ? '+clerk_test' : ''}@example.com`;
export const TEST_CODE = '424242';
