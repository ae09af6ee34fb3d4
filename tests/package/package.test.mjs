// The Debian package: built, looked into, installed into a folder that stands for a system, run from there, upgraded, removed, purged.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { FrontendClient, freshEmail } from '../harness/frontend_client.mjs';
import { MailServer } from '../harness/mail_server.mjs';
import { Program, freePort, root, temporaryFolder } from '../harness/process.mjs';
import { rawRequest } from '../harness/raw_request.mjs';
import { Steps } from '../harness/steps.mjs';

const steps = new Steps('package');
const build = process.env.CLERK_BUILD ?? path.join(root, 'build/release');
const output = temporaryFolder('package'), system = temporaryFolder('system');
const spawn = (command, args, options = {}) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  return { code: status, out: stdout ?? '', err: (stderr ?? '') + (error ?? '') };
};
const run = (command, ...args) => {
  const { code, out, err } = spawn(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: ${code}\n${out}${err}`);
  return out;
};
const has = command => spawn('sh', ['-c', `command -v ${command}`]).code === 0;
const inside = file => path.join(system, file);
let deb, server, email;

await steps.run('the package is built', async () => {
  deb = run(path.join(root, 'scripts/package'), '--build', build, '--output', output).trim();
  assert.ok(existsSync(deb));
});
await steps.check('its dependencies are those of the program, and its files where Debian has them', async () => {
  const control = run('dpkg-deb', '-f', deb);
  assert.match(control, /^Package: clerkd$/m);
  for (const name of ['adduser', 'libc6', 'libpq5', 'libcurl4', 'libargon2-1', 'libsqlite3-0', 'libxml2', 'libxmlsec1-openssl']) assert.match(control, new RegExp(`^Depends: .*\\b${name}\\b`, 'm'));
  const files = run('dpkg-deb', '-c', deb).trim().split('\n').map(line => line.split(/\s+/));
  const names = files.map(([, , , , , name]) => name);
  for (const name of ['usr/bin/clerkd', 'lib/systemd/system/clerkd.service', 'lib/systemd/system/clerkd.socket', 'usr/lib/sysusers.d/clerkd.conf',
    'etc/clerk/clerkd.conf', 'usr/share/man/man1/clerkd.1.gz', 'usr/share/doc/clerkd/copyright',
    'usr/share/clerk/portal/node_modules/@clerk/clerk-js/dist/clerk.browser.js', 'usr/share/clerk/portal/node_modules/@clerk/ui/dist/ui.browser.js']) {
    assert.ok(names.includes(`./${name}`), name);
  }
  for (const [mode, owner, , , , name] of files) {
    assert.equal(owner, 'root/root', name);
    assert.ok(mode[8] !== 'w', `${name} can be written by everybody`);
    assert.ok(!/\.hpp$|\.a$|\/test/.test(name), name);
  }
});
await steps.check('its scripts are shell, and its manual page is one', async () => {
  const control = path.join(output, 'control');
  run('dpkg-deb', '-e', deb, control);
  for (const script of ['postinst', 'prerm', 'postrm']) run('sh', '-n', path.join(control, script));
  assert.equal(readFileSync(path.join(control, 'conffiles'), 'utf8'), '/etc/clerk/clerkd.conf\n');
  if (has('man')) assert.equal(spawn('man', ['--warnings', '-l', '-Z', path.join(root, 'packaging/clerkd.1')]).err, '');
});

/** dpkg with a database of its own over the folder; scripts see it as DPKG_ROOT. */
const dpkg = (...args) => {
  const asRoot = process.getuid() === 0 ? [] : ['fakeroot'];
  return run(...asRoot, 'dpkg', `--root=${system}`, '--force-depends', '--force-script-chrootless', '--force-not-root', `--log=${inside('dpkg.log')}`, ...args);
};
await steps.run('dpkg installs it into a folder', async () => {
  mkdirSync(inside('var/lib/dpkg/info'), { recursive: true });
  mkdirSync(inside('var/lib/dpkg/updates'), { recursive: true });
  for (const file of ['status', 'available']) writeFileSync(inside(`var/lib/dpkg/${file}`), '');
  dpkg('-i', deb);
  assert.match(run('dpkg-query', `--admindir=${inside('var/lib/dpkg')}`, '-W', 'clerkd'), /^clerkd\s/);
  assert.match(run(inside('usr/bin/clerkd'), '--version'), /^clerkd \d/);
});
await steps.check('the units are right', async () => {
  if (!has('systemd-analyze')) return;
  // What it runs lies in the folder, and the units that it waits for are the system's own.
  const { code, out, err } = spawn('systemd-analyze', ['verify', '--root', system, '--man=no', inside('lib/systemd/system/clerkd.service')]);
  const complaints = (out + err).split('\n').filter(line => line.includes('clerkd') && !/not found|Failed to load|not-found/.test(line));
  assert.deepEqual(complaints, [], String(code));
  const security = spawn('systemd-analyze', ['security', '--offline=true', '--threshold=25', '--no-pager', inside('lib/systemd/system/clerkd.service')]);
  assert.equal(security.code, 0, security.out.split('\n').slice(-3).join('\n') + security.err);
});
await steps.check('the configuration as it comes says what is missing', async () => {
  const { code, err } = spawn(inside('usr/bin/clerkd'), ['serve', '--config', inside('etc/clerk/clerkd.conf')]);
  assert.equal(code, 2);
  assert.match(err, /--origin must say/);
  assert.match(err, /nobody would get a code/);
});
await steps.run('completed, it serves a sign-up and a sign-in', async () => {
  const mail = await new MailServer().start(), port = await freePort();
  const data = inside('var/lib/clerk');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const configuration = readFileSync(inside('etc/clerk/clerkd.conf'), 'utf8').replace('"/var/lib/clerk"', JSON.stringify(data)) +
    `origin = "http://localhost:4000"\nsmtp-url = "${mail.url}"\nmail-from = "a@example.com"\n`;
  writeFileSync(inside('etc/clerk/clerkd.conf'), configuration);
  server = new Program(inside('usr/bin/clerkd'), ['serve', '--config', inside('etc/clerk/clerkd.conf'), '--listen', `127.0.0.1:${port}`]);
  await server.line(/clerkd: listening at/);
  const origin = `http://127.0.0.1:${port}`;
  email = freshEmail(false);
  const person = { email, password: 'correct horse 42!' };
  await new FrontendClient(origin, { page: 'http://localhost:4000' })
    .signUp({ ...person, code: async () => /\b(\d{6})\b/.exec((await mail.mailTo(email)).text)[1] });
  await (await new FrontendClient(origin, { page: 'http://localhost:4000' }).signIn(person)).token();
  assert.equal((await rawRequest(origin, { path: '/npm/@clerk/ui@1/dist/ui.browser.js' })).status, 200);
  assert.equal((await rawRequest(origin, { path: '/sign-in' })).status, 200);
  assert.equal(await server.stop(), 0);
  mail.stop();
});
await steps.check('the socket that systemd holds is taken', async () => {
  const holder = createServer();
  await new Promise(resolve => holder.listen(0, '127.0.0.1', resolve));
  const port = String(holder.address().port);
  // As systemd does: the socket is descriptor 3, and the process is told that it is meant.
  const program = new Program('sh', ['-c', `LISTEN_PID=$$ LISTEN_FDS=1 exec '${inside('usr/bin/clerkd')}' serve --config '${inside('etc/clerk/clerkd.conf')}'`],
    { stdio: [holder._handle.fd] });
  holder.close();  // the program has it now; two that accept would take turns
  const [, address] = await program.line(/clerkd: listening at (\S+),/);
  assert.equal(new URL(address).port, port);
  assert.equal((await rawRequest(address, { path: '/__clerkd/ready' })).status, 200);
  assert.equal(await program.stop(), 0);
});
await steps.run('an upgrade keeps the configuration and the data', async () => {
  const before = readFileSync(inside('etc/clerk/clerkd.conf'), 'utf8');
  dpkg('--force-confdef', '--force-confold', '-i', deb);
  assert.equal(readFileSync(inside('etc/clerk/clerkd.conf'), 'utf8'), before);
  assert.match(run(inside('usr/bin/clerkd'), 'users', 'show', email, '--config', inside('etc/clerk/clerkd.conf')), /password_enabled: true/);
});
await steps.run('removing keeps both, purging takes the configuration and says that the data stay', async () => {
  dpkg('-r', 'clerkd');
  assert.ok(!existsSync(inside('usr/bin/clerkd')));
  assert.ok(existsSync(inside('etc/clerk/clerkd.conf')));
  dpkg('-P', 'clerkd');
  assert.ok(!existsSync(inside('etc/clerk')));
  assert.ok(existsSync(inside('var/lib/clerk/clerk.db')));
  assert.ok(!existsSync(inside('usr/share/clerk')));
});
steps.finish();
