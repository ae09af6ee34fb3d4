// Everything wrong that can be said to an operation: each field missing, doubled, of another type, oversized, nested deeply, hostile Unicode,
// out of range; ids of nobody, of another kind, of somebody else. The answer must be one of Clerk's errors, never a failure of the server,
// never somebody else's data, and never silence. Operations and fields come from Clerk's documents (data/).
import http from 'node:http';
import { problemOfError } from './contract.mjs';
import { PASSWORD, PNG, TEST_CODE, fileForm, fresh, freshEmail, freshPhone } from './world.mjs';
import { Authenticator } from '../harness/authenticator.mjs';

const PATIENCE_MS = 15_000;
const LONG = 'x'.repeat(100_000);
const IDS = ['user_2nobody00000000000000000000', 'nonsense', '%00', '%ff%fe', '..%2f..%2fusers', 'x'.repeat(3000), '%F0%9F%92%A9%E2%80%AE', "'%3B--", '%25s%25n', '-1'];

/** Ids of things that the instance has not: whatever they are, they are not looked at. */
const UNREAD = new Set(['primary_web3_wallet_id', 'trusted_device_id']);

/** Texts that are none, or that hurt where somebody does not look. */
const TEXTS = {
  empty: '', oversized: LONG, nul: 'a\u0000b', 'right to left': '\u202Etxt.exe', 'four bytes': '💩'.repeat(40), 'combining marks': `e${'\u0301'.repeat(2000)}`,
  quotes: `'";--{{user}}</script>%s%n`, 'line ends': 'a\r\nSet-Cookie: x=y', negative: '-1', huge: '99999999999999999999999999', infinite: '1e999', fraction: '0.5',
  nested: '['.repeat(20_000), object: '{"a":{"b":[null]}}', nobody: 'user_2nobody00000000000000000000',
};
/** What JSON can say beside texts: [name, source text, type]. */
const RAW = [
  ['null', 'null'], ['boolean', 'true', 'boolean'], ['number', '7', 'integer'], ['negative number', '-9223372036854775809', 'integer'],
  ['huge number', '99999999999999999999999', 'integer'], ['infinite number', '1e400', 'number'], ['fraction', '0.5', 'number'], ['empty list', '[]', 'array'],
  ['empty object', '{}', 'object'], ['list of lists', '[[],[[]],null]', 'array'], ['object', '{"a":{"__proto__":[]}}', 'object'],
  ['list of numbers', '[1,2]', 'array'], ['list of long texts', JSON.stringify(Array(200).fill('y'.repeat(500))), 'array'],
  ['deep list', `${'['.repeat(5000)}${']'.repeat(5000)}`, 'array'], ['deep object', `${'{"a":'.repeat(900)}1${'}'.repeat(900)}`, 'object'],
  ['lone surrogate', '"\\ud800x"', 'string'], ['reversed surrogates', '"\\udc00\\ud800"', 'string'], ['control characters', '"\u0001"'],
];
/** What a field of these types may be given: backends also say times in milliseconds. */
const TAKES = { string: ['string', 'integer'], integer: ['integer'], number: ['integer', 'number'], boolean: ['boolean'], array: ['array'], object: ['object'] };
const BODIES = [['none', ''], ['null', 'null'], ['list', '[]'], ['list of numbers', '[1]'], ['text', '"x"'], ['broken', '{"a":'], ['nonsense', 'nonsense'],
  ['deep', '['.repeat(100_000)], ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])], ['too large', `{"a":"${'x'.repeat(3_000_000)}"}`]];

