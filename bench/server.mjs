// A server under measurement: a process on its own core.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';

export const [SERVER_CORE, LOAD_CORE] = os.cpus().length > 1 ? ['0', '1'] : ['0', '0'];
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK']));

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise(resolve => server.close(resolve));
  return port;
}

const canConnect = port => new Promise(resolve => {
  const socket = net.connect(port, '127.0.0.1');
  socket.once('connect', () => { socket.destroy(); resolve(true); });
  socket.once('error', () => resolve(false));
});

export class Server {
  constructor(name, command, { env = {}, prefix = [] } = {}) {
    Object.assign(this, { name, command, env, prefix });
  }

  async start(limitSeconds = 20) {
    this.port = await freePort();
    // A program that is not told its port by PORT has a command that depends on it.
    const command = typeof this.command === 'function' ? this.command(this.port) : this.command;
    const [program, ...args] = ['taskset', '-c', SERVER_CORE, ...this.prefix, ...command];
    this.process = spawn(program, args, { env: { ...process.env, NODE_ENV: 'production', ...this.env, PORT: String(this.port) }, stdio: ['ignore', 'ignore', 'pipe'] });
    this.errors = '';
    this.process.stderr.on('data', data => { this.errors = (this.errors + data).slice(-4000); });
    this.exit = new Promise(resolve => this.process.once('close', resolve));
    const end = Date.now() + limitSeconds * 1000;
    while (!await canConnect(this.port)) {
      if (this.process.exitCode !== null || Date.now() > end) throw new Error(`${this.name} does not start: ${this.errors}`);
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    return this;
  }

  /** Seconds of CPU so far: { user, system }. */
  cpu() {
    const fields = readFileSync(`/proc/${this.process.pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
    return { user: Number(fields[11]) / TICKS_PER_SECOND, system: Number(fields[12]) / TICKS_PER_SECOND };
  }

  /** The same in nanoseconds, user and system together: exact to what the scheduler counts. */
  cpuNanoseconds() {
    const threads = `/proc/${this.process.pid}/task`;
    const ran = id => Number(readFileSync(`${threads}/${id}/schedstat`, 'utf8').split(' ')[0]);
    return readdirSync(threads).reduce((sum, id) => sum + ran(id), 0);
  }

  residentKilobytes() {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))[1]);
  }

  async stop() {
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), 5000);
    await this.exit;
    clearTimeout(timer);
  }
}
