// What `bench/run sdk` runs: see there. Our SDK and Clerk's for Node take turns with the same tokens and keys; the table
// shows medians over the rounds. CPU is what the operating system says of each process, user and system.
import { execFile, execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { Worker, isMainThread, parentPort } from 'node:worker_threads';
import { TokenMaker } from '../tests/harness/tokens.mjs';

const USER = JSON.stringify({
  id: 'user_1', object: 'user', username: null, first_name: 'Ada', last_name: 'Lovelace', image_url: 'https://img.example.com/1', has_image: true,
  primary_email_address_id: 'idn_1', primary_phone_number_id: null, primary_web3_wallet_id: null, password_enabled: true, two_factor_enabled: false,
  totp_enabled: false, backup_code_enabled: false,
  email_addresses: [{
    id: 'idn_1', object: 'email_address', email_address: 'ada@example.com', reserved: false, linked_to: [], matches_sso_connection: false,
    verification: { object: 'verification_from_oauth', status: 'verified', strategy: 'email_code', attempts: 1, expire_at: 1750000000000 },
    created_at: 1750000000000, updated_at: 1750000000000,
  }],
  phone_numbers: [], web3_wallets: [], passkeys: [], external_accounts: [], saml_accounts: [], enterprise_accounts: [], organization_memberships: [],
  public_metadata: { plan: 'gold' }, private_metadata: {}, unsafe_metadata: { theme: 'dark' }, external_id: null, last_sign_in_at: 1750000000000,
  banned: false, locked: false, lockout_expires_in_seconds: null, verification_attempts_remaining: 100, created_at: 1750000000000,
  updated_at: 1750000000000, delete_self_enabled: true, create_organization_enabled: true, last_active_at: 1750000000000,
  mfa_enabled_at: null, mfa_disabled_at: null, legal_accepted_at: null, profile_image_url: 'https://img.example.com/1',
});

/** The Backend API of the benchmark answers every request with one user, on a thread of its own. */
function answerUsers() {
  http.createServer((request, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(USER) }).end(USER);
  }).listen(0, '127.0.0.1', function () { parentPort.postMessage(this.address().port); });
}

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Node's packages: those of the tests when they are installed, else the same versions in the build folder. */
function nodeScript(build) {
  const folder = path.join(build, 'bench');
  mkdirSync(folder, { recursive: true });
  const installed = path.join(root, 'tests/node_modules'), modules = path.join(folder, 'node_modules');
  if (existsSync(installed)) {
    rmSync(modules, { recursive: true, force: true });
    symlinkSync(installed, modules);
  } else if (!existsSync(modules)) {
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(path.join(root, 'tests', file), path.join(folder, file));
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' });
  }
  copyFileSync(path.join(root, 'bench/node/sdk.mjs'), path.join(folder, 'sdk.mjs'));
  return path.join(folder, 'sdk.mjs');
}

const median = values => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
const time = ns => ns === undefined ? '' : ns < 10_000 ? `${ns.toFixed(0)} ns` : `${(ns / 1000).toFixed(1)} us`;

/** One program's measurements by name, each a list of what the rounds gave. */
class Results {
  #rows = new Map();
  add(output) {
    for (const line of output.trim().split('\n')) {
      const { name, ...figures } = JSON.parse(line);
      this.#rows.set(name, [...this.#rows.get(name) ?? [], figures]);
    }
  }
  get names() { return [...this.#rows.keys()]; }
  of(name, figure) {
    const rows = this.#rows.get(name);
    return rows && median(rows.map(row => row[figure]));
  }
  /** The median over the rounds of what one call takes in relation to another. */
  ratio(a, b) { return median(this.#rows.get(a).map((row, i) => row.ns / this.#rows.get(b)[i].ns)); }
}

async function main() {
  const { values: options } = parseArgs({
    options: {
      build: { type: 'string', default: path.join(root, 'build/release') },
      seconds: { type: 'string', default: '0.5' },
      rounds: { type: 'string', default: '3' },
    },
  });
  const publishableKey = `pk_live_${Buffer.from('clerk.bench.example$').toString('base64').replace(/=+$/, '')}`;
  const maker = new TokenMaker(publishableKey);
  const script = nodeScript(options.build);
  const tokens = path.join(options.build, 'bench', 'sdk_tokens.txt');
  const claims = { azp: 'https://app.example.com', o: { id: 'org_2bench0000000000000000000000', rol: 'admin', slg: 'acme' } };
  // Twice as many as the cache of verified tokens holds: each is gone when it comes again.
  writeFileSync(tokens, Array.from({ length: 4096 }, () => maker.make({ life: 3600, claims })).join('\n') + '\n');

  const server = new Worker(fileURLToPath(import.meta.url));
  const port = await new Promise((resolve, reject) => server.once('message', resolve).once('error', reject));
  const env = {
    ...process.env, NODE_ENV: 'production', CLERK_PUBLISHABLE_KEY: publishableKey, CLERK_SECRET_KEY: 'sk_live_bench',
    CLERK_JWT_KEY: maker.publicPem, CLERK_API_URL: `http://127.0.0.1:${port}`, CLERK_TELEMETRY_DISABLED: '1',
  };
  const run = async (program, args) => (await promisify(execFile)(program, [...args, tokens, options.seconds], { env })).stdout;
  const ours = new Results(), node = new Results();
  for (let round = 0; round < Number(options.rounds); ++round) {
    ours.add(await run(path.join(options.build, 'bin/bench_sdk'), []));
    node.add(await run(process.execPath, ['--expose-gc', '--max-semi-space-size=256', script]));
  }
  await server.terminate();

  console.log(`medians of ${options.rounds} rounds of ${options.seconds} s a row; load average ${os.loadavg()[0].toFixed(1)}; Node ${process.version}`);
  console.log("CPU of the process for one call; allocations: calls of malloc, and bytes; of Node: bytes taken from V8's heap\n");
  console.log(`${'call'.padEnd(46)}${'ours'.padStart(10)}${'allocations'.padStart(20)}${'Node'.padStart(12)}${'heap'.padStart(11)}${'Node / ours'.padStart(13)}`);
  for (const name of ours.names) {
    const [cpu, other, heap] = [ours.of(name, 'ns'), node.of(name, 'ns'), node.of(name, 'bytes')];
    console.log(name.padEnd(46) + time(cpu).padStart(10) +
      `${ours.of(name, 'allocations').toFixed(1)} (${ours.of(name, 'bytes').toFixed(0)} B)`.padStart(20) + time(other).padStart(12) +
      (heap === undefined ? '' : `${heap.toFixed(0)} B`).padStart(11) + (other === undefined ? '' : (other / cpu).toFixed(1)).padStart(13));
  }

  const goal = (what, value, isMet, target) =>
    console.log(`${isMet ? 'met   ' : 'missed'}  ${what.padEnd(58)}${value.padStart(10)}   target ${target}`);
  console.log();
  const first = ours.of('verifyToken, token seen first', 'ns'), again = ours.of('verifyToken, token seen again', 'ns');
  goal('verifyToken, token seen first', time(first), first <= 17_000, '<= 17 us');
  const over = ours.ratio('verifyToken, token seen first', 'RSA verification alone');
  console.log(`        … in relation to RSA verification alone${over.toFixed(2).padStart(27)}`);
  goal('verifyToken, token seen again', time(again), again <= 700, '<= 700 ns');
}

if (isMainThread) await main(); else answerUsers();