/** The same numbers for the same seed (mulberry32). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const encoded = fields => new URLSearchParams(fields).toString();
const idle = new http.Agent({ keepAlive: true, maxSockets: 8 });
const utf8 = new TextDecoder('utf-8', { fatal: true });

function ask(origin, { method, path, headers, body }, agent = idle) {
  const { hostname, port } = new URL(origin);
  return new Promise(resolve => {
    const request = http.request({ host: hostname, port, method, path, agent, timeout: PATIENCE_MS,
      headers: { ...headers, ...(body?.length && { 'content-length': Buffer.byteLength(body) }) } }, response => {
      const chunks = [];
      response.on('data', chunk => chunks.push(chunk)).on('error', error => resolve({ status: 0, text: error.message }))
        .on('end', () => {
          const bytes = Buffer.concat(chunks);
          let isText = true;
          try { utf8.decode(bytes); } catch { isText = /^image/.test(response.headers['content-type']); }
          resolve({ status: response.statusCode, headers: response.headers, text: bytes.toString(), isText });
        });
    });
    request.on('timeout', () => request.destroy(new Error('no answer')))
      .on('error', error => resolve({ status: 0, text: error.message }));
    request.end(body);
  });
}

/** A person with one of everything; `mark` is in all that is hers. */
async function everythingOf(world, mark) {
  const person = await world.person(`${mark}${fresh()}+clerk_test@example.com`);
  const ids = { session_id: person.sessionId, user_id: person.userId };
  await person.ask('PATCH', '/me', { first_name: mark });
  ids.email_id = (await person.ask('POST', '/me/email_addresses', { email_address: `${mark}${fresh()}+clerk_test@example.com` })).id;
  ids.phone_number_id = (await person.ask('POST', '/me/phone_numbers', { phone_number: freshPhone() })).id;
  ids.passkey_id = (await person.ask('POST', '/me/passkeys')).id;
  const organization = await person.ask('POST', '/organizations', { name: mark });
  ids.organization_id = ids.organizationID = organization.id;
  ids.domain_id = (await person.ask('POST', `/organizations/${organization.id}/domains`, { name: `${mark}${fresh()}.example.com` })).id;
  ids.invitation_id = (await person.ask('POST', `/organizations/${organization.id}/invitations`, { email_address: `${mark}${fresh()}@example.com`, role: 'org:member' })).id;
  ids.apiKeyID = (await person.plain('POST', '/api_keys', { json: { name: `${mark}${fresh()}`, subject: person.userId }, status: 201 })).id;
  const elsewhere = world.visitor();
  ids.sign_in_id = (await elsewhere.ask('POST', '/client/sign_ins', { identifier: person.email })).id;
  ids.sign_up_id = (await world.visitor().ask('POST', '/client/sign_ups', { email_address: `${mark}${fresh()}+clerk_test@example.com` })).id;
  return { person, ids };
}

/** What a backend has, by the names that paths give to ids. */
async function backendThings(world, { person, ids }) {
  const make = (path, json) => world.send('POST', path, { json }).then(answer => answer.json);
  const application = await make('/oauth_applications', { name: 'x', redirect_uris: ['https://app.example.com/back'] });
  const machine = await make('/machines', { name: 'x' });
  const session = await make('/sessions', { user_id: ids.user_id });
  return {
    user_id: ids.user_id, session_id: session.id, organization_id: ids.organization_id, domain_id: ids.domain_id, invitation_id: ids.invitation_id,
    email_address_id: ids.email_id, phone_number_id: ids.phone_number_id, passkey_identification_id: ids.passkey_id, apiKeyID: ids.apiKeyID, id: ids.sign_up_id,
    client_id: (await person.call('GET', '/client')).response.id, oauth_application_id: application.id, machine_id: machine.id,
    other_machine_id: (await make('/machines', { name: 'y' })).id, template_id: (await make('/jwt_templates', { name: `t${fresh()}`, claims: {} })).id,
    organization_role_id: (await make('/organization_roles', { name: 'x', key: `org:x${fresh()}` })).id,
    permission_id: (await make('/organization_permissions', { name: 'x', key: `org:x${fresh()}:edit` })).id, role_set_key_or_id: 'role_set:default',
    actor_token_id: (await make('/actor_tokens', { user_id: ids.user_id, actor: { sub: 'x' } })).id, identifier_id: (await make('/allowlist_identifiers', { identifier: freshEmail() })).id,
    sign_in_token_id: (await make('/sign_in_tokens', { user_id: ids.user_id })).id, waitlist_entry_id: (await make('/waitlist_entries', { email_address: freshEmail(false) })).id,
    template_name: 'x', provider: 'oauth_google',
  };
}

/** A value that a field may have, so that the others are looked at. */
function plausible(name, ids) {
  if (ids[name]) return ids[name];
  const known = {
    email_address: () => freshEmail(), identifier: () => freshEmail(), phone_number: () => freshPhone(), role: () => 'org:member', name: () => `n${fresh()}`, key: () => `org:k${fresh()}`,
    password: () => 'x', code: () => '000000', url: () => 'https://x.example.com', redirect_url: () => 'http://localhost/', redirect_uris: () => ['https://x.example.com'], claims: () => ({}),
    subject: () => ids.user_id, domains: () => [`${fresh()}.example.com`], enrollment_mode: () => 'manual_invitation', level: () => 'first_factor', user_ids: () => [ids.user_id],
    strategy: () => 'email_code', unsafe_metadata: () => '{}', actor: () => ({ sub: 'x' }), token: () => 'x', secret: () => 'x', provider: () => 'saml_custom',
  };
  return known[name]?.();
}

