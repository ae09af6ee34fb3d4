// The quickstart of Clerk's document in Node (Clerk's SDK, Fastify) and ours in C++, side by side against one instance:
// every request must get the same status, the same headers and the same body from both.
import assert from 'node:assert/strict';
import path from 'node:path';
import { Steps } from '../harness/steps.mjs';
import { FrontendClient, TEST_CODE, freshEmail } from '../harness/frontend_client.mjs';
import { startApp, startInstance, startNodeTwin } from '../harness/instance.mjs';
import { binaries } from '../harness/process.mjs';
import { headerOf, rawRequest } from '../harness/raw_request.mjs';
import { TokenMaker, claimsOf, cookieSuffix, tamperClaims, tamperSignature } from '../harness/tokens.mjs';

const HOST = 'localhost:8080';  // both are asked under one name, so that redirects name the same address
const DOCUMENT = { accept: 'text/html', 'sec-fetch-dest': 'document' };
const OURS = { all_routes: 'quickstart', specific_routes: 'quickstart_specific_routes' };
const steps = new Steps('twin');

/** Starts the twins with one environment. Node's plugin gets by option what ours reads from CLERK_API_URL and CLERK_FAPI_URL. */
async function startPair(program, env) {
  const options = { apiUrl: env.CLERK_API_URL, proxyUrl: `${env.CLERK_FAPI_URL}/__clerk` };
  const startNode = () => startNodeTwin({ ...env, TWIN_OPTIONS: JSON.stringify(options) }, `${program}.mjs`);
  const startOurs = () => startApp(path.join(binaries, OURS[program]), [], env);
  const [node, ours] = await Promise.all([startNode(), process.env.CLERK_TEST_APP === 'node' ? startNode() : startOurs()]);
  return { node, ours, stop: () => Promise.all([node.stop(), ours.stop()]) };
}

/** What must be equal: all but the headers that belong to the connection, and the current time in a message. */
function comparable({ status, headers, body }) {
  const kept = headers
    .filter(([name]) => !['date', 'connection', 'keep-alive'].includes(name))
    .map(([name, value]) => `${name}: ${value.replace(/(Current date: )[^.]*/, '$1…')}`)
    .sort();
  return { status, headers: kept, body };
}

async function compare(pair, { name, status, ...request }) {
  await steps.check(name, async () => {
    const send = app => rawRequest(app.origin, { ...request, headers: { host: HOST, ...request.headers } });
    const [expected, actual] = [await send(pair.node), await send(pair.ours)];
    assert.deepEqual(comparable(actual), comparable(expected));  // ours is "actual", Node's is "expected"
    assert.equal(expected.status, status, `Node answered ${expected.status}: the case does not mean what it says`);
  });
}

const bearer = token => ({ authorization: `Bearer ${token}` });
const cookies = values => ({ cookie: Object.entries(values).map(([name, value]) => `${name}=${value}`).join('; ') });

