// What bench/run instance runs: what an instance costs on both engines, from a thousand users to a million. CPU is what the
// kernel says of clerkd's process, all threads; the database server of PostgreSQL is not in it. Writes
// build/bench/instance.{txt,svg,json}.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../tests/harness/postgres.mjs';
import { SERVER_CORE, Server } from './server.mjs';
import { charts } from './svg.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values: options } = parseArgs({
  options: {
    build: { type: 'string', default: path.join(root, 'build/release') },
    engines: { type: 'string', default: 'sqlite,postgres' },
    users: { type: 'string', default: '1000,10000,100000,1000000' },
    // To fill a million takes PostgreSQL a quarter of an hour.
    'postgres-users': { type: 'string', default: '1000,10000,100000' },
    requests: { type: 'string', default: '3000' },
    rounds: { type: 'string', default: '3' },
    sessions: { type: 'string', default: '10000' },
  },
});
const binary = name => path.join(options.build, 'bin', name);
const out = path.join(root, 'build/bench');
const REQUESTS = Number(options.requests);
const ROUNDS = Number(options.rounds);
const SESSIONS = Number(options.sessions);
const SECONDS_TO_FILL = 1800;
const PARALLEL = 16;
/** How much more a request may cost among the most users than among the fewest. */
const FLAT = 1.25;

const lines = [];
const results = { machine: `${os.cpus().length} cores, ${os.cpus()[0].model}`, engines: {} };
let missed = 0;
function print(line = '') {
  lines.push(line);
  console.log(line);
}
function judge(name, value, unit, met, target) {
  if (!met) ++missed;
  print(`${met ? 'met   ' : 'missed'} ${name}: ${value} ${unit}, target ${target}`);
}
const load = () => os.loadavg().map(each => each.toFixed(1)).join(' ');
const userId = n => `user_3${String(n).padStart(26, '0')}`;
const sessionId = n => `sess_3${String(n).padStart(26, '0')}`;
const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];

/** One connection that is kept; requests follow one another. */
class Connection {
  constructor(port) {
    this.socket = net.connect(port, '127.0.0.1');
    this.socket.setNoDelay(true);
    this.received = '';
    this.socket.setEncoding('latin1');
    this.socket.on('data', data => { this.received += data; this.#deliver(); });
    this.socket.on('error', error => this.waiting?.reject(error));
    this.socket.on('close', () => this.waiting?.reject(new Error('the server closed the connection')));
  }

  #deliver() {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0 || !this.waiting) return;
    const head = this.received.slice(0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length < end + 4 + length) return;
    const body = this.received.slice(end + 4, end + 4 + length);
    this.received = this.received.slice(end + 4 + length);
    const { resolve } = this.waiting;
    this.waiting = null;
    resolve({ status: Number(head.slice(9, 12)), head, body });
  }

  ask({ method = 'GET', path: url, headers = {}, body = '' }) {
    let text = `${method} ${url} HTTP/1.1\r\nHost: localhost\r\n`;
    for (const [name, value] of Object.entries(headers)) text += `${name}: ${value}\r\n`;
    if (method !== 'GET') text += `Content-Length: ${Buffer.byteLength(body)}\r\n`;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(`${text}\r\n${body}`);
    });
  }

  async ok(request) {
    const answer = await this.ask(request);
    if (answer.status >= 300) throw new Error(`${request.method ?? 'GET'} ${request.path}: ${answer.status} ${answer.body.slice(0, 300)}`);
    return answer;
  }

  close() { this.waiting = null; this.socket.destroy(); }
}

/** `count` requests over a few connections, each as soon as the one before is answered; gives seconds. */
async function flood(port, count, request, parallel = PARALLEL) {
  let next = 0;
  const started = performance.now();
  await Promise.all(Array.from({ length: parallel }, async () => {
    const connection = new Connection(port);
    for (let i = next++; i < count; i = next++) await connection.ok(request(i));
    connection.close();
  }));
  return (performance.now() - started) / 1000;
}

/** Requests at a fixed rate whatever becomes of them; latencies in milliseconds from when each was due, sorted. */
async function atRate(port, perSecond, seconds, request) {
  const idle = Array.from({ length: 64 }, () => new Connection(port));
  const all = [...idle];
  const count = Math.floor(perSecond * seconds);
  const latencies = [];
  const pending = [];
  const started = performance.now();
  for (let i = 0; i < count; ++i) {
    const due = started + i * 1000 / perSecond;
    while (performance.now() < due) await new Promise(resolve => setImmediate(resolve));
    const connection = idle.pop() ?? new Connection(port);
    pending.push(connection.ok(request(i)).then(() => { latencies.push(performance.now() - due); idle.push(connection); }));
  }
  await Promise.all(pending);
  for (const connection of new Set([...all, ...idle])) connection.close();
  return latencies.sort((a, b) => a - b);
}

