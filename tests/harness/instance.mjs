// An instance (`clerkd dev`) and the example app, as an app's developer starts them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Program, binaries, freePort, root, temporaryFolder } from './process.mjs';

const NAMES = ['CLERK_PUBLISHABLE_KEY', 'CLERK_SECRET_KEY', 'CLERK_API_URL', 'CLERK_FAPI_URL', 'CLERK_JWT_KEY'];

/** Reads `NAME=value` and `NAME="value"` lines (in quotes, `\n` is a line break). */
export function parseDotenv(lines) {
  const values = {};
  for (const line of lines) {
    const match = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)=(.*)$/.exec(line);
    if (!match) continue;
    const quoted = /^"(.*)"\s*$/.exec(match[2]);
    values[match[1]] = quoted ? quoted[1].replace(/\\n/g, '\n') : match[2].trim();
  }
  return values;
}

/**
 * Starts `clerkd dev` on a free port with new data. `env` is what it prints for apps; `origin` serves pages and Frontend API.
 * With `CLERK_TEST_ORIGIN` set nothing is started: the instance runs there already and the CLERK_* variables describe it.
 */
export async function startInstance({ data = temporaryFolder('data'), args = [], program: command = path.join(binaries, 'clerkd'), cwd } = {}) {
  if (process.env.CLERK_TEST_ORIGIN) {
    const env = Object.fromEntries(NAMES.map(name => [name, process.env[name]]));
    return { origin: process.env.CLERK_TEST_ORIGIN, env, log: () => [], stop: async () => 0 };
  }
  const program = new Program(command, ['dev', '--port', '0', '--data', data, ...args], { cwd });
  for (const name of NAMES) await program.line(new RegExp(`^\\s*(export\\s+)?${name}=`));
  const printed = parseDotenv(program.lines);
  const env = Object.fromEntries(Object.entries(printed).filter(([name]) => name.startsWith('CLERK_')));
  const log = () => program.lines.filter(line => line.startsWith('{'));
  return { origin: new URL(env.CLERK_FAPI_URL).origin, env, log, program, stop: () => program.stop() };
}

/** An instance with settings of its own (docs/instance-settings.md) that tests may control (docs/test-control.md). */
export function startWith(settings, args = []) {
  const file = path.join(temporaryFolder('settings'), 'settings.json');
  writeFileSync(file, JSON.stringify(settings));
  return startInstance({ args: ['--settings', file, '--test-control', ...args] });
}

/** The Backend API of an instance: the parsed answer; fails when it is an error. */
export async function backend({ env }, method, where, body) {
  const response = await fetch(`${env.CLERK_API_URL}/v1${where}`, {
    method, body: body && JSON.stringify(body),
    headers: { authorization: `Bearer ${env.CLERK_SECRET_KEY}`, 'content-type': 'application/json' },
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${where}: ${response.status} ${text}`);
  return text && JSON.parse(text);
}

/** Moves the clock of an instance with test control that many seconds ahead of the computer's. */
export async function setClock({ origin }, aheadSeconds) {
  const response = await fetch(`${origin}/__control/clock`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ahead_seconds: aheadSeconds }),
  });
  assert.equal(response.status, 200);
}

/** Fails when a log line holds a token, a code of a request, or one of `secrets`. The failure does not repeat it. */
export function assertNoSecrets(lines, secrets) {
  const patterns = [/eyJ[\w-]{10,}\.eyJ/, /sk_(live|test)_\w{10}/, /(code|password|ticket|nonce)=[^&"]/];
  for (const line of lines) {
    assert.ok(!secrets.some(secret => line.includes(secret)), 'a secret of the test stands in the log');
    for (const pattern of patterns) assert.ok(!pattern.test(line), `${pattern} stands in a log line`);
  }
}

/** Starts an app that reads PORT and the CLERK_* variables; `log` is its output. `origin` is where it answers. */
export async function startApp(command, args, env) {
  const port = await freePort();
  // Its own folder: a .env of the developer's must not be read.
  const program = new Program(command, args, { env: { ...env, PORT: String(port) }, cwd: temporaryFolder('app') });
  await program.line(/Server listening at /);
  return { origin: `http://localhost:${port}`, port, program, stop: () => program.stop() };
}

export const startQuickstart = env => startApp(path.join(binaries, 'quickstart'), [], env);

/** The document's program with Clerk's own SDK, in Node (see tests/twin). */
export const startNodeTwin = (env, name = 'all_routes.mjs') =>
  startApp(process.execPath, [path.join(root, 'tests/twin', name)], env);
