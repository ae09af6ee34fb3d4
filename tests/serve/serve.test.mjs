// `clerkd serve` as an operator runs it: two of them over one PostgreSQL database, mails by a mail server.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { existsSync, writeFileSync } from 'node:fs';
import { FrontendClient, freshEmail } from '../harness/frontend_client.mjs';
import { assertNoSecrets, parseDotenv } from '../harness/instance.mjs';
import { MailServer } from '../harness/mail_server.mjs';
import { startPostgres } from '../harness/postgres.mjs';
import { Program, binaries, freePort, temporaryFolder } from '../harness/process.mjs';
import { rawRequest } from '../harness/raw_request.mjs';
import { Steps } from '../harness/steps.mjs';
import { attackSteps } from './attack_steps.mjs';

const steps = new Steps('serve');
const clerkd = path.join(binaries, 'clerkd');
const folder = temporaryFolder('serve');
const email = freshEmail(false), password = 'correct horse 42!';
let postgres, mail, configuration, keys, browser;
const servers = [], started = [];

const start = async (...args) => {
  const port = await freePort();
  const program = new Program(clerkd, ['serve', '--config', configuration, '--listen', `127.0.0.1:${port}`, ...args],
    { env: { CLERKD_DATABASE: postgres.url } });
  await program.line(/clerkd: listening at/);
  const server = { origin: `http://127.0.0.1:${port}`, program };
  servers.push(server);
  started.push(server);
  return server;
};
/** How a command ends that cannot work, and what it says. */
const ending = (...args) => {
  const { status, stderr } = spawnSync(clerkd, args, { encoding: 'utf8', timeout: 30_000 });
  return { code: status, text: stderr };
};
const codeIn = ({ text }) => /\b(\d{6})\b/.exec(text)[1];