const serve = database => port => [binary('clerkd'), 'serve', ...database, '--listen', `127.0.0.1:${port}`,
  '--origin', 'http://localhost:4000', '--log-level', 'fatal', '--message-webhook', 'http://127.0.0.1:9/',
  '--message-webhook-secret', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'];

/** The best of a few rounds: what else the machine does only adds to it. CPU in microseconds a request. */
async function cpuOf(server, request, count = REQUESTS) {
  await flood(server.port, Math.ceil(count / 10), request);
  const rounds = [];
  for (let round = 0; round < ROUNDS; ++round) {
    const before = server.cpuNanoseconds();
    await flood(server.port, count, request);
    rounds.push((server.cpuNanoseconds() - before) / 1000 / count);
  }
  return Math.min(...rounds);
}

class Bench {
  constructor(engine) { this.engine = engine; }

  async open() {
    this.folder = mkdtempSync(path.join(os.tmpdir(), 'clerk-bench-'));
    if (this.engine === 'postgres') {
      this.postgres = await startPostgres();
      this.database = ['--database', this.where = this.postgres.url];
    } else {
      this.database = ['--data', this.where = path.join(this.folder, 'data')];
    }
    execFileSync(binary('clerkd'), ['migrate', ...this.database], { stdio: 'ignore' });
    this.secretKey = /CLERK_SECRET_KEY="?([^"\n]+)/.exec(execFileSync(binary('clerkd'), ['keys', ...this.database], { encoding: 'utf8' }))[1];
  }

  async close() {
    await this.server?.stop();
    await this.postgres?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  fill(users, sessions = 0) {
    const started = performance.now();
    execFileSync(binary('bench_instance_data'), [this.where, String(users), String(sessions)], { timeout: SECONDS_TO_FILL * 1000, stdio: ['ignore', 'ignore', 'inherit'] });
    return (performance.now() - started) / 1000;
  }

  async start() {
    this.server = await new Server('clerkd', serve(this.database)).start(60);
    this.connection = new Connection(this.server.port);
  }
  async stop() {
    this.connection.close();
    await this.server.stop();
    this.server = null;
  }

  backend(url, { method = 'GET', body } = {}) {
    const headers = { authorization: `Bearer ${this.secretKey}`, ...(body && { 'content-type': 'application/json' }) };
    return { method, path: `/__bapi/v1${url}`, headers, body: body ? JSON.stringify(body) : '' };
  }

  frontend(url, { method = 'GET', cookie = '', form = '' } = {}) {
    const headers = { origin: 'http://localhost:4000', ...(cookie && { cookie }), ...(method !== 'GET' && { 'content-type': 'application/x-www-form-urlencoded' }) };
    return { method, path: `/v1${url}`, headers, body: form };
  }

  async tickets(count, users) {
    const tickets = [];
    for (let i = 0; i < count; ++i) {
      const { body } = await this.connection.ok(this.backend('/sign_in_tokens', { method: 'POST', body: { user_id: userId(i % users) } }));
      tickets.push(JSON.parse(body).token);
    }
    return tickets;
  }

  ticketSignIn(ticket) {
    return this.frontend('/client/sign_ins', { method: 'POST', form: `strategy=ticket&ticket=${encodeURIComponent(ticket)}` });
  }

  /** Browsers that are signed in: { cookie, session }. */
  async browsers(count, users) {
    const browsers = [];
    for (const ticket of await this.tickets(count, users)) {
      const { head, body } = await this.connection.ok(this.ticketSignIn(ticket));
      browsers.push({ cookie: /set-cookie: (__client=[^;]+)/i.exec(head)[1], session: JSON.parse(body).response.created_session_id });
    }
    return browsers;
  }
}