/** Requests that any key serves: `token` is a right one, `foreign` comes from another instance. */
function ordinaryCases({ token, foreign, suffix, path = '/' }) {
  const uat = claimsOf(token).iat - 5;
  const session = { __client_uat: uat, __session: token };
  const suffixed = { [`__client_uat_${suffix}`]: uat, [`__session_${suffix}`]: token };
  const list = [
    ['signed out, as a fetch', 403, {}],
    ['signed out, as a document', 403, DOCUMENT],
    ['token in the header', 200, bearer(token)],
    ['token in the header without the word Bearer', 200, { authorization: token }],
    ['token in the header of a document', 200, { ...DOCUMENT, ...bearer(token) }],
    ['token in the cookie', 200, cookies(session)],
    ['token in the cookie of a document', 200, { ...DOCUMENT, ...cookies(session) }],
    ['token in the suffixed cookie', 200, cookies(suffixed)],
    ['token in both cookies', 200, cookies({ ...session, ...suffixed })],
    ['token in header and cookie', 200, { ...bearer(token), ...cookies(session) }],
    ['tampered signature in the header', 403, bearer(tamperSignature(token))],
    ['tampered claims in the header', 403, bearer(tamperClaims(token, { sub: 'user_2nobody' }))],
    ['tampered signature in the cookie', 403, cookies({ ...session, __session: tamperSignature(token) })],
    ['tampered signature in the cookie of a document', 403, { ...DOCUMENT, ...cookies({ ...session, __session: tamperSignature(token) }) }],
    ['foreign token in the header', 403, bearer(foreign)],
    ['foreign token in the cookie', 403, cookies({ ...session, __session: foreign })],
    ['foreign token in the cookie of a document', 403, { ...DOCUMENT, ...cookies({ ...session, __session: foreign }) }],
    ['no token in the header', 403, { authorization: 'Bearer ' }],
    ['another scheme in the header', 403, { authorization: 'Basic YWRhOmxvdmVsYWNl' }],
    ['garbage in the header', 403, bearer('garbage')],
    ['garbage in three parts in the header', 403, bearer('a.b.c')],
    ['garbage in the cookies', 403, { cookie: '__session=%zz; =; ;; __client_uat=nan; a' }],
    ['handshake: a session but no client_uat', 307, { ...DOCUMENT, ...cookies({ __session: token }) }],
    ['handshake: client_uat is 0', 307, { ...DOCUMENT, ...cookies({ ...session, __client_uat: 0 }) }],
    ['handshake: a client_uat but no session', 307, { ...DOCUMENT, ...cookies({ __client_uat: uat }) }],
    ['handshake: the session is older than client_uat', 307, { ...DOCUMENT, ...cookies({ ...session, __client_uat: uat + 60 }) }],
    ['handshake: in a frame', 307, { ...DOCUMENT, 'sec-fetch-dest': 'iframe', ...cookies({ __client_uat: uat }) }],
    ['handshake: an old browser that accepts HTML', 307, { accept: 'text/html', ...cookies({ __client_uat: uat }) }],
    ['no handshake for a fetch', 403, { 'sec-fetch-dest': 'empty', ...cookies({ __client_uat: uat }) }],
    ['no handshake after three of them', 403, { ...DOCUMENT, ...cookies({ __client_uat: uat, __clerk_redirect_count: 3 }) }],
    ['the second handshake is counted', 307, { ...DOCUMENT, ...cookies({ __client_uat: uat, __clerk_redirect_count: 1 }) }],
  ].map(([name, status, headers]) => ({ name, status, headers, path }));
  return [
    ...list,
    { name: 'handshake: the address has a query', status: 307, path: `${path}?q=a%20b&c=%C3%A4`, headers: { ...DOCUMENT, ...cookies({ __client_uat: uat }) } },
    { name: 'no handshake for a POST, and no such route', status: 404, method: 'POST', path, headers: { ...DOCUMENT, ...cookies({ __client_uat: uat }) } },
    { name: 'no such route', status: 404, path: '/nowhere', headers: bearer(token) },
    { name: 'HEAD of the route', status: 200, method: 'HEAD', path, headers: bearer(token) },
  ];
}