await steps.run('a database server and a mail server', async () => {
  postgres = await startPostgres();
  mail = await new MailServer().start();
  configuration = path.join(folder, 'clerkd.conf');
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
await steps.run('servers are replaced one after the other under load, and no request that was taken is lost', async () => {
  let going = true, done = 0;
  const reached = waiting => new Promise(resolve => { const look = () => (done >= waiting ? resolve() : setTimeout(look, 5)); look(); });
  /** Makes users one after another: at whichever server takes the connection, once each. */
  const client = async number => {
    for (let i = 0; going; i++) {
      const body = JSON.stringify({ username: `load_${number}_${i}`, skip_password_requirement: true, skip_user_requirement: true });
      for (let turn = number; ; turn++) {
        const answer = await rawRequest(servers[turn % servers.length].origin, { method: 'POST', path: '/__bapi/v1/users', body,
          headers: { authorization: `Bearer ${keys.CLERK_SECRET_KEY}`, 'content-type': 'application/json' } }).catch(() => null);
        if (!answer) continue;  // nobody took it: had it been taken, the next server would say that the name is
        assert.equal(answer.status, 200, answer.body);
        break;
      }
      done++;
    }
  };
  const clients = Promise.all([...Array(6).keys()].map(client));
  const failed = clients.then(() => null, error => error);
  for (let round = 0; round < 4; round++) {
    await Promise.race([reached(done + 30), failed.then(error => { if (error) throw error; })]);
    const old = servers[0];
    await start();        // a new one is there
    servers.shift();      // nobody is sent to the old one any more
    assert.equal(await old.program.stop(), 0);
  }
  going = false;
  await clients;
});
await steps.check('Prometheus asks at an address of its own, without a key, and learns what waits', async () => {
  const port = await freePort();
  const server = await start('--metrics-listen', `127.0.0.1:${port}`);
  servers.splice(servers.indexOf(server), 1);
  const { status, body } = await rawRequest(`http://127.0.0.1:${port}`, { path: '/metrics' });
  assert.equal(status, 200);
  for (const text of [/^clerkd_users \d+$/m, /^clerkd_messages_queued 0$/m, /^clerkd_database_up 1$/m, /process_resident_memory_bytes/]) assert.match(body, text);
  assert.equal((await rawRequest(server.origin, { path: '/metrics' })).status, 404);
  assert.equal((await rawRequest(`http://127.0.0.1:${port}`, { path: '/v1/client' })).status, 404);
  assert.equal(await server.program.stop(), 0);
});
await attackSteps({ steps, start: (...args) => start(...args).then(server => servers.splice(servers.indexOf(server), 1)[0]), secretKey: () => keys.CLERK_SECRET_KEY });
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
await steps.check('no log line holds a key, a password, a code, a token or a cookie', async () => {
  // What is shorter than a token (a time, a flag) is no secret, and stands in many lines by chance.
  const cookies = browser.jar.names().map(name => browser.jar.get(name)).filter(value => value.length > 24);
  assert.ok(cookies.length > 0);
  const code = new RegExp(`["=\\s]${codeIn(await mail.mailTo(email))}\\b`);
  for (const { program } of started) {
    assertNoSecrets(program.lines, [keys.CLERK_SECRET_KEY, password, ...cookies]);
    assert.ok(!program.lines.some(line => code.test(line)), 'a code stands in the log');
  }
});
await steps.run('both stop when they are asked to', async () => {
  for (const { program } of servers) assert.equal(await program.stop(), 0);
  mail.stop();
});
await steps.check('what cannot work is said before anything is opened, each thing in a line', async () => {
  const good = ['--origin', 'https://accounts.example.com', '--data', path.join(folder, 'never'), '--smtp-url', 'smtp://localhost', '--mail-from', 'a@example.com'];
  const cases = [
    [[], /--origin must say where browsers reach/, /choose one of --data .* and --database/, /nobody would get a code/],
    [[...good, '--origin', 'http://accounts.example.com'], /--origin must be https/],
    [[...good, '--database', 'postgresql:///x'], /choose one of --data/],
    [[...good, '--listen', '4000', '--metrics-listen', '/nowhere/at/all'], /--listen must be HOST:PORT/, /--metrics-listen: there is no folder/],
    [[...good, '--metrics-listen', '127.0.0.1:4000'], /--metrics-listen must be another address/],
    [[...good, '--tls-key', 'x'], /go together/],
    [[...good, '--tls-key', '/nowhere/key', '--tls-certificate', '/nowhere/certificate'], /\/nowhere\/key: No such file/],
    [[...good, '--tls-key', path.join(folder, 'clerkd.conf'), '--tls-certificate', path.join(folder, 'clerkd.conf')], /no certificate in PEM/],
    [[...good, '--trust-proxy', '10.0.0.0/99'], /--trust-proxy: .*invalid IP address/],
    [[...good, '--allow-origin', 'app.example.com'], /--allow-origin must be an origin/],
    [[...good, '--webhook', 'ftp://x', '--threads', '0', '--log-level', 'loud'], /--threads must be a number from 1 to 256/, /--log-level must be one of/, /--webhook must be/],
    [[...good, '--smtp-url', 'mail.example.com'], /--smtp-url, --mail-from: the mail server is no address/],
    [[...good, '--message-webhook', 'https://x.example'], /--message-webhook and --message-webhook-secret go together/],
    [[...good, '--settings', path.join(folder, 'settings.json')], /"nonsense" is unknown/, /"passkey" must be true or false/],
    [[...good, '--settings', '/nowhere'], /settings file \/nowhere cannot be read/],
    [['--config', '/nowhere'], /--config: \/nowhere: No such file/],
    [['--config', path.join(folder, 'wrong.conf')], /wrong.conf:1: there is no option lissen/, /--threads must be .* \(.*wrong.conf:2\)/, /wrong.conf:3: a value must be/],
  ];
  writeFileSync(path.join(folder, 'settings.json'), '{"nonsense": 1, "passkey": "yes"}');
  writeFileSync(path.join(folder, 'wrong.conf'), 'lissen = "x"\nthreads = "many"\nname = Example\n');
  for (const [args, ...texts] of cases) {
    const { code, text } = ending('serve', ...args);
    assert.equal(code, 2, text);
    for (const each of texts) assert.match(text, each);
  }
  assert.ok(!existsSync(path.join(folder, 'never')));
  const { text } = ending('serve', ...good, '--encryption-key', 'short');
  assert.match(text, /--encryption-key is too short/);
  assert.ok(!text.includes('short\n') || !text.includes("'short'"));
});
steps.finish();
