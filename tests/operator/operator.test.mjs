// What an operator does beside servers that run: users, sessions, outbox, migrations, import and export, doctor; on both engines.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FrontendClient, freshEmail } from '../harness/frontend_client.mjs';
import { MailServer } from '../harness/mail_server.mjs';
import { startPostgres } from '../harness/postgres.mjs';
import { Program, binaries, freePort, temporaryFolder } from '../harness/process.mjs';
import { rawRequest } from '../harness/raw_request.mjs';
import { Steps } from '../harness/steps.mjs';

const steps = new Steps('operator');
const clerkd = path.join(binaries, 'clerkd');
const folder = temporaryFolder('operator');
const password = 'correct horse 42!';
const codeIn = ({ text }) => /\b(\d{6})\b/.exec(text)[1];
const postgres = await startPostgres();
const mail = await new MailServer().start();

/** Runs a command to its end. */
const run = (database, args, input = '') => {
  const { status, stdout, stderr } = spawnSync(clerkd, [...args, ...database], { encoding: 'utf8', input, timeout: 60_000, maxBuffer: 1 << 28 });
  return { code: status, out: stdout, err: stderr };
};
const ok = (database, args, input) => {
  const result = run(database, args, input);
  assert.equal(result.code, 0, `${args.join(' ')}: ${result.err}${result.out}`);
  return result;
};
const json = (database, args) => JSON.parse(ok(database, [...args, '--json']).out);