/** What is asked for among few and many users. */
const REQUESTS_OF = {
  'GET /users/{id}': (bench, users) => i => bench.backend(`/users/${userId(i * 7919 % users)}`),
  'GET /users (newest 10)': bench => () => bench.backend('/users?limit=10'),
  'GET /users?email_address': (bench, users) => i => bench.backend(`/users?email_address=ada${i * 7919 % users}@example.com`),
  'GET /users?query, few match': (bench, users) => i => bench.backend(`/users?query=ada${users - 1 - i % 90}%40exam`),
  'GET /users?query, all match': bench => () => bench.backend('/users?query=example&limit=10'),
  'GET /users/count': bench => () => bench.backend('/users/count'),
  'GET /organizations?query, few': (bench, users) => i => bench.backend(`/organizations?query=engines-${users / 100 - 1 - i % 9}`),
  'GET /client': (bench, users, browsers) => i => bench.frontend('/client', { cookie: browsers[i % browsers.length].cookie }),
  'POST /client/sessions/{id}/tokens': (bench, users, browsers) => i => {
    const { cookie, session } = browsers[i % browsers.length];
    return bench.frontend(`/client/sessions/${session}/tokens`, { method: 'POST', cookie });
  },
};

async function measureAmong(bench, users) {
  const filled = bench.fill(users);
  await bench.start();
  const browsers = await bench.browsers(32, users);
  const row = { users, filled };
  for (const [name, make] of Object.entries(REQUESTS_OF)) row[name] = await cpuOf(bench.server, make(bench, users, browsers));
  await bench.stop();
  return row;
}