/** The fields of a body's schema, whatever it is composed of. */
function fieldsOf(shapes, schema) {
  const variants = shapes.variants(schema);
  const items = variants.flatMap(each => each.items);
  const all = items.length ? items.flatMap(each => shapes.variants(each)) : variants;
  const required = new Set(all.flatMap(each => each.required));
  const typesOf = name => new Set(all.flatMap(each => each.properties[name] ?? []).flatMap(each => shapes.variants(each)).flatMap(each => (each.types.length ? each.types : Object.keys(TAKES))));
  const names = [...new Set(all.flatMap(each => Object.keys(each.properties)))];
  return { list: items.length > 0, required, names, takes: Object.fromEntries(names.map(name => [name, new Set([...typesOf(name)].flatMap(type => TAKES[type]))])) };
}

/** All requests of one operation: { what, method, path, headers, body }. `ids` are one's own, `others` somebody else's. */
function* requestsOf(api, operation, shapes, { ids, others, form }) {
  const { method, path: template } = operation;
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map(match => match[1]);
  const fill = (more = {}) => template.replace(/\{([^}]+)\}/g, (_, name) => more[name] ?? ids[name] ?? 'nobody');
  const [type, schema] = Object.entries(operation.body)[0] ?? [];
  const fields = schema ? fieldsOf(shapes, schema) : { names: [], required: new Set() };
  const base = Object.fromEntries(fields.names.filter(name => fields.required.has(name)).map(name => [name, plausible(name, ids) ?? 'x']));
  const isForm = form && type !== 'application/json';
  const contentType = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  const send = (what, { path = fill(), query, body, contentType: other, ...more } = {}) =>
    ({ what, method, path, query, body, contentType: body === undefined ? undefined : other ?? contentType, ...more });
  const upload = /image|logo/.test(template) && method !== 'GET' && method !== 'DELETE';
  const whole = () => (isForm ? encoded(base) : JSON.stringify(fields.list ? [base] : base));

  // Ids in the path. Only what is wrong may be sent where it would be deleted.
  for (const name of names) {
    for (const id of IDS) yield send(`${name}: ${id.slice(0, 40)}`, { path: fill({ [name]: id }), body: schema && !upload ? whole() : undefined, wrong: id.length > 1000 || id.includes('%') });
    for (const [kind, id] of Object.entries(ids)) if (kind !== name && kind !== 'provider') yield send(`${name}: the id of a ${kind}`, { path: fill({ [name]: id }), body: schema && !upload ? whole() : undefined });
    if (others?.[name]) yield send(`${name}: somebody else's`, { path: fill({ [name]: others[name] }), body: schema && !upload ? whole() : undefined, foreign: true });
  }
  for (const name of Object.keys(operation.query)) {
    for (const [what, text] of Object.entries(TEXTS)) yield send(`?${name}: ${what}`, { query: encoded({ [name]: text.slice(0, 20_000) }), reads: true });
    for (const [what, raw] of [['doubled', `${name}=1&${name}=x`], ['in brackets', `${name}[]=1&${name}[a]=b`], ['invalid UTF-8', `${name}=%ff%ed%a0%80`]]) yield send(`?${name}: ${what}`, { query: raw, reads: true });
    if (others) for (const [kind, id] of Object.entries(others)) yield send(`?${name}: somebody else's ${kind}`, { query: encoded({ [name]: id }), reads: true, foreign: true });
  }
  if (method === 'GET') return;
  if (upload) {
    for (const [what, { body, type: other }] of [['a text', fileForm('a.png', Buffer.from('x'))], ['nothing', fileForm('a.png', Buffer.alloc(0))], ['half a form', { body: fileForm('a.png', PNG).body.subarray(0, 100), type: 'multipart/form-data; boundary=b0undary' }],
      ['no boundary', { body: 'x', type: 'multipart/form-data' }], ['a long boundary', { body: 'x', type: `multipart/form-data; boundary=${'b'.repeat(5000)}` }], ['too large', fileForm('a.png', Buffer.concat([PNG, Buffer.alloc(11_000_000)]))]]) {
      yield send(`file: ${what}`, { body, contentType: other, wrong: true });
    }
    return;
  }
  if (!schema) return;
  for (const [what, body] of BODIES) yield send(`body: ${what}`, { body, wrong: !['none', 'null', 'list', 'invalid UTF-8'].includes(what) && !(isForm && what !== 'too large') });
  yield send('body: of another type', { body: '<a/>', contentType: 'application/xml', wrong: true });
  const wrap = text => (fields.list ? `[${text}]` : text);
  for (const name of fields.names) {
    const without = { ...base };
    delete without[name];
    yield send(`${name}: missing`, { body: isForm ? encoded(without) : wrap(JSON.stringify(without)), wrong: fields.required.has(name) && method !== 'PATCH' });
    const rest = isForm ? encoded(without) : JSON.stringify(without).slice(1, -1);
    if (isForm) {
      for (const [what, text] of Object.entries(TEXTS)) yield send(`${name}: ${what}`, { body: `${rest}&${encoded({ [name]: text })}` });
      for (const [what, raw] of [['doubled', `${name}=1&${name}=x`], ['in brackets', `${name}[]=1&${name}[a]=b`], ['invalid UTF-8', `${name}=%ff%fe`], ['lone surrogate', `${name}=%ed%a0%80`]]) yield send(`${name}: ${what}`, { body: `${rest}&${raw}` });
    } else {
      const member = value => wrap(`{${rest}${rest && ','}${JSON.stringify(name)}:${value}}`);
      for (const [what, text] of Object.entries(TEXTS)) yield send(`${name}: ${what}`, { body: member(JSON.stringify(text)), wrong: what === 'oversized' });
      for (const [what, raw, type] of RAW) yield send(`${name}: ${what}`, { body: member(raw), wrong: type && !fields.takes[name].has(type) });
      yield send(`${name}: doubled`, { body: wrap(`{"${name}":1,"${name}":"x"}`) });
      yield send(`${name}: invalid UTF-8`, { body: Buffer.concat([Buffer.from(wrap('{').replace(']', '')), Buffer.from(`"${name}":"`), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from(fields.list ? '"}]' : '"}')]) });
    }
    if (others && /id$/i.test(name) && !UNREAD.has(name)) for (const [kind, id] of Object.entries(others)) yield send(`${name}: somebody else's ${kind}`, { body: isForm ? `${rest}&${encoded({ [name]: id })}` : wrap(JSON.stringify({ ...without, [name]: id })), foreign: true });
  }
}