async function examine(engine, database) {
  const name = text => `${engine}: ${text}`;
  let server, origin, browser;
  const email = freshEmail(false);

  await steps.run(name('a dry run tells the steps and makes nothing'), async () => {
    const { out } = ok(database, ['migrate', '--dry-run']);
    assert.match(out, new RegExp(`^${engine} .* has schema version 0, this program \\d+: \\d+ steps to run\n1 core\n`));
    assert.match(ok(database, ['migrate', '--sql']).out, /create table users/);
    assert.equal(ok(database, ['migrate', '--dry-run']).out, out);
    if (engine === 'SQLite') assert.ok(!existsSync(database[1]));
  });
  await steps.check(name('commands refuse a database that is not there yet, and say what to do'), async () => {
    const { code, err } = run(database, ['users', 'list']);
    assert.equal(code, 1);
    assert.match(err, /has no tables yet.*clerkd migrate/);
    if (engine === 'SQLite') assert.ok(!existsSync(database[1]));
  });
  await steps.run(name('migrate makes the tables, once'), async () => {
    assert.match(ok(database, ['migrate']).out, /is up to date \(\d+ steps run\)/);
    assert.equal(ok(database, ['migrate']).out, 'clerkd: the database is up to date\n');
    assert.match(ok(database, ['migrate', '--dry-run']).out, /nothing is to be done/);
  });
  await steps.run(name('a server runs on it, and somebody signs up'), async () => {
    const port = await freePort();
    server = new Program(clerkd, ['serve', ...database, '--listen', `127.0.0.1:${port}`, '--origin', 'http://localhost:4000',
      '--smtp-url', mail.url, '--mail-from', 'a@example.com', '--webhook', 'http://127.0.0.1:9/hook']);
    await server.line(/clerkd: listening at/);
    origin = `http://127.0.0.1:${port}`;
    browser = new FrontendClient(origin, { page: 'http://localhost:4000' });
    await browser.signUp({ email, password, code: async () => codeIn(await mail.mailTo(email)) });
  });
  await steps.check(name('users are listed, found by what people call them, and shown'), async () => {
    assert.deepEqual(json(database, ['users', 'list']).map(user => user.id), [browser.userId]);
    assert.match(ok(database, ['users', 'list', email.slice(0, 8)]).out, new RegExp(`^ID .*\n${browser.userId}  ${email} `));
    for (const who of [browser.userId, email]) assert.equal(json(database, ['users', 'show', who]).id, browser.userId);
    assert.match(ok(database, ['users', 'show', email]).out, /^password_enabled: true$/m);
    assert.equal(run(database, ['users', 'show', 'nobody@example.com']).code, 1);
    assert.match(run(database, ['users', 'show', 'user_none']).err, /resource_not_found/);
  });
  await steps.check(name('a user is made with a password that stands on no command line, and signs in'), async () => {
    const other = freshEmail(false);
    const made = JSON.parse(ok(database, ['users', 'create', '--email', other, '--first-name', 'Bob', '--password-stdin', '--json'], `${password}\n`).out);
    assert.match(made.id, /^user_/);
    assert.match(run(database, ['users', 'create', '--email', other, '--password-stdin'], 'short\n').err, /form_|taken|characters/);
    const second = new FrontendClient(origin, { page: 'http://localhost:4000' });
    await second.signIn({ email: other, password });
    assert.match(run(database, ['users', 'delete', other]).err, /say --yes/);
    ok(database, ['users', 'delete', other, '--yes']);
    await assert.rejects(second.token());
    assert.equal(run(database, ['users', 'show', made.id]).code, 1);
  });
  await steps.check(name('sessions are listed and revoked, and the server knows at once'), async () => {
    const [session] = json(database, ['sessions', 'list', email]);
    assert.equal(session.status, 'active');
    assert.match(ok(database, ['sessions', 'revoke', session.id]).out, /is revoked/);
    await assert.rejects(browser.token());
    assert.equal(run(database, ['sessions', 'revoke', session.id + 'x']).code, 1);
    browser = new FrontendClient(origin, { page: 'http://localhost:4000' });
    await browser.signIn({ email, password });
    ok(database, ['sessions', 'revoke', '--user', email]);
    await assert.rejects(browser.token());
  });
  await steps.check(name('a ban and a lock keep out, and end'), async () => {
    const attempt = () => new FrontendClient(origin, { page: 'http://localhost:4000' }).signIn({ email, password });
    for (const [begin, end] of [['ban', 'unban'], ['lock', 'unlock']]) {
      ok(database, ['users', begin, email]);
      await assert.rejects(attempt());
      assert.match(ok(database, ['users', 'list', email]).out, /(banned|locked)$/m);
      ok(database, ['users', end, email]);
      await attempt();
    }
    const { code, out, err } = run(database, ['users', 'ban', 'nobody', email]);
    assert.equal(code, 1);
    assert.match(err, /clerkd: nobody: there is no user/);
    assert.match(out, /is banned/);
    ok(database, ['users', 'unban', email]);
  });
  await steps.check(name('the outbox shows how messages and webhooks go, and never what they say'), async () => {
    const look = () => json(database, ['outbox', 'list', '--limit', '100']);
    const find = entries => entries.find(entry => entry.kind === 'email' && entry.to === email);
    // The mail is here before the server has written down that it left.
    while (find(look()).status !== 'delivered') await new Promise(setImmediate);
    const entries = look(), message = find(entries);
    const webhook = entries.find(entry => entry.kind === 'webhook' && entry.what === 'user.created');
    assert.equal(webhook.to, 'http://127.0.0.1:9/hook');
    const all = ok(database, ['outbox', 'list', '--limit', '100']).out + JSON.stringify(entries);
    assert.ok(!all.includes(codeIn(await mail.mailTo(email))));
    assert.match(run(database, ['outbox', 'retry', message.id]).err, /was delivered/);
    assert.match(run(database, ['outbox', 'retry', 'ema_none']).err, /is not in the outbox/);
    assert.match(ok(database, ['outbox', 'show', webhook.id]).out, /^what: user.created$/m);
    assert.ok(json(database, ['outbox', 'list', '--kind', 'message']).every(entry => entry.kind !== 'webhook'));
  });
  await steps.check(name('commands leave the webhook endpoints of the server alone'), async () => {
    ok(database, ['keys', '--origin', 'http://localhost:4000']);
    const before = json(database, ['outbox', 'list', '--kind', 'webhook', '--limit', '500']).length;
    ok(database, ['users', 'ban', email]);
    ok(database, ['users', 'unban', email]);
    assert.ok(json(database, ['outbox', 'list', '--kind', 'webhook', '--limit', '500']).length > before);
  });
  await steps.run(name('users come in from a CSV, with their passwords, while the server runs'), async () => {
    const file = path.join(folder, `${engine}.csv`);
    writeFileSync(file, 'id,first_name,primary_email_address,password_digest,password_hasher\n' +
      `user_imported1,Ada,${engine}1@example.com,5f4dcc3b5aa765d61d8327deb882cf99,md5\n` +
      `user_imported2,Bob,${email},,\nuser_imported3,Eve,${engine}3@example.com,x,rot13\n`);
    const first = run(database, ['import', file]);
    assert.equal(first.code, 1);
    assert.equal(first.out, '1 imported, 0 there already, 2 refused\n');
    assert.match(first.err, /\.csv:3: email_addresses: one is another user's/);
    assert.match(first.err, /\.csv:4: password_hasher: is unknown: rot13/);
    const again = run(database, ['import', file, '--without-unknown-passwords']);
    assert.equal(again.out, '1 imported, 1 there already, 1 refused\n');
    await new FrontendClient(origin, { page: 'http://localhost:4000' }).signIn({ email: `${engine}1@example.com`, password: 'password' });
    assert.equal(json(database, ['users', 'show', 'user_imported1']).first_name, 'Ada');
    assert.equal(run(database, ['import', path.join(folder, 'none.csv')]).code, 1);
  });
  await steps.check(name('an export comes back as it was in another database'), async () => {
    const file = path.join(folder, `${engine}.json`), other = ['--data', path.join(folder, `other-${engine}`)];
    ok(database, ['export', file]);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(run(database, ['export', file]).code, 1, 'an export writes over no file');
    ok(other, ['migrate']);
    assert.equal(ok(other, ['import', file]).out, `${JSON.parse(readFileSync(file, 'utf8')).length} imported, 0 there already, 0 refused\n`);
    assert.equal(ok(other, ['export']).out, readFileSync(file, 'utf8'));
    assert.ok(!ok(database, ['export', '--without-secrets']).out.includes('password_digest'));
  });
  await steps.check(name('the doctor finds nothing wrong, and finds what is'), async () => {
    const args = ['doctor', '--origin', 'http://localhost:4000', '--listen', new URL(origin).host, '--smtp-url', mail.url, '--mail-from', 'a@example.com'];
    const healthy = run(database, args);
    assert.equal(healthy.code, 0, healthy.out + healthy.err);
    for (const line of [/^ok: configuration: /m, new RegExp(`^ok: database: ${engine} `, 'm'), /^ok: keys: can be read/m, /^(ok|warning): outbox: /m,
      /^(ok|warning): clock: /m, /^ok: mail: .* answers$/m, /^warning: port: .* is in use/m]) assert.match(healthy.out, line);
    const ill = run(database, ['doctor', '--origin', 'http://accounts.example.com', '--smtp-url', 'smtp://127.0.0.1:1', '--mail-from', 'x',
      '--encryption-key', 'another key that is long enough', '--listen', '127.0.0.1:0', '--json']);
    assert.equal(ill.code, 1);
    const problems = JSON.parse(ill.out).filter(({ kind }) => kind === 'problem').map(({ subject }) => subject);
    assert.ok(problems.includes('configuration') && problems.includes('mail'), ill.out);
  });
  await steps.run(name('the server stops'), async () => assert.equal(await server.stop(), 0));
}

await examine('SQLite', ['--data', path.join(folder, 'data')]);
await examine('PostgreSQL', ['--database', postgres.url]);

await steps.check('help tells of every command, and wrong use of its own exit code', async () => {
  for (const args of [['--help'], ['users', '--help'], ['users', 'list', '--help'], ['doctor', '--help'], ['import', '--help']]) {
    assert.match(ok([], args).out, /Usage: /);
  }
  for (const args of [[], ['nonsense'], ['users'], ['users', 'frobnicate'], ['users', 'list'], ['users', 'show', '--data', folder],
    ['outbox', 'list', '--data', folder, '--status', 'lost'], ['users', 'list', '--data', folder, '--limit', 'many'], ['keys', '--data', folder, '--', 'ls']]) {
    const { code, err } = run([], args);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, /^clerkd: /);
  }
});
mail.stop();
await postgres.stop();
steps.finish();
