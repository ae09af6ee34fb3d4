'use strict';
// Walks an instance's main flows over HTTP with a cookie jar and compares every answer with the recorded shapes: status,
// members and their types, cookies, CORS, error code and parameter. More members than recorded are fine, fewer are not.
//   node smoke.js                                              starts `clerkd dev` from build/release (or CLERK_BIN) by itself
//   BASE=http://localhost:4000 SK=sk_… node smoke.js           asks a server that runs; FAPI and BAPI name other prefixes,
//                                                              or whole addresses
// Test addresses must take the code 424242. The last line is `N passed, N failed`.
const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const path = require('node:path');
const shapes = require('./shapes.json');

const FAPI = process.env.FAPI ?? '/__clerk';
const BAPI = process.env.BAPI ?? '/__bapi';
const CODE = '424242';
const PASSWORD = 'correct horse 42!';
const VERSIONS = { __clerk_api_version: '2026-08-20', _clerk_js_version: '6.40.0' };
// What an instance or its users put in freely, whatever was recorded there.
const FREE_MEMBERS = new Set(['public_metadata', 'unsafe_metadata', 'private_metadata', 'social', 'theme']);

let base, secretKey;
let passed = 0;
const failures = [];
const asked = new Set();

function check(what, test) {
  try { test(); passed++; } catch (error) { failures.push(`${what}: ${error.message.split('\n')[0]}`); }
}

// ---- shapes

/** The type of a value, as shapes.json writes it: objects by member, arrays by their first element. */
const typeOf = value => value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

/** Where `got` lacks what `want` has. Null stands for any type: it was recorded where a value may be absent. */
function differences(want, got, at = '') {
  if (got === undefined) return [`${at} is missing`];
  if (want === 'null' || got === null) return [];
  if (Array.isArray(want)) {
    if (!Array.isArray(got)) return [`${at} is ${typeOf(got)}, not array`];
    return want.length && got.length ? differences(want[0], got[0], `${at}[0]`) : [];
  }
  if (typeof want === 'object') {
    if (typeOf(got) !== 'object') return [`${at} is ${typeOf(got)}, not object`];
    return Object.entries(want).flatMap(([name, shape]) =>
      differences(FREE_MEMBERS.has(name) ? 'null' : shape, got[name], `${at}.${name}`));
  }
  return want === typeOf(got) ? [] : [`${at} is ${typeOf(got)}, not ${want}`];
}

// ---- a browser's cookies

const jar = new Map();

/** `__session_Ab12-_xY` → `__session_<suffix>`: the suffix belongs to the key. */
const recordedName = name => name.replace(/^(__client_uat|__session|__clerk_db_jwt)_[\w-]{8}$/, '$1_<suffix>');

