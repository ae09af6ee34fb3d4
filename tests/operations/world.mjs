// The instance that the suite talks to, the people in it and the backend beside it. Every answer is judged and counted.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { FrontendClient, FrontendError, TEST_CODE, freshEmail } from '../harness/frontend_client.mjs';
import { startInstance } from '../harness/instance.mjs';
import { startIssuer } from '../harness/oidc_issuer.mjs';
import { Program, freePort, temporaryFolder } from '../harness/process.mjs';
import { rawRequest } from '../harness/raw_request.mjs';

/** An app's origin that the instance lets browsers back to. */
export const APP = 'https://app.example.com';
export const PASSWORD = 'correct horse 42!';
export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
/** A number, word or name that nobody had before. */
export const fresh = (counter => () => `${Date.now().toString(36)}${(counter++).toString(36)}`)(0);
/** A phone number of North America's fictional ones: it takes the code 424242. */
export const freshPhone = (counter => () => `+1${201 + Math.floor(counter / 100)}55501${String(counter++ % 100).padStart(2, '0')}`)(0);
export const claimsOf = token => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

/** The body of a form with one file. */
export function fileForm(name, bytes, type = 'image/png') {
  const boundary = 'b0undary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
  return { body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]), type: `multipart/form-data; boundary=${boundary}` };
}

/** A browser whose answers are judged. */
export class Browser extends FrontendClient {
  constructor(world) {
    super(world.frontendOrigin, { page: world.instance.origin });
    this.world = world;
  }

  async send(method, where, options) {
    const answer = await super.send(method, where, options);
    this.world.coverage.record('frontend', method, where, answer);
    return answer;
  }

  /** `where` below `/v1`: what stands in `response`. */
  async ask(method, where, form, query = {}) { return (await this.call(method, where, form, this.#mine(query))).response; }

  /** Fails unless the answer is this error of Clerk's. */
  async refused(code, method, where, form, query = {}) {
    const { status, json } = await this.send(method, `/v1${where}`, { form, query: this.#mine(query) });
    assert.equal(json?.errors?.[0]?.code ?? `status ${status}`, code, `${method} ${where}`);
    return json.errors[0];
  }

  /** Where a navigation is sent to. */
  async navigate(where, query = {}, status = 307) {
    const answer = await this.send('GET', where, { query });
    assert.equal(answer.status, status, `${where}: ${answer.text}`);
    return new URL(answer.headers.find(([name]) => name === 'location')[1], this.page);
  }

  /** The answer of a path without envelope; `body` is JSON. */
  async plain(method, where, { json, form, query, status = 200 } = {}) {
    const answer = await this.send(method, where, { form, query: this.#mine(query ?? {}),
      ...(json && { body: JSON.stringify(json), type: 'application/json' }) });
    assert.equal(answer.status, status, `${method} ${where}: ${answer.text}`);
    return answer.json;
  }

  #mine(query) { return this.sessionId ? { _clerk_session_id: this.sessionId, ...query } : query; }
}

export class World {
  /** `coverage` judges. `settings` of the instance, `args` of clerkd. */
  static async start(coverage, { settings = {}, args = [], social = false } = {}) {
    const world = new World();
    world.coverage = coverage;
    if (social) {
      world.identity = { sub: `sub-${fresh()}`, email: `${fresh()}@example.com`, given_name: 'Grace', family_name: 'Hopper' };
      world.issuer = await startIssuer(world.identity);
      settings.social = [{ strategy: 'oauth_google', name: 'Google', issuer: world.issuer.origin, client_id: 'our-client', client_secret: 'secret' }];
    }
    const file = path.join(temporaryFolder('settings'), 'settings.json');
    writeFileSync(file, JSON.stringify(settings));
    world.instance = await startInstance({ args: ['--settings', file, '--allow-origin', APP, ...args] });
    world.frontendOrigin = await world.#between('frontend', `${world.instance.origin}/__clerk`) ?? world.instance.origin;
    world.backendUrl = await world.#between('backend', world.instance.env.CLERK_API_URL) ?? world.instance.env.CLERK_API_URL;
    world.secretKey = world.instance.env.CLERK_SECRET_KEY;
    return world;
  }

  /**
   * With `CLERK_TEST_BETWEEN` set, that command is started with the API's name, its address and a port: a proxy that listens there, and
   * says "listening". Used by hand, to have another program judge the answers.
   */
  async #between(api, target) {
    if (!process.env.CLERK_TEST_BETWEEN) return null;
    const port = await freePort();
    const program = new Program(process.env.CLERK_TEST_BETWEEN, [api, target, String(port)]);
    await program.line(/listening/);
    this.proxies.push(program);
    return `http://127.0.0.1:${port}`;
  }
  proxies = [];

  async stop() {
    for (const proxy of this.proxies) await proxy.stop();
    await this.issuer?.stop();
    return this.instance.stop();
  }

  // ---- people

  visitor() { return new Browser(this); }

  async person(email = freshEmail()) {
    const browser = await this.visitor().signUp({ email, password: PASSWORD, code: async () => TEST_CODE });
    return Object.assign(browser, { email });
  }

  /** The newest message to `to` in the development outbox. */
  async messageTo(to) {
    const messages = await (await fetch(`${this.instance.origin}/__dev/outbox?to=${encodeURIComponent(to)}`)).json();
    return messages.filter(message => message.to === to).sort((a, b) => a.created_at - b.created_at).at(-1);
  }

  // ---- a backend

  /** One request with the secret key, or with `key`. `body` with `type` is sent as it is. */
  async send(method, where, { json, key = this.secretKey, body, type = 'application/json' } = {}) {
    const answer = await rawRequest(this.backendUrl, {
      method, path: `${new URL(this.backendUrl).pathname.replace(/\/$/, '')}/v1${where}`,
      headers: { ...(key && { authorization: `Bearer ${key}` }), ...((json !== undefined || body) && { 'content-type': type }) },
      body: body ?? (json !== undefined ? JSON.stringify(json) : undefined),
    });
    const answered = { status: answer.status, headers: answer.headers, text: answer.body, json: answer.body ? JSON.parse(answer.body) : null };
    this.coverage.record('backend', method, where.split('?')[0], answered);
    return answered;
  }

  async backend(method, where, json, status = 200) {
    const answer = await this.send(method, where, { json });
    assert.equal(answer.status, status, `${method} ${where}: ${answer.text}`);
    return answer.json;
  }

  async refused(status, code, method, where, json) {
    const answer = await this.send(method, where, { json });
    assert.deepEqual([answer.status, answer.json?.errors?.[0]?.code], [status, code], `${method} ${where}: ${answer.text}`);
    return answer.json.errors[0];
  }

  user(fields = {}) { return this.backend('POST', '/users', { email_address: [freshEmail()], password: PASSWORD, ...fields }); }
}

export { FrontendError, TEST_CODE, freshEmail };