/** What is wrong with an answer; null when nothing is. */
function problemOf(request, answer, { mark, oauth }) {
  // A head that is too long is cut off while it is still being sent.
  if (answer.status === 0 && request.query?.length > 10_000) return null;
  if (answer.status === 0) return `no answer: ${answer.text}`;
  // What a proxy is told that is not set up is documented with this status.
  if (answer.status === 503 && request.key === 'GET /v1/proxy-health') return null;
  if (answer.status >= 500) return `says ${answer.status}: ${answer.text.slice(0, 200)}`;
  if (!answer.isText) return 'is no UTF-8';
  if (answer.text.includes(LONG.slice(0, 5000)) || answer.headers.location?.includes(LONG.slice(0, 5000))) return `repeats what is too long (${answer.status})`;
  if (answer.text.includes('\\u0000')) return `repeats a NUL (${answer.status}): ${answer.text.slice(0, 200)}`;
  if (mark && answer.text.includes(mark)) return `tells of somebody else: ${answer.text.slice(0, 200)}`;
  if (answer.status < 400) return request.wrong ? `is content (${answer.status})` : null;
  // Heads that are too long never get as far as an operation.
  if (answer.status === 431 || answer.status === 414) return null;
  let body;
  try { body = JSON.parse(answer.text); } catch { return `${answer.status}, not JSON: ${answer.text.slice(0, 200)}`; }
  if (oauth && typeof body.error === 'string') return null;
  const problem = problemOfError(body);
  return problem && `${answer.status}, ${problem}: ${answer.text.slice(0, 200)}`;
}