/** Keeps what an answer sets; returns the recorded names with how scripts see them. */
function takeCookies(response) {
  const seen = {};
  for (const text of response.headers.getSetCookie()) {
    const [pair, ...attributes] = text.split(/;\s*/);
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    seen[recordedName(name)] = attributes.some(each => /^httponly$/i.test(each)) ? 'HttpOnly' : 'js';
    if (value === '' || attributes.some(each => /^max-age=0$/i.test(each))) jar.delete(name); else jar.set(name, value);
  }
  return seen;
}
const cookieHeader = () => jar.size ? { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') } : {};
const clientUat = () => Number([...jar].find(([name]) => name === '__client_uat')?.[1]);

// ---- requests

const addressOf = url => /^https?:/.test(url) ? url : base + url;

async function ask(name, method, url, { headers = {}, body, origin = true, recorded = true } = {}) {
  const response = await fetch(addressOf(url), {
    method, redirect: 'manual', body,
    headers: { ...cookieHeader(), ...(origin ? { origin: base } : {}), ...headers },
  });
  const cookies = takeCookies(response);
  const text = await response.text();
  let json;
  check(`${name}: JSON`, () => { json = text ? JSON.parse(text) : null; });
  if (recorded) compare(name, url, response, json, cookies, origin);
  return { status: response.status, headers: response.headers, json };
}

function compare(name, url, response, json, cookies, origin) {
  const want = shapes[name];
  assert.ok(want, `nothing was recorded as "${name}"`);
  asked.add(name);
  check(`${name}: status`, () => assert.equal(response.status, want.status));
  check(`${name}: shape`, () => assert.deepEqual(differences(want.json, json), []));
  check(`${name}: error`, () => {
    const error = json?.errors?.[0];
    assert.deepEqual([error?.code, error?.meta?.param_name], [want.code, want.param]);
  });
  for (const [cookie, visibility] of Object.entries(want.cookies)) {
    check(`${name}: Set-Cookie ${cookie}`, () => assert.equal(cookies[cookie], visibility));
  }
  if (url.startsWith(BAPI)) {
    check(`${name}: content type`, () => assert.equal(response.headers.get('content-type'), want.type));
  } else if (origin) {
    check(`${name}: CORS`, () => {
      assert.equal(response.headers.get('access-control-allow-origin'), base);
      assert.equal(response.headers.get('access-control-allow-credentials'), 'true');
    });
  }
}

/** As Clerk's browser client asks: other methods than GET and POST travel as POST, fields as a form. */
function frontend(name, method, where, { form, query = {}, ...options } = {}) {
  const tunnelled = method !== 'GET' && method !== 'POST';
  const search = new URLSearchParams({ ...VERSIONS, ...(tunnelled ? { _method: method } : {}), ...query });
  return ask(name, tunnelled ? 'POST' : method, `${FAPI}/v1${where}?${search}`, {
    ...options,
    headers: form ? { 'content-type': 'application/x-www-form-urlencoded' } : {},
    body: form && new URLSearchParams(form).toString(),
  });
}

const backend = (name, method, where, { json, key = `Bearer ${secretKey}`, ...options } = {}) =>
  ask(name, method, `${BAPI}/v1${where}`, {
    origin: false, ...options,
    headers: { ...(key ? { authorization: key } : {}), 'content-type': 'application/json' },
    body: json && JSON.stringify(json),
  });

const unrecorded = { recorded: false };
const claimsOf = token => token.split('.').slice(0, 2).map(part => JSON.parse(Buffer.from(part, 'base64url')));

// ---- the walk

async function loadAndSignUp(email) {
  await frontend('environment', 'GET', '/environment');
  await frontend('environment (development: PATCH)', 'PATCH', '/environment');
  await frontend('client, none yet', 'GET', '/client');
  await frontend('sign-up, bad email', 'POST', '/client/sign_ups', { form: { email_address: 'nope', password: PASSWORD } });
  await frontend('sign-up, short password', 'POST', '/client/sign_ups', { form: { email_address: email, password: 'x' } });

  const created = await frontend('sign-up, created', 'POST', '/client/sign_ups', {
    form: { email_address: email, first_name: '', last_name: '', password: PASSWORD, locale: 'en-US', timezone: 'UTC' },
  });
  const signUp = created.json.response;
  check('a new sign-up has no strategy yet', () => assert.equal(signUp.verifications.email_address.strategy, null));
  check('a new sign-up waits for its address alone', () => {
    assert.deepEqual([signUp.status, signUp.unverified_fields, signUp.missing_fields], ['missing_requirements', ['email_address'], []]);
    assert.ok(!signUp.first_name, 'an empty name is no name');
  });
  await frontend('sign-up, prepare', 'POST', `/client/sign_ups/${signUp.id}/prepare_verification`, { form: { strategy: 'email_code' } });
  const attempt = code => ({ form: { strategy: 'email_code', code } });
  await frontend('sign-up, wrong code', 'POST', `/client/sign_ups/${signUp.id}/attempt_verification`, attempt('000000'));
  const { json } = await frontend('sign-up, complete', 'POST', `/client/sign_ups/${signUp.id}/attempt_verification`, attempt(CODE));
  check('a complete sign-up brings its session', () => {
    assert.equal(json.response.status, 'complete');
    assert.equal(json.client.sessions[0].id, json.response.created_session_id);
    assert.equal(json.client.sign_up, null);
  });
  return { sessionId: json.response.created_session_id, userId: json.response.created_user_id };
}

async function useSession({ sessionId, userId }) {
  const keys = (await ask('jwks.json', 'GET', `${FAPI}/.well-known/jwks.json`, { origin: false })).json.keys;
  const signedInAt = clientUat();
  await frontend('touch', 'POST', `/client/sessions/${sessionId}/touch`, { form: { active_organization_id: '', intent: 'select_session' } });
  const { json } = await frontend('token', 'POST', `/client/sessions/${sessionId}/tokens`, { form: { organization_id: '', tab_state: 'focused' } });
  const [header, claims] = claimsOf(json.jwt);
  check('the token is signed by the key that it names', () => {
    const key = crypto.createPublicKey({ key: keys.find(({ kid }) => kid === header.kid), format: 'jwk' });
    const [head, body, signature] = json.jwt.split('.');
    assert.ok(crypto.verify('RSA-SHA256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')));
  });
  check("the token's header", () => assert.deepEqual([header.alg, header.typ, header.cat ?? 'cl_B7d4PD111AAA'], ['RS256', 'JWT', 'cl_B7d4PD111AAA']));
  check("the token's claims", () => {
    assert.deepEqual([claims.v, claims.exp - claims.iat, claims.sid, claims.sub, claims.sts, claims.azp], [2, 60, sessionId, userId, 'active', base]);
    assert.ok(claims.nbf <= claims.iat && Array.isArray(claims.fva) && /^https?:\/\//.test(claims.iss) && claims.jti && !claims.o);
  });
  check('__client_uat is in seconds and not after the token', () => assert.ok(signedInAt > 1e9 && signedInAt < 1e11 && signedInAt <= claims.iat));

  const mine = { query: { _clerk_session_id: sessionId } };
  await frontend('me', 'GET', '/me', mine);
  const renamed = await frontend('me, rename', 'PATCH', '/me', { ...mine, form: { first_name: 'Ada', last_name: 'Lovelace' } });
  check('the new name is everywhere at once', () => assert.deepEqual(
    [renamed.json.response.first_name, renamed.json.client.sessions[0].user.last_name], ['Ada', 'Lovelace']));
  const active = await frontend('active sessions', 'GET', '/me/sessions/active', mine);
  check('this session is among the active ones', () => assert.deepEqual(active.json.map(({ id }) => id), [sessionId]));
  for (const kind of ['memberships', 'invitations', 'suggestions']) {
    await frontend(`my organization ${kind}, empty`, 'GET', `/me/organization_${kind}`, { query: { ...mine.query, limit: 10, offset: 0 } });
  }
}

/** An organization of one's own: made, used, read, and people asked in. */
async function useOrganization({ sessionId }) {
  const mine = { query: { _clerk_session_id: sessionId } };
  const slug = `smoke-${Date.now()}`;
  const created = await frontend('organization, created', 'POST', '/organizations', { ...mine, form: { name: 'Smoke Inc', slug } });
  const { id } = created.json.response;
  await frontend('touch, organization', 'POST', `/client/sessions/${sessionId}/touch`, { form: { active_organization_id: id, intent: 'select_org' } });
  const { json } = await frontend('token, organization', 'POST', `/client/sessions/${sessionId}/tokens`, { form: { organization_id: id } });
  check('the token names the organization', () => assert.deepEqual(claimsOf(json.jwt)[1].o, { id, rol: 'admin', slg: slug }));
  await frontend('my organization memberships', 'GET', '/me/organization_memberships', { query: { ...mine.query, paginated: true } });
  for (const kind of ['roles', 'memberships', 'invitations', 'domains', 'membership_requests']) {
    await frontend(`organization ${kind}`, 'GET', `/organizations/${id}/${kind}`, mine);
  }
  const invited = await frontend('organization invitations, bulk', 'POST', `/organizations/${id}/invitations/bulk`,
    { ...mine, form: [['email_address', 'a@example.com'], ['email_address', 'b@example.com'], ['role', 'org:member']] });
  check('both are invited', () => assert.deepEqual(invited.json.response.map(({ email_address }) => email_address), ['a@example.com', 'b@example.com']));
  await backend('bapi organizations', 'GET', '/organizations');
  await backend('bapi organization by slug', 'GET', `/organizations/${slug}`);
}

async function askBackend({ sessionId, userId }, email) {
  await backend('bapi no key', 'GET', '/users', { key: null });
  await backend('bapi wrong key', 'GET', '/users', { key: 'Bearer sk_test_wrong' });
  await backend('bapi jwks', 'GET', '/jwks');
  await backend('bapi users', 'GET', '/users?limit=10');
  await backend('bapi users count', 'GET', '/users/count');
  await backend('bapi user', 'GET', `/users/${userId}`);
  await backend('bapi user, unknown', 'GET', '/users/user_nope');
  await backend('bapi session', 'GET', `/sessions/${sessionId}`);
  const found = await backend('users by address', 'GET', `/users?email_address=${encodeURIComponent(email)}`, unrecorded);
  check('a filter finds its user alone', () => assert.deepEqual(found.json.map(({ id }) => id), [userId]));
  const sessions = await backend('sessions by user', 'GET', `/sessions?user_id=${userId}&paginated=true`, unrecorded);
  check('a paginated list has its envelope', () => assert.deepEqual([sessions.json.data[0].id, sessions.json.total_count], [sessionId, 1]));
}

/** The Backend API's operations that nothing was recorded for: their status, and what they say they are. */
async function manageUsers() {
  const call = async (method, where, json, status = 200) => {
    const answer = await backend(`${method} ${where}`, method, where, { ...unrecorded, json });
    check(`${method} ${where}: status`, () => assert.equal(answer.status, status, JSON.stringify(answer.json)));
    check(`${method} ${where}: content type`, () => assert.equal(answer.headers.get('content-type'), 'application/json'));
    return answer.json;
  };
  const is = (what, value, expected) => check(what, () => assert.deepEqual(value, expected));
  const email = `backend${Date.now()}@example.com`;
  const user = await call('POST', '/users', { email_address: [email], password: PASSWORD, first_name: 'Grace', public_metadata: { tier: 'gold', old: 1 } });
  is('a new user of a backend', [user.object, user.email_addresses[0].email_address, user.password_enabled], ['user', email, true]);
  const me = `/users/${user.id}`;
  is('another name', (await call('PATCH', me, { last_name: 'Hopper' })).last_name, 'Hopper');
  is('merged metadata', (await call('PATCH', `${me}/metadata`, { public_metadata: { old: null, more: 2 } })).public_metadata, { tier: 'gold', more: 2 });
  is('replaced metadata', (await call('PUT', `${me}/metadata`, { public_metadata: { only: 3 } })).public_metadata, { only: 3 });
  is('the right password', await call('POST', `${me}/verify_password`, { password: PASSWORD }), { verified: true });
  await call('POST', `${me}/verify_password`, { password: 'wrong' }, 422);
  is('banned', (await call('POST', `${me}/ban`)).banned, true);
  is('not banned', (await call('POST', `${me}/unban`)).banned, false);
  is('locked', (await call('POST', `${me}/lock`)).locked, true);
  is('not locked', (await call('POST', `${me}/unlock`)).locked, false);
  is('no organizations', await call('GET', `${me}/organization_memberships`), { data: [], total_count: 0 });

  const ticket = await call('POST', '/sign_in_tokens', { user_id: user.id, expires_in_seconds: 60 });
  is('a sign-in token', [ticket.object, ticket.status, ticket.user_id], ['sign_in_token', 'pending', user.id]);
  is('a revoked sign-in token', (await call('POST', `/sign_in_tokens/${ticket.id}/revoke`)).status, 'revoked');
  is('a testing token', (await call('POST', '/testing_tokens')).object, 'testing_token');
  is('clients', Array.isArray(await call('GET', '/clients?limit=5')), true);

  const by = await frontend('sign-in by ticket', 'POST', '/client/sign_ins', {
    ...unrecorded, form: { strategy: 'ticket', ticket: (await call('POST', '/sign_in_tokens', { user_id: user.id })).token },
  });
  is('a ticket signs in', [by.status, by.json.response?.status], [200, 'complete']);
  const sessionId = by.json.response.created_session_id;
  const session = await call('GET', `/sessions/${sessionId}`);
  is("a client's sessions", (await call('GET', `/clients/${session.client_id}`)).session_ids, [sessionId]);
  const token = await call('POST', `/sessions/${sessionId}/tokens`, { expires_in_seconds: 120 });
  is('a token of a backend', claimsOf(token.jwt)[1].sid, sessionId);
  is('a token proves its session', (await call('POST', `/sessions/${sessionId}/verify`, { token: token.jwt })).id, sessionId);
  await call('POST', `/sessions/${sessionId}/tokens/nothing`, undefined, 404);
  is('a revoked session', (await call('POST', `/sessions/${sessionId}/revoke`)).status, 'revoked');
  is('a deleted user', await call('DELETE', me), { object: 'user', id: user.id, deleted: true });
  await call('GET', me, undefined, 404);
}

async function shakeHands() {
  const search = new URLSearchParams({ ...VERSIONS, redirect_url: `${base}/app?x=1`, suffixed_cookies: 'true', __clerk_hs_reason: 'session-token-expired', format: 'nonce' });
  const response = await fetch(addressOf(`${FAPI}/v1/client/handshake?${search}`), { redirect: 'manual', headers: cookieHeader() });
  const target = new URL(response.headers.get('location') ?? base);
  const nonce = target.searchParams.get('__clerk_handshake_nonce') ??
    /__clerk_handshake_nonce=([^;]+)/.exec(response.headers.getSetCookie().join('\n'))?.[1];
  check('the handshake sends back with a nonce', () => {
    assert.deepEqual([response.status, target.pathname, target.searchParams.get('x')], [307, '/app', '1']);
    assert.ok(nonce);
  });
  const { json } = await backend('bapi handshake payload', 'GET', `/clients/handshake_payload?nonce=${nonce}`);
  for (const pattern of [/^__session=ey/, /^__session_[\w-]{8}=ey/, /^__client_uat=\d+/, /^__client_uat_[\w-]{8}=\d+/]) {
    check(`a directive like ${pattern}`, () => assert.ok(json.directives.some(text => pattern.test(text))));
  }
  const again = await backend('the nonce again', 'GET', `/clients/handshake_payload?nonce=${nonce}`, unrecorded);
  check('a nonce is good once', () => assert.equal(again.status, 404));
}

async function signOutAndIn(email, { sessionId }) {
  await frontend('session exists', 'POST', '/client/sign_ins', { form: { identifier: email } });
  await frontend('sign out', 'DELETE', '/client/sessions');
  check('signed out, __client_uat is 0', () => assert.equal(clientUat(), 0));
  await frontend('token, signed out', 'POST', `/client/sessions/${sessionId}/tokens`, { form: {} });
  await frontend('sign-in, unknown', 'POST', '/client/sign_ins', { form: { identifier: 'nobody@example.com' } });
  const { json } = await frontend('sign-in, identifier', 'POST', '/client/sign_ins', { form: { identifier: email, locale: 'en-US' } });
  const signIn = json.response;
  const byCode = signIn.supported_first_factors.find(({ strategy }) => strategy === 'email_code');
  check('the ways to sign in', () => {
    assert.equal(signIn.status, 'needs_first_factor');
    for (const strategy of ['password', 'email_code', 'reset_password_email_code']) {
      assert.ok(signIn.supported_first_factors.some(factor => factor.strategy === strategy), strategy);
    }
  });
  const step = (name, action, form) => frontend(name, 'POST', `/client/sign_ins/${signIn.id}/${action}`, { form });
  await step('sign-in, wrong password', 'attempt_first_factor', { strategy: 'password', password: 'wrong' });
  await step('sign-in, prepare code', 'prepare_first_factor', { strategy: 'email_code', email_address_id: byCode.email_address_id });
  await step('sign-in, wrong code', 'attempt_first_factor', { strategy: 'email_code', code: '000000' });
  await step('sign-in, complete', 'attempt_first_factor', { strategy: 'password', password: PASSWORD });
  await frontend('client, signed in', 'GET', '/client');
  await frontend('delete me', 'DELETE', '/me');
}

async function walk() {
  const email = `smoke${Date.now()}+clerk_test@example.com`;
  const session = await loadAndSignUp(email);
  await useSession(session);
  await useOrganization(session);
  await askBackend(session, email);
  await shakeHands();
  await signOutAndIn(email, session);
  await manageUsers();
}

/** The server to ask: the one that runs, or one of our own; returns how to stop it. */
async function findServer() {
  if (process.env.BASE) {
    [base, secretKey] = [process.env.BASE, process.env.SK];
    assert.ok(secretKey, 'SK must hold the secret key');
    return async () => {};
  }
  const { startInstance } = await import(path.join(__dirname, '../../tests/harness/instance.mjs'));
  const instance = await startInstance();
  [base, secretKey] = [instance.origin, instance.env.CLERK_SECRET_KEY];
  return async () => { const code = await instance.stop(); check('the instance stops when it is asked to', () => assert.equal(code, 0)); };
}

(async () => {
  const stop = await findServer();
  try {
    await walk();
  } catch (error) {
    failures.push(`the walk ended early: ${error.stack.split('\n').slice(0, 3).join(' | ')}`);
  }
  await stop();
  for (const failure of failures) console.log(`FAIL ${failure}`);
  const left = Object.keys(shapes).filter(name => !asked.has(name));
  if (left.length) console.log(`recorded, for operations that are still to come: ${left.join('; ')}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  process.exit(failures.length ? 1 : 0);
})();
