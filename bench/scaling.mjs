// What bench/run scaling runs: does a request cost the same when there are more routes, plugins, headers, connections?
// Instructions are counted by callgrind (user code, exact, whatever else the machine does), CPU is what the kernel says
// of the server's process. Writes build/bench/scaling.{txt,svg,json}.
import { mkdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Server } from './server.mjs';
import { charts } from './svg.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { values: options } = parseArgs({
  options: {
    build: { type: 'string', default: path.join(root, 'build/release') },
    requests: { type: 'string', default: '5000' },
    connections: { type: 'string', default: '10000' },
    only: { type: 'string', default: '' },
  },
});
const program = path.join(options.build, 'bin/bench_scaling');
const out = path.join(root, 'build/bench');
const REQUESTS = Number(options.requests);
const MOST_CONNECTIONS = Number(options.connections);
/** How much more the largest case may cost than the smallest. */
const FLAT = 1.1;

const server = (name, env = {}, prefix = []) => new Server(name, [program], { env, prefix });

/** Sends `count` requests one after another on one connection. */
function ask(port, count, { url = '/', headers = 0 } = {}) {
  let head = `GET ${url} HTTP/1.1\r\nHost: localhost\r\n`;
  for (let i = 0; i < headers; ++i) head += `X-Header-${i}: value of ${i}\r\n`;
  head += '\r\n';
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    let received = '';
    socket.on('connect', () => socket.write(head));
    socket.on('data', data => {
      received += data;
      if (!received.endsWith('}')) return;
      if (!received.startsWith('HTTP/1.1 200')) return reject(new Error(received));
      received = '';
      if (--count === 0) { socket.end(); resolve(); } else socket.write(head);
    });
    socket.on('error', reject);
  });
}

/** Instructions of one request: the difference between a long and a short run. */
async function instructions(env, request) {
  const counts = [];
  for (const requests of [200, 1200]) {
    const counted = server('scaling', env, ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null']);
    await counted.start(120);
    await ask(counted.port, requests, request);
    await counted.stop();
    counts.push(Number(/Collected : (\d+)/.exec(counted.errors)[1]));
  }
  return (counts[1] - counts[0]) / 1000;
}

/** The best of three: what else the machine does only adds to it. */
async function cpuPerRequest(running, request) {
  await ask(running.port, 500, request);
  const rounds = [];
  for (let round = 0; round < 3; ++round) {
    const before = running.cpuNanoseconds();
    await ask(running.port, REQUESTS, request);
    rounds.push((running.cpuNanoseconds() - before) / 1000 / REQUESTS);
  }
  return Math.min(...rounds);
}

async function withServer(env, act) {
  const running = server('scaling', env);
  await running.start(60);
  try {
    return await act(running);
  } finally {
    await running.stop();
  }
}

/** One dimension: for each size the instructions and the CPU of a request. */
async function measure(title, sizes, setUp) {
  const rows = [];
  for (const size of sizes) {
    const { env = {}, request = {} } = setUp(size);
    rows.push({
      size,
      instructions: await instructions(env, request),
      cpu: await withServer(env, running => cpuPerRequest(running, request)),
    });
  }
  return { title, rows };
}

function open(port) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.once('data', () => resolve(socket));
    socket.on('connect', () => socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'));
  });
}

/** A request's CPU, and the server's memory, while others are connected and say nothing. */
async function measureIdle(sizes) {
  const rows = [];
  await withServer({}, async running => {
    await ask(running.port, 500);
    const atRest = running.residentKilobytes();
    const sockets = [];
    for (const size of sizes) {
      while (sockets.length < size) {
        const more = Math.min(200, size - sockets.length);
        sockets.push(...await Promise.all(Array.from({ length: more }, () => open(running.port))));
      }
      rows.push({
        size,
        cpu: await cpuPerRequest(running, {}),
        kilobytes: running.residentKilobytes(),
        bytesEach: size ? (running.residentKilobytes() - atRest) * 1024 / size : 0,
      });
    }
    for (const socket of sockets) socket.destroy();
  });
  return rows;
}

/** Milliseconds of CPU until the first connection is accepted. */
async function measureStart(sizes) {
  const rows = [];
  for (const size of sizes) {
    const times = [];
    for (let i = 0; i < 3; ++i) {
      times.push(await withServer({ ROUTES: String(size) }, async running => {
        await ask(running.port, 1);
        return { cpu: running.cpuNanoseconds() / 1e6, kilobytes: running.residentKilobytes() };
      }));
    }
    times.sort((a, b) => a.cpu - b.cpu);
    rows.push({ size, ...times[0] });
  }
  return rows;
}