/**
 * Sends what is wrong to every operation of both APIs, `limit` requests at most, drawn by `seed`. Gives the number of requests and the
 * problems. The world's people and things are its own; it is of no use to others afterwards.
 */
export async function sweep(world, { seed = 1, limit = Infinity, only } = {}) {
  await world.backend('PATCH', '/instance/organization_settings', { domains_enabled: true, domains_enrollment_modes: ['automatic_invitation', 'automatic_suggestion'] });
  const ada = await everythingOf(world, 'victimada'), eve = await everythingOf(world, 'evehere');
  const things = await backendThings(world, eve);
  const { frontend, backend } = world.coverage.apis;
  const backendPrefix = new URL(world.instance.env.CLERK_API_URL).pathname.replace(/\/$/, '');
  const all = [];
  for (const operation of frontend.operations) {
    for (const request of requestsOf('frontend', operation, frontend.shapes, { ids: eve.ids, others: ada.ids, form: true })) {
      const tunnelled = request.method !== 'GET' && request.method !== 'POST';
      const query = [!request.query?.startsWith('_clerk_session_id') && `_clerk_session_id=${eve.person.sessionId}`, tunnelled && `_method=${request.method}`, request.query].filter(Boolean).join('&');
      all.push({ ...request, api: 'frontend', key: operation.key, wire: { method: tunnelled ? 'POST' : request.method, path: `/__clerk${request.path}?${query}`, body: request.body } });
    }
  }
  for (const operation of backend.operations) {
    for (const request of requestsOf('backend', operation, backend.shapes, { ids: things, form: false })) {
      all.push({ ...request, api: 'backend', key: operation.key, wire: { method: request.method, path: `${backendPrefix}/v1${request.path}${request.query ? `?${request.query}` : ''}`, body: request.body } });
    }
  }
  const random = randomOf(seed);
  let chosen = only ? all.filter(({ api, key }) => `${api} ${key}`.includes(only)) : all;
  // What would end the session that asks is left out: an own id where it is deleted.
  chosen = chosen.filter(({ api, key }) => !(api === 'frontend' && /^DELETE \/v1\/(client|client\/sessions|me)$/.test(key)));
  if (chosen.length > limit) {
    for (let i = chosen.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [chosen[i], chosen[j]] = [chosen[j], chosen[i]];
    }
    chosen = chosen.slice(0, limit);
  }

  const problems = [];
  let next = 0;
  const cookie = eve.person.jar.header();
  const worker = async () => {
    while (next < chosen.length) {
      const request = chosen[next++];
      const headers = request.api === 'frontend'
        ? { origin: world.instance.origin, cookie, ...(request.contentType && { 'content-type': request.contentType }) }
        : { authorization: `Bearer ${world.secretKey}`, ...(request.contentType && { 'content-type': request.contentType }) };
      let answer = await ask(world.instance.origin, { ...request.wire, headers });
      // A connection that the server closed after the request before this one says nothing about this one.
      if (answer.status === 0) answer = await ask(world.instance.origin, { ...request.wire, headers }, false);
      const problem = problemOf(request, answer, { mark: request.api === 'frontend' && 'victimada', oauth: request.key.includes(' /oauth/') });
      if (problem) problems.push(`${request.api} ${request.key} ${request.what} ${problem}`);
      else if (request.foreign && answer.status < 400 && request.method !== 'GET') problems.push(`${request.api} ${request.key} ${request.what} is content (${answer.status})`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  const probe = await ask(world.instance.origin, { method: 'GET', path: '/.well-known/jwks.json', headers: {} });
  if (probe.status !== 200) problems.push(`afterwards the instance does not answer: ${probe.status} ${probe.text}`);
  return { requests: chosen.length, of: all.length, problems };
}

// By hand: node bad_input.mjs [OPERATION] sends everything; SEED and LIMIT bound it.
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { World } = await import('./world.mjs');
  const { Coverage } = await import('./contract.mjs');
  const world = await World.start(new Coverage(), { settings: { phone_number: true, username: true, passkey: true, multi_session: true, password: 'optional' }, social: true });
  const { requests, of, problems } = await sweep(world, { seed: Number(process.env.SEED ?? 1), limit: Number(process.env.LIMIT ?? Infinity), only: process.argv[2] });
  console.log(problems.join('\n'));
  console.log(`${requests} of ${of} requests, ${problems.length} problems`);
  await world.stop();
  process.exit(problems.length ? 1 : 0);
}
