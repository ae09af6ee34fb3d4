// What bench/run runs: see there. Servers take turns (A B C A B C …), so that what else happens on the machine meets all of
// them alike; the table shows medians over the rounds, build/bench/framework.svg draws them. CPU per request is what /proc says of
// the server's process.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync, copyFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { LOAD_CORE, SERVER_CORE, Server } from './server.mjs';
import { charts } from './svg.mjs';
import { TokenMaker } from '../tests/harness/tokens.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values: options } = parseArgs({
  options: {
    build: { type: 'string', default: path.join(root, 'build/release') },
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '32' },
    instructions: { type: 'boolean', default: false },
  },
});
const bin = name => path.join(options.build, 'bin', name);
const run = promisify(execFile);
const PUBLISHABLE_KEY = `pk_test_${Buffer.from('bench.clerk.accounts.dev$').toString('base64')}`;
const MANY = 4096;  // twice as many as the cache of verified tokens holds: each is gone when it comes again

/** Node's packages: those of the tests when they are installed, else the same versions in the build folder. */
function nodeScripts() {
  const folder = path.join(options.build, 'bench');
  mkdirSync(folder, { recursive: true });
  const installed = path.join(root, 'tests/node_modules');
  const modules = path.join(folder, 'node_modules');
  if (existsSync(installed)) {
    rmSync(modules, { recursive: true, force: true });
    symlinkSync(installed, modules);
  } else if (!existsSync(modules)) {
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(path.join(root, 'tests', file), path.join(folder, file));
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' });
  }
  for (const file of ['hello.mjs', 'protected.mjs']) copyFileSync(path.join(root, 'bench/node', file), path.join(folder, file));
  return folder;
}

/** Seconds of load from the other core; throws when an answer is no success. */
async function load(target, seconds) {
  const { server, path: url, token, tokens } = target;
  const args = ['-c', LOAD_CORE, 'wrk', '-t1', `-c${options.connections}`, `-d${seconds}s`];
  if (token) args.push('-H', `Authorization: Bearer ${token}`);
  if (tokens) args.push('-s', path.join(root, 'bench/many_tokens.lua'));
  const { stdout } = await run('taskset', [...args, `http://127.0.0.1:${server.port}${url}`], { env: { ...process.env, TOKENS: tokens ?? '' } });
  const problem = /Non-2xx.*|Socket errors.*/.exec(stdout);
  if (problem) throw new Error(`${target.name}: ${problem[0].trim()}\n${server.errors}`);
  return { requests: Number(/(\d+) requests in/.exec(stdout)[1]), perSecond: Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)[1]) };
}

async function measure(target) {
  const before = target.server.cpu();
  const { requests, perSecond } = await load(target, options.seconds);
  const after = target.server.cpu();
  target.samples.push({
    perSecond,
    user: (after.user - before.user) * 1e6 / requests,
    system: (after.system - before.system) * 1e6 / requests,
  });
}

const median = values => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
const figure = (target, name) => median(target.samples.map(sample => sample[name]));
const cpu = target => figure(target, 'user') + figure(target, 'system');
/** The median of the ratios within each round: what disturbs one round disturbs both. */
const ratio = (a, b, value = sample => sample.perSecond) => median(a.samples.map((sample, i) => value(sample) / value(b.samples[i])));

function printTable(targets, references) {
  const pairs = references.map(reference => `x ${reference.short}`.padStart(11) + 'cpu x'.padStart(8));
  console.log(`\n${'server'.padEnd(42)}${'requests/s'.padStart(11)}${'user us'.padStart(9)}${'sys us'.padStart(8)}${pairs.join('')}`);
  for (const target of targets) {
    const columns = references.map(reference => ratio(target, reference).toFixed(2).padStart(11) + (cpu(target) / cpu(reference)).toFixed(2).padStart(8));
    console.log(target.name.padEnd(42) + figure(target, 'perSecond').toFixed(0).padStart(11) + figure(target, 'user').toFixed(2).padStart(9) +
      figure(target, 'system').toFixed(2).padStart(8) + columns.join(''));
  }
}

function printGoal(what, value, isMet, goal) {
  console.log(`${isMet ? 'met   ' : 'missed'}  ${what.padEnd(62)}${value.padStart(12)}   target ${goal}`);
}