const parts = options.only ? options.only.split(',') : ['routes', 'parameters', 'scopes', 'headers', 'idle', 'start'];
const lines = [];
const drawings = [];
const results = {};
let missed = 0;
function print(line = '') {
  lines.push(line);
  console.log(line);
}

function printFlat(name, values) {
  const ratio = values.at(-1) / values[0];
  if (ratio > FLAT) ++missed;
  print(`${ratio <= FLAT ? 'flat  ' : 'grows '} ${name}: ${ratio.toFixed(2)} times as much for the most as for the fewest`);
}

function show(name, { title, rows }, perSize = false) {
  results[name] = rows;
  print(`\n${title.padEnd(44)}${'instructions'.padStart(14)}${'CPU us'.padStart(10)}`);
  for (const row of rows) {
    print(String(row.size).padEnd(44) + row.instructions.toFixed(0).padStart(14) + row.cpu.toFixed(2).padStart(10));
  }
  if (perSize) {
    const [first, last] = [rows[0], rows.at(-1)];
    print(`       ${((last.instructions - first.instructions) / (last.size - first.size)).toFixed(0)} instructions for each more`);
  } else {
    printFlat(name, rows.map(row => row.instructions));
  }
  drawings.push({ title, xLabel: name === 'parameters' ? 'routes' : name, yLabel: 'instructions a request', points: rows.map(row => ({ x: row.size, y: row.instructions })) });
}

if (parts.includes('routes')) {
  show('routes', await measure('other routes, request of /', [10, 100, 1000, 10000], size => ({ env: { ROUTES: String(size) } })));
}
if (parts.includes('parameters')) {
  show('parameters', await measure('other routes, request of /users/:id/posts/:post', [10, 100, 1000, 10000], size => ({
    env: { ROUTES: String(size) }, request: { url: '/users/42/posts/7' },
  })));
}
if (parts.includes('scopes')) {
  show('scopes', await measure('plugins around the route', [1, 10, 100, 500], size => ({ env: { SCOPES: String(size) } })));
}
if (parts.includes('headers')) {
  show('headers', await measure('headers of the request', [1, 10, 50, 100], size => ({ request: { headers: size } })), true);
}
if (parts.includes('idle')) {
  const sizes = [0, 100, 1000, 10000].filter(size => size <= MOST_CONNECTIONS);
  const rows = await measureIdle(sizes);
  results.idle = rows;
  print(`\n${'idle connections'.padEnd(44)}${'CPU us'.padStart(10)}${'memory MB'.padStart(12)}${'bytes each'.padStart(12)}`);
  for (const row of rows) {
    print(String(row.size).padEnd(44) + row.cpu.toFixed(2).padStart(10) + (row.kilobytes / 1024).toFixed(1).padStart(12) + row.bytesEach.toFixed(0).padStart(12));
  }
  printFlat('idle connections', rows.map(row => row.cpu));
  const [rest, most] = [rows[0].kilobytes / 1024, rows.at(-1)];
  print(`${rest <= 10 ? 'met   ' : 'missed'} memory at rest ${rest.toFixed(1)} MB, target <= 10`);
  print(`${most.bytesEach <= 4096 ? 'met   ' : 'missed'} memory of an idle connection ${most.bytesEach.toFixed(0)} bytes, target <= 4096`);
  if (rest > 10) ++missed;
  if (most.bytesEach > 4096) ++missed;
  const points = rows.slice(1);
  drawings.push({ title: 'idle connections: CPU', xLabel: 'connections', yLabel: 'us a request', points: points.map(row => ({ x: row.size, y: row.cpu })) });
  drawings.push({ title: 'idle connections: memory', xLabel: 'connections', yLabel: 'MB', points: points.map(row => ({ x: row.size, y: row.kilobytes / 1024 })) });
}
if (parts.includes('start')) {
  const rows = await measureStart([10, 100, 1000, 10000]);
  results.start = rows;
  print(`\n${'start: routes'.padEnd(44)}${'CPU ms'.padStart(10)}${'memory MB'.padStart(12)}`);
  for (const row of rows) print(String(row.size).padEnd(44) + row.cpu.toFixed(1).padStart(10) + (row.kilobytes / 1024).toFixed(1).padStart(12));
  drawings.push({ title: 'start until the first answer', xLabel: 'routes', yLabel: 'CPU ms', points: rows.map(row => ({ x: row.size, y: row.cpu })) });
}

mkdirSync(out, { recursive: true });
writeFileSync(path.join(out, 'scaling.txt'), lines.join('\n') + '\n');
writeFileSync(path.join(out, 'scaling.json'), JSON.stringify(results, null, 2) + '\n');
writeFileSync(path.join(out, 'scaling.svg'), charts(drawings));
console.log(`\nwritten: ${path.join(out, 'scaling.{txt,json,svg}')}`);
process.exitCode = missed ? 1 : 0;