/** Requests with tokens that only their maker can make. */
function madeCases({ maker, user, session }) {
  const make = ({ claims, ...rest } = {}) => maker.make({ ...rest, claims: { sub: user, sid: session, ...claims } });
  const now = Math.floor(Date.now() / 1000);
  const asCookie = token => ({ ...DOCUMENT, ...cookies({ __client_uat: claimsOf(token).iat - 5, __session: token }) });
  const handshake = (directives, from = maker) => from.sign({ alg: 'RS256', kid: from.keyId, typ: 'JWT' }, { handshake: directives });
  const fresh = make();
  return [
    ['right token', 200, bearer(fresh)],
    ['expired long ago in the header', 403, bearer(make({ age: 3600 }))],
    ['expired three seconds ago in the header', 200, bearer(make({ age: 63 }))],
    ['expired in the header of a document', 307, { ...DOCUMENT, ...bearer(make({ age: 100 })) }],
    ['expired in the cookie', 403, cookies({ __client_uat: now - 200, __session: make({ age: 100 }) })],
    ['expired in the cookie of a document', 307, { ...DOCUMENT, ...cookies({ __client_uat: now - 200, __session: make({ age: 100 }) }) }],
    ['not active before an hour', 403, bearer(make({ claims: { nbf: now + 3600 } }))],
    ['not active before an hour, in the cookie of a document', 307, asCookie(make({ claims: { nbf: now + 3600 } }))],
    ['issued in an hour', 403, bearer(make({ claims: { iat: now + 3600 } }))],
    ['issued in an hour, in the cookie of a document', 307, { ...DOCUMENT, ...cookies({ __client_uat: now - 200, __session: make({ claims: { iat: now + 3600 } }) }) }],
    ['pending session', 403, bearer(make({ claims: { sts: 'pending' } }))],
    ['no subject', 403, bearer(make({ claims: { sub: undefined } }))],
    ['no expiry', 403, bearer(make({ claims: { exp: undefined } }))],
    ['expiry in words', 403, bearer(make({ claims: { exp: 'soon' } }))],
    ['an authorized party nobody asked for', 200, bearer(make({ claims: { azp: 'http://localhost:3000' } }))],
    ['an active organization', 200, bearer(make({ claims: { o: { id: 'org_1', rol: 'admin', slg: 'acme' } } }))],
    ['an actor', 200, bearer(make({ claims: { act: { sub: 'user_2admin' } } }))],
    ['algorithm none', 403, bearer(make({ header: { alg: 'none' } }))],
    ['algorithm HS256', 403, bearer(make({ header: { alg: 'HS256' } }))],
    ['type at+jwt', 403, bearer(make({ header: { typ: 'at+jwt' } }))],
    ['token of a template', 403, bearer(make({ header: { cat: 'cl_B7d4PD222AAA' } }))],
    ['handshake that brings a session', 200, { ...DOCUMENT, ...cookies({ __clerk_handshake: handshake([`__client_uat=${now - 5}; Path=/; Max-Age=31536000; SameSite=Lax`, `__session=${fresh}; Path=/; Max-Age=31536000; SameSite=Lax`]) }) }],
    ['handshake that brings none', 403, { ...DOCUMENT, ...cookies({ __clerk_handshake: handshake(['__client_uat=0; Path=/; Max-Age=31536000; SameSite=Lax', '__session=; Path=/; Max-Age=0; SameSite=Lax']) }) }],
    ['handshake that is tampered with', 403, { ...DOCUMENT, ...cookies({ __clerk_handshake: tamperSignature(handshake([`__session=${fresh}; Path=/`])) }) }],
  ].map(([name, status, headers]) => ({ name, status, headers }));
}

let instance, browser, foreign, suffix;
await steps.run('an instance with a signed-in user', async () => {
  instance = await startInstance();
  browser = await new FrontendClient(instance.origin).signUp({ email: freshEmail(), password: 'correct horse 42!', code: () => TEST_CODE });
  const { CLERK_PUBLISHABLE_KEY: key } = instance.env;
  suffix = cookieSuffix(key);
  foreign = new TokenMaker(`pk_live_${Buffer.from('clerk.elsewhere.test$').toString('base64')}`, { keyId: 'ins_elsewhere' })
    .make({ claims: { sub: browser.userId } });
});