/** Instructions that `target` executes for each request: the difference between a long and a short run. */
async function instructionsPerRequest(server, url) {
  const counts = [];
  for (const requests of [500, 3500]) {
    const counted = new Server(server.name, server.command, { env: server.env, prefix: ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null'] });
    await counted.start(60);
    await ask(counted.port, url, requests);
    await counted.stop();
    counts.push({ requests, instructions: Number(/Collected : (\d+)/.exec(counted.errors)[1]) });
  }
  return (counts[1].instructions - counts[0].instructions) / (counts[1].requests - counts[0].requests);
}

/** One request after another on one connection. */
function ask(port, url, count) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    const request = `GET ${url} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    let received = '';
    socket.on('connect', () => socket.write(request));
    socket.on('data', data => {
      received += data;
      if (!received.endsWith('}')) return;
      received = '';
      if (--count === 0) { socket.end(); resolve(); } else socket.write(request);
    });
    socket.on('error', reject);
  });
}

const scripts = nodeScripts();
const maker = new TokenMaker(PUBLISHABLE_KEY);
const clerkEnv = { CLERK_PUBLISHABLE_KEY: PUBLISHABLE_KEY, CLERK_SECRET_KEY: 'sk_test_bench', CLERK_JWT_KEY: maker.publicPem, CLERK_TELEMETRY_DISABLED: '1' };
const node = script => [process.execPath, path.join(scripts, script)];
const servers = {
  raw: new Server('raw epoll loop', [bin('bench_raw_epoll')]),
  hello: new Server('our hello', [bin('bench_hello')]),
  nodeHello: new Server("Node's Fastify hello", node('hello.mjs')),
  ours: new Server('our protected route', [bin('bench_protected')], { env: clerkEnv }),
  node: new Server("Node's protected route", node('protected.mjs'), { env: clerkEnv }),
};
const tokensFile = path.join(options.build, 'bench', 'tokens.txt');
const life = { life: 3600 };
const token = maker.make(life);
writeFileSync(tokensFile, Array.from({ length: MANY }, () => maker.make(life)).join('\n') + '\n');

const target = (short, name, server, url, extra = {}) => ({ short, name, server, path: url, samples: [], ...extra });
const t = {
  raw: target('raw', 'hello: raw epoll loop, canned answer', servers.raw, '/'),
  hello: target('ours', 'hello: ours', servers.hello, '/'),
  nodeHello: target('Node', "hello: Node's Fastify", servers.nodeHello, '/'),
  bare: target('bare', 'ours: the same answer, no check', servers.ours, '/bare', { token }),
  again: target('again', 'ours: one token again and again', servers.ours, '/protected', { token }),
  first: target('first', `ours: ${MANY} tokens, each as if first`, servers.ours, '/protected', { tokens: tokensFile }),
  nodeAgain: target('Node', "Node's @clerk/fastify: one token", servers.node, '/protected', { token }),
  nodeFirst: target('Node', `Node's @clerk/fastify: ${MANY} tokens`, servers.node, '/protected', { tokens: tokensFile }),
};
const targets = Object.values(t);

try {
  for (const server of Object.values(servers)) await server.start();
  for (const one of targets) await load(one, 1);  // Node compiles what it runs often
  for (let round = 0; round < Number(options.rounds); ++round) {
    for (const one of targets) await measure(one);
  }
} finally {
  for (const server of Object.values(servers)) if (server.process) await server.stop();
}

console.log(`medians of ${options.rounds} rounds of ${options.seconds} s, ${options.connections} connections, server on core ${SERVER_CORE}, load on core ${LOAD_CORE}; load average ${os.loadavg()[0].toFixed(1)}`);
console.log('us: CPU of the server for each request; cpu x: the same against the other server, which other load disturbs less than requests/s');
printTable([t.raw, t.hello, t.nodeHello], [t.raw, t.nodeHello]);
printTable([t.bare, t.again, t.first, t.nodeAgain, t.nodeFirst], [t.bare, t.nodeAgain]);

const allocations = Number(/([\d.]+)\s*$/.exec(execFileSync(bin('bench_allocations'), { encoding: 'utf8' }))[1]);
const userCpu = sample => sample.user;
console.log();
const overRaw = ratio(t.hello, t.raw);
printGoal('hello: requests/s against the raw loop', overRaw.toFixed(2), overRaw >= 0.9, '>= 0.90');
const above = median(t.hello.samples.map((sample, i) => sample.user - t.raw.samples[i].user));
printGoal('hello: user CPU above the raw loop, us', above.toFixed(2), above <= 1, '<= 1');
printGoal('hello: allocations a request', allocations.toFixed(2), allocations === 0, '0');
const overNode = ratio(t.hello, t.nodeHello);
printGoal("hello: requests/s against Node's Fastify", overNode.toFixed(1), overNode >= 2, '>= 2');
const userShare = 1 / ratio(t.hello, t.nodeHello, userCpu);
printGoal("hello: Node's user CPU over ours", userShare.toFixed(1), userShare >= 6, '>= 6');
const first = ratio(t.first, t.nodeFirst);
printGoal('protected, token seen first: requests/s against Node', first.toFixed(1), first >= 14, '>= 14');
const again = ratio(t.again, t.nodeAgain);
printGoal('protected, token seen again: requests/s against Node', again.toFixed(1), again >= 35, '>= 35');
const bareShare = ratio(t.again, t.bare);
printGoal('protected, token seen again: requests/s against the bare route', bareShare.toFixed(2), bareShare >= 0.9, '>= 0.90');
const cpuFirst = cpu(t.nodeFirst) / cpu(t.first);
printGoal("protected, token seen first: Node's CPU over ours", cpuFirst.toFixed(1), cpuFirst >= 14, '>= 14');
const cpuAgain = cpu(t.nodeAgain) / cpu(t.again);
printGoal("protected, token seen again: Node's CPU over ours", cpuAgain.toFixed(1), cpuAgain >= 35, '>= 35');

if (options.instructions) {
  const raw = await instructionsPerRequest(servers.raw, '/');
  const hello = await instructionsPerRequest(servers.hello, '/');
  console.log(`\ninstructions a request (callgrind, user code only): raw ${raw.toFixed(0)}, ours ${hello.toFixed(0)}, above ${(hello - raw).toFixed(0)}`);
}

const out = path.join(root, 'build/bench');
mkdirSync(out, { recursive: true });
const bars = (title, targets, value) => ({ title, bars: targets.map(one => ({ name: one.name, value: value(one) })) });
const hello = [t.raw, t.hello, t.nodeHello], guarded = [t.bare, t.again, t.first, t.nodeAgain, t.nodeFirst];
writeFileSync(path.join(out, 'framework.svg'), charts([
  bars('hello: requests/s', hello, one => figure(one, 'perSecond')), bars('hello: CPU us a request', hello, cpu),
  bars('protected: requests/s', guarded, one => figure(one, 'perSecond')), bars('protected: CPU us a request', guarded, cpu),
]));
console.log(`\nwritten: ${path.join(out, 'framework.svg')}`);