/** OpenSSL's own: signatures of RSA-2048 a second of CPU. */
function opensslSignRate() {
  const text = execFileSync('taskset', ['-c', SERVER_CORE, 'openssl', 'speed', '-seconds', '2', 'rsa2048'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return Number(/rsa 2048 bits\s+\S+\s+\S+\s+([\d.]+)/.exec(text)[1]);
}

async function measureTokens(bench, users, browsers) {
  const request = REQUESTS_OF['POST /client/sessions/{id}/tokens'](bench, users, browsers);
  const perSecond = 1e6 / await cpuOf(bench.server, request);
  const openssl = opensslSignRate();
  print(`session tokens: ${perSecond.toFixed(0)} a second of CPU, whole request; OpenSSL signs ${openssl.toFixed(0)}`);
  judge('tokens against OpenSSL', (perSecond / openssl).toFixed(2), 'of its rate', perSecond >= 0.85 * openssl, '>= 0.85');
  return { perSecond, openssl };
}

async function measureLatency(bench, users, browsers) {
  const request = REQUESTS_OF['GET /client'](bench, users, browsers);
  const count = REQUESTS;
  const capacity = count / await flood(bench.server.port, count, request);
  const latencies = await atRate(bench.server.port, capacity / 2, 5, request);
  const [p50, p99] = [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  print(`GET /client: ${capacity.toFixed(0)} a second at most; at half of that p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);
  if (bench.engine === 'sqlite') judge('GET /client p99 at half load', p99.toFixed(2), 'ms', p99 < 10, '< 10');
  return { capacity, p50, p99 };
}

async function measureSignIns(bench, users) {
  const count = 400;
  const tickets = await bench.tickets(count, users);
  let before = bench.server.cpuNanoseconds();
  const seconds = await flood(bench.server.port, count, i => bench.ticketSignIn(tickets[i]));
  const cpu = (bench.server.cpuNanoseconds() - before) / 1000 / count;
  const password = 'correct horse 42!';
  const email = `password${Date.now()}@example.com`;
  const made = await bench.connection.ok(bench.backend('/users', { method: 'POST', body: { email_address: [email], password } }));
  const form = new URLSearchParams({ identifier: email, strategy: 'password', password }).toString();
  before = bench.server.cpuNanoseconds();
  const passwords = 20;
  const withPassword = await flood(bench.server.port, passwords, () => bench.frontend('/client/sign_ins', { method: 'POST', form }));
  const passwordCpu = (bench.server.cpuNanoseconds() - before) / 1000 / passwords;
  // The users that are filled in are counted.
  await bench.connection.ok(bench.backend(`/users/${JSON.parse(made.body).id}`, { method: 'DELETE' }));
  print(`sign-ins with a ticket: ${(count / seconds).toFixed(0)} a second, ${cpu.toFixed(0)} us of CPU each`);
  print(`sign-ins with a password: ${(passwords / withPassword).toFixed(1)} a second, ${(passwordCpu / 1000).toFixed(1)} ms of CPU each (bcrypt, cost 10)`);
  return { perSecond: count / seconds, cpu, passwordsPerSecond: passwords / withPassword, passwordCpu };
}

/** Memory when each of many sessions was given a token. */
async function measureMemory(bench) {
  const rest = bench.server.residentKilobytes() / 1024;
  await flood(bench.server.port, SESSIONS, i => bench.backend(`/sessions/${sessionId(i)}/tokens`, { method: 'POST', body: {} }));
  const full = bench.server.residentKilobytes() / 1024;
  print(`memory: ${rest.toFixed(1)} MB at rest, ${full.toFixed(1)} MB with ${SESSIONS} sessions`);
  judge(`memory with ${SESSIONS} sessions`, full.toFixed(1), 'MB', full <= 50, '<= 50');
  return { rest, full };
}

/** Milliseconds from the start of the process to its first answer. */
async function measureStart(bench) {
  const times = [];
  for (let i = 0; i < 7; ++i) {
    const port = 20000 + Math.floor(Math.random() * 20000);
    const started = performance.now();
    const [program, ...args] = serve(bench.database)(port);
    const child = spawn(program, args, { stdio: 'ignore' });
    for (let answered = false; !answered;) {
      answered = await new Promise(resolve => {
        const connection = new Connection(port);
        connection.ask({ path: '/__clerkd/health' }).then(() => resolve(true), () => setTimeout(() => resolve(false), 1)).finally(() => connection.close());
      });
      if (performance.now() - started > 30_000) throw new Error('clerkd does not start');
    }
    const wall = performance.now() - started;
    const cpu = readFileSync(`/proc/${child.pid}/schedstat`, 'utf8').split(' ')[0] / 1e6;
    times.push({ wall, cpu });
    const gone = new Promise(resolve => child.once('close', resolve));
    child.kill('SIGTERM');
    await gone;
  }
  times.sort((a, b) => a.wall - b.wall);
  const [{ wall, cpu }] = times;
  print(`start to the first answer: ${wall.toFixed(0)} ms (median ${times[3].wall.toFixed(0)}), main thread ${cpu.toFixed(0)} ms of CPU`);
  judge('start to the first answer', wall.toFixed(0), 'ms', wall <= 100, '<= 100');
  return { wall, median: times[3].wall, cpu };
}

const drawings = [];
function showSizes(engine, rows) {
  const names = Object.keys(REQUESTS_OF);
  print(`\n${`${engine}: CPU us of a request among`.padEnd(40)}${rows.map(row => String(row.users).padStart(10)).join('')}   most / fewest`);
  for (const name of names) {
    const values = rows.map(row => row[name]);
    const ratio = values.at(-1) / values[0];
    print(name.padEnd(40) + values.map(value => value.toFixed(1).padStart(10)).join('') + `   ${ratio.toFixed(2)}`);
    drawings.push({ title: `${engine}: ${name}`, xLabel: 'users', yLabel: 'CPU us', points: rows.map(row => ({ x: row.users, y: row[name] })) });
  }
  print(`${'filled in seconds'.padEnd(40)}${rows.map(row => row.filled.toFixed(0).padStart(10)).join('')}`);
  for (const name of names) {
    const ratio = rows.at(-1)[name] / rows[0][name];
    if (ratio > FLAT) {
      ++missed;
      print(`grows  ${name}: ${ratio.toFixed(2)} times as much for the most as for the fewest`);
    }
  }
}

for (const engine of options.engines.split(',')) {
  const sizes = (engine === 'postgres' ? options['postgres-users'] : options.users).split(',').map(Number);
  const bench = new Bench(engine);
  const result = results.engines[engine] = { sizes: [] };
  try {
    await bench.open();
    print(`\n== ${engine} (load of the machine ${load()})`);
    bench.fill(sizes[0], SESSIONS);
    await bench.start();
    const browsers = await bench.browsers(32, sizes[0]);
    result.tokens = await measureTokens(bench, sizes[0], browsers);
    result.latency = await measureLatency(bench, sizes[0], browsers);
    result.signIns = await measureSignIns(bench, sizes[0]);
    await bench.stop();
    await bench.start();
    result.memory = await measureMemory(bench);
    await bench.stop();
    result.start = await measureStart(bench);
    for (const users of sizes) result.sizes.push(await measureAmong(bench, users));
    showSizes(engine, result.sizes);
    if (engine === 'sqlite') {
      const most = result.sizes.at(-1);
      judge(`GET /users/{id} among ${most.users}`, most['GET /users/{id}'].toFixed(1), 'us of CPU', most['GET /users/{id}'] <= 15, '<= 15');
    }
    print(`(load of the machine ${load()})`);
  } finally {
    await bench.close();
  }
}
mkdirSync(out, { recursive: true });
writeFileSync(path.join(out, 'instance.txt'), lines.join('\n') + '\n');
writeFileSync(path.join(out, 'instance.json'), JSON.stringify(results, null, 2) + '\n');
writeFileSync(path.join(out, 'instance.svg'), charts(drawings));
console.log(`\nwritten: ${path.join(out, 'instance.{txt,json,svg}')}`);
process.exitCode = missed ? 1 : 0;
