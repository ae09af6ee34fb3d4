// Many at once, and guessing: what two servers over one database let through together.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { FrontendClient, freshEmail } from '../harness/frontend_client.mjs';
import { temporaryFolder } from '../harness/process.mjs';
import { rawRequest } from '../harness/raw_request.mjs';
import { claimsOf } from '../harness/tokens.mjs';

const password = 'correct horse 42!';
const settingsFile = settings => {
  const file = path.join(temporaryFolder('settings'), 'settings.json');
  writeFileSync(file, JSON.stringify(settings));
  return file;
};
const codeOf = promise => promise.then(() => 'passed', error => error.code ?? String(error));

/** `start(...args)` starts a server over the database; `secretKey()` is the key of its Backend API. */
export async function attackSteps({ steps, start, secretKey }) {
  const backend = async (server, method, where, body) => JSON.parse((await rawRequest(server.origin, {
    method, path: `/__bapi/v1${where}`, body: body && JSON.stringify(body),
    headers: { authorization: `Bearer ${secretKey()}`, ...(body && { 'content-type': 'application/json' }) } })).body);
  const createUser = async server => {
    const email = freshEmail();
    return { email, ...await backend(server, 'POST', '/users', { email_address: [email], password }) };
  };
  const stranger = (server, headers = {}) => Object.assign(new FrontendClient(server.origin, { page: 'http://localhost:4000' }), { headers });
  const attempt = async (server, email, guess, headers) => {
    const client = stranger(server, headers);
    const { response } = await client.call('POST', '/client/sign_ins', { identifier: email });
    await client.call('POST', `/client/sign_ins/${response.id}/attempt_first_factor`, { strategy: 'password', password: guess });
    return client;
  };
  const stop = servers => Promise.all(servers.map(({ program }) => program.stop()));

  await steps.check('fifty tokens at once with one cookie, from two servers', async () => {
    const servers = await Promise.all([start(), start()]);
    const { email } = await createUser(servers[0]);
    const browser = await stranger(servers[0]).signIn({ email, password });
    const tokens = await Promise.all(Array.from({ length: 50 }, (_, i) => {
      const tab = Object.assign(stranger(servers[i % 2]), { jar: browser.jar, sessionId: browser.sessionId });
      return tab.token();
    }));
    for (const token of tokens) assert.equal(claimsOf(token).sid, browser.sessionId);
    assert.equal(new Set(tokens.map(token => claimsOf(token).jti)).size, 50);
    await stop(servers);
  });

  await steps.check('twenty at once with the right password get in; of wrong ones ten lock the account', async () => {
    const args = ['--settings', settingsFile({ lockout: { max_attempts: 10, duration_minutes: 60 } })];
    const servers = await Promise.all([start(...args), start(...args)]);
    const user = await createUser(servers[0]);
    const all = guess => Promise.all(Array.from({ length: 20 }, (_, i) => codeOf(attempt(servers[i % 2], user.email, guess))));
    assert.deepEqual(new Set(await all(password)), new Set(['passed']));
    const codes = await all('not my password');
    assert.ok(codes.every(code => ['form_password_incorrect', 'user_locked'].includes(code)), codes.join());
    assert.ok(codes.filter(code => code === 'form_password_incorrect').length < 10, codes.join());
    const { locked, verification_attempts_remaining: remaining } = await backend(servers[1], 'GET', `/users/${user.id}`);
    assert.deepEqual([locked, remaining], [true, 0]);
    assert.equal(await codeOf(attempt(servers[1], user.email, password)), 'user_locked');
    await stop(servers);
  });

  await steps.check('guesses of one address are counted by both servers, whatever X-Forwarded-For says', async () => {
    // An hour: nothing here depends on how fast it runs.
    const args = ['--settings', settingsFile({ rate_limits: { window_seconds: 3600, attempts: 3, creations: 1000 } })];
    const [first, second, proxied] = await Promise.all([start(...args), start(...args), start(...args, '--trust-proxy', '127.0.0.1')]);
    const { email } = await createUser(first);
    const random = () => `198.51.100.${randomInt(256)}`;
    const guesses = async (forwarded, ...servers) => {
      const codes = [];
      for (let i = 0; i < 8; i++) {
        codes.push(await codeOf(attempt(servers[i % servers.length], email, 'not my password', { 'x-forwarded-for': forwarded() })));
      }
      return codes.indexOf('too_many_requests');
    };
    // Nobody is trusted: the peer counts.
    assert.equal(await guesses(random, first, second), 3);
    // The proxy is: the last hop before it counts, not what the client says before that.
    assert.equal(await guesses(() => `${random()}, 203.0.113.7`, proxied), 3);
    assert.equal(await guesses(() => `${random()}, 203.0.113.8`, proxied), 3);
    // Nothing usable in it: the peer again, which has to wait by now.
    assert.equal(await guesses(() => ', ,', proxied), 0);
    const { retryAfter } = await attempt(first, email, password).catch(error => error);
    assert.ok(+retryAfter > 0 && +retryAfter <= 3600, `retry-after ${retryAfter}`);
    await stop([first, second, proxied]);
  });
}
