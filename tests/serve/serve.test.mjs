// `clerkd serve` as an operator runs it: two of them over one PostgreSQL database, mails by a mail server.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { FrontendClient, freshEmail } from '../harness/frontend_client.mjs';
import { parseDotenv } from '../harness/instance.mjs';
import { MailServer } from '../harness/mail_server.mjs';
import { startPostgres } from '../harness/postgres.mjs';
import { Program, binaries, freePort, temporaryFolder } from '../harness/process.mjs';
import { rawRequest } from '../harness/raw_request.mjs';
import { Steps } from '../harness/steps.mjs';

const steps = new Steps('serve');
const clerkd = path.join(binaries, 'clerkd');
const email = freshEmail(false), password = 'correct horse 42!';
let postgres, mail, configuration, keys, browser;
const servers = [];

const start = async (...args) => {
  const port = await freePort();
  const program = new Program(clerkd, ['serve', '--config', configuration, '--listen', `127.0.0.1:${port}`, ...args],
    { env: { CLERKD_DATABASE: postgres.url } });
  await program.line(/clerkd: listening at/);
  const server = { origin: `http://127.0.0.1:${port}`, program };
  servers.push(server);
  return server;
};
/** How a command ends that cannot work, and its last line. */
const ending = (...args) => {
  const { status, stderr } = spawnSync(clerkd, args, { encoding: 'utf8', timeout: 30_000 });
  return { code: status, line: stderr.trim().split('\n').at(-1) };
};
const codeIn = ({ text }) => /\b(\d{6})\b/.exec(text)[1];

await steps.run('a database server and a mail server', async () => {
  postgres = await startPostgres();
  mail = await new MailServer().start();
  configuration = path.join(temporaryFolder('serve'), 'clerkd.conf');
  writeFileSync(configuration,
    `origin = "http://localhost:4000"\nname = "Example"\nsmtp-url = "${mail.url}"\nmail-from = "Example <no-reply@example.com>"\n`);
});
await steps.run('two instances start at once over an empty database', async () => {
  await Promise.all([start(), start()]);
  const [first, second] = servers.map(({ program }) => /CLERK_PUBLISHABLE_KEY=.*/.exec(program.lines.join('\n'))[0]);
  assert.equal(first, second);
});
await steps.run('clerkd keys prints what an app needs', async () => {
  const { stdout } = spawnSync(clerkd, ['keys', '--origin', 'http://localhost:4000'],
    { encoding: 'utf8', timeout: 30_000, env: { ...process.env, CLERKD_DATABASE: postgres.url } });
  keys = parseDotenv(stdout.split('\n'));
  assert.match(keys.CLERK_SECRET_KEY, /^sk_live_/);
  assert.ok(servers[0].program.lines.includes(`CLERK_PUBLISHABLE_KEY=${keys.CLERK_PUBLISHABLE_KEY}`));
  assert.ok(!servers.some(server => server.program.lines.join('\n').includes(keys.CLERK_SECRET_KEY)));
});
await steps.run('a sign-up that begins at one ends at the other, with the code from a mail', async () => {
  browser = new FrontendClient(servers[0].origin, { page: 'http://localhost:4000' });
  const original = browser.call.bind(browser);
  let calls = 0;
  browser.call = (...args) => {
    browser.origin = servers[calls++ % 2].origin;
    return original(...args);
  };
  await browser.signUp({ email, password, code: async () => codeIn(await mail.mailTo(email)) });
  assert.match(mail.mails[0].head, /^From: Example <no-reply@example.com>$/m);
});
await steps.run('tokens of one verify with the keys of the other', async () => {
  const kid = JSON.parse(Buffer.from((await browser.token()).split('.')[0], 'base64url')).kid;
  for (const { origin } of servers) {
    const { keys: published } = JSON.parse((await rawRequest(origin, { path: '/.well-known/jwks.json' })).body);
    assert.ok(published.some(key => key.kid === kid));
  }
});
await steps.run('the Backend API of both knows the user', async () => {
  for (const { origin } of servers) {
    const answer = await rawRequest(origin, { path: `/__bapi/v1/users/${browser.userId}`, headers: { authorization: `Bearer ${keys.CLERK_SECRET_KEY}` } });
    assert.equal(answer.status, 200);
  }
});
await steps.check('no developer tools: no outbox page, no code 424242', async () => {
  assert.equal((await rawRequest(servers[0].origin, { path: '/__dev/outbox' })).status, 404);
  const stranger = new FrontendClient(servers[0].origin, { page: 'http://localhost:4000' });
  await assert.rejects(stranger.signUp({ email: freshEmail(), password, code: () => '424242' }), { code: 'form_code_incorrect' });
});
await steps.check('health, readiness and metrics', async () => {
  const get = async (path, headers = {}) => rawRequest(servers[0].origin, { path, headers });
  assert.equal((await get('/__clerkd/health')).status, 200);
  assert.equal((await get('/__clerkd/ready')).status, 200);
  assert.equal((await get('/__clerkd/metrics')).status, 401);
  const metrics = await get('/__clerkd/metrics', { authorization: `Bearer ${keys.CLERK_SECRET_KEY}` });
  assert.equal(metrics.status, 200);
  assert.match(metrics.body, /http_request_duration_seconds_count\{[^}]*route="\/__clerk\/v1\/client\/sign_ups"/);
});
await steps.check('one restarts while the other serves, and the session lives on', async () => {
  const [first] = servers.splice(0, 1);
  assert.equal(await first.program.stop(), 0);
  servers.push(servers[0]);
  await browser.token();
  servers.pop();
  await start();
  await browser.token();
});
await steps.run('signing out at one is known at the other', async () => {
  await browser.signOut();
  for (let i = 0; i < 2; i++) await assert.rejects(browser.token());
});
await steps.check('without its database it is alive and not ready, and says why', async () => {
  await postgres.stop();
  assert.equal((await rawRequest(servers[0].origin, { path: '/__clerkd/health' })).status, 200);
  assert.equal((await rawRequest(servers[0].origin, { path: '/__clerkd/ready' })).status, 503);
  await servers[0].program.line(/clerkd: not ready: database .*(no connection|starting)/);
});
await steps.check('no log line holds a key, a password or a code', async () => {
  const secrets = [keys.CLERK_SECRET_KEY, password, codeIn(await mail.mailTo(email))];
  for (const { program } of servers) for (const line of program.lines) assert.ok(!secrets.some(secret => line.includes(`"${secret}"`) || (secret.length > 6 && line.includes(secret))), 'a secret stands in the log');
});
await steps.run('both stop when they are asked to', async () => {
  for (const { program } of servers) assert.equal(await program.stop(), 0);
  mail.stop();
});
await steps.check('what cannot work is said in one line before anything is opened', async () => {
  const cases = [
    [[], /--origin must say where browsers reach/],
    [['--origin', 'http://accounts.example.com'], /--origin must be https/],
    [['--origin', 'https://accounts.example.com'], /choose one of --data .* and --database/],
    [['--origin', 'https://accounts.example.com', '--data', 'x'], /nobody would get a code/],
    [['--origin', 'https://accounts.example.com', '--data', 'x', '--listen', '4000'], /--listen must be HOST:PORT/],
    [['--origin', 'https://accounts.example.com', '--data', 'x', '--tls-key', 'x'], /go together/],
    [['--config', '/nowhere'], /\/nowhere/],
  ];
  for (const [args, text] of cases) {
    const { code, line } = ending('serve', ...args);
    assert.equal(code, 2, line);
    assert.match(line, text);
  }
});
steps.finish();