const { CLERK_JWT_KEY: jwtKey, ...withoutKey } = instance?.env ?? {};
const maker = instance && new TokenMaker(instance.env.CLERK_PUBLISHABLE_KEY);
const setups = [
  ['key in the environment', 'all_routes', { ...withoutKey, CLERK_JWT_KEY: jwtKey }, async () => ordinaryCases({ token: await browser.token(), foreign, suffix })],
  ['key set of the instance', 'all_routes', withoutKey, async () => ordinaryCases({ token: await browser.token(), foreign, suffix })],
  ['key of the test', 'all_routes', { ...withoutKey, CLERK_JWT_KEY: maker?.publicPem }, async () => madeCases({ maker, user: browser.userId, session: browser.sessionId })],
  ['specific routes', 'specific_routes', { ...withoutKey, CLERK_JWT_KEY: jwtKey }, async () => [
    ...ordinaryCases({ token: await browser.token(), foreign, suffix, path: '/protected' }),
    { name: 'the public route, signed out', status: 200, path: '/' },
    { name: 'the public route, with a token', status: 200, path: '/', headers: bearer(await browser.token()) },
    { name: 'the public route knows no handshake', status: 200, path: '/', headers: { ...DOCUMENT, cookie: '__client_uat=1' } },
  ]],
];

for (const [name, program, env, cases] of setups) {
  let pair;
  await steps.run(`${name}: both start`, async () => { pair = await startPair(program, env); });
  if (!pair) continue;
  for (const request of await cases()) await compare(pair, { ...request, name: `${name}: ${request.name}` });
  if (name === 'key set of the instance') await compareHandshakes(pair);
  await pair.stop();
}
await instance?.stop();
steps.finish();

/** The whole round trip: app, instance, app again with what the instance gave. A nonce serves once, so each twin makes its own trip. */
async function compareHandshakes(pair) {
  // The one place where the twins differ on purpose (conformance/decisions.md, fy-hs-fwd): anybody may send these headers.
  await steps.check('key set of the instance: a handshake does not believe X-Forwarded-Host of just anybody', async () => {
    const headers = { ...DOCUMENT, ...cookies({ __client_uat: 1 }), host: HOST, 'x-forwarded-host': 'app.example.com', 'x-forwarded-proto': 'https' };
    const returnsTo = async app => new URL(headerOf(await rawRequest(app.origin, { headers }), 'location')).searchParams.get('redirect_url');
    assert.equal(await returnsTo(pair.node), 'https://app.example.com/');
    assert.equal(await returnsTo(pair.ours), `http://${HOST}/`);
  });
  await steps.check('key set of the instance: a handshake goes all the way round', async () => {
    const trips = [];
    for (const app of [pair.node, pair.ours]) {
      const stale = { ...DOCUMENT, host: HOST, cookie: `__client_uat=${claimsOf(await browser.token()).iat}` };
      const sent = await rawRequest(app.origin, { headers: stale });
      assert.equal(sent.status, 307);
      const target = new URL(headerOf(sent, 'location'));
      const back = await rawRequest(target.origin, { path: target.pathname + target.search, headers: { cookie: browser.jar.header() } });
      assert.equal(back.status, 307);
      const given = back.headers.filter(([key]) => key === 'set-cookie').map(([, text]) => text.split(';')[0]);
      const landed = new URL(headerOf(back, 'location'));
      const landing = { ...DOCUMENT, host: HOST, cookie: [`__client_uat=${claimsOf(await browser.token()).iat}`, ...given].join('; ') };
      const arrived = await rawRequest(app.origin, { path: landed.pathname + landed.search, headers: landing });
      const again = await rawRequest(app.origin, { path: landed.pathname + landed.search, headers: landing });
      trips.push({ sent: comparable(sent), arrived: withoutTokens(comparable(arrived)), again: comparable(again) });
    }
    assert.equal(trips[0].arrived.status, 200);
    assert.deepEqual(trips[1], trips[0]);
  });
}

/** Two trips get two tokens: their place counts, their text does not. */
function withoutTokens(answer) {
  const text = JSON.stringify(answer)
    .replace(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g, '<token>')
    .replace(/__client_uat(_[\w-]{8})?=\d+/g, '__client_uat$1=<seconds>');
  return JSON.parse(text);
}
