// Starts the programs under test and stops them again: each on a free port, with its output kept, by its own process id.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where the programs are: `CLERK_BIN`, else the release build. */
export const binaries = process.env.CLERK_BIN ?? path.join(root, 'build/release/bin');

const READY_MS = +(process.env.CLERK_TEST_READY_MS ?? 30_000);  // a sanitizer build on a busy machine starts slowly
const STOP_MS = 15_000;

/** A TCP port of the loopback interface that nobody used a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** A new folder that is removed when this process ends. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(path.join(tmpdir(), `clerk-${name}-`));
  folders.push(folder);
  return folder;
}

const folders = [];
const running = new Set();
// Whatever ends this process, nothing it started or made stays behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** One running program. `lines` holds all it printed, standard error included. */
export class Program {
  #child;
  #ended;
  #waiting = new Set();
  #stopping = false;
  lines = [];

  /** `stdio`: descriptors that it gets from 3 on. */
  constructor(command, args, { env = {}, cwd, uid, gid, stdio = [] } = {}) {
    if (path.isAbsolute(command) && !existsSync(command)) throw new Error(`${command} is not built`);
    this.name = path.basename(command);
    this.#child = spawn(command, args, { cwd, uid, gid, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', ...stdio] });
    running.add(this.#child);
    this.#ended = new Promise(resolve => {
      const end = result => {
        running.delete(this.#child);
        if (!this.#stopping) this.#tellEnd(result);
        resolve(result);
      };
      this.#child.once('error', error => end({ code: null, error }));
      this.#child.once('close', (code, signal) => end({ code, signal }));
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        this.lines.push(line);
        for (const waiter of this.#waiting) waiter(line);
      });
    }
  }

  get pid() { return this.#child.pid; }

  /** The first match of `pattern` in a line printed so far or later. Fails when the program ends or is silent too long. */
  line(pattern, milliseconds = READY_MS) {
    for (const line of this.lines) {
      const match = pattern.exec(line);
      if (match) return Promise.resolve(match);
    }
    return new Promise((resolve, reject) => {
      const waiter = line => { const match = pattern.exec(line); if (match) done(() => resolve(match)); };
      const fail = why => done(() => reject(new Error(`${this.name} ${why} before it printed ${pattern}:\n${this.tail()}`)));
      const timer = setTimeout(() => fail(`took more than ${milliseconds} ms`), milliseconds);
      const done = settle => { clearTimeout(timer); this.#waiting.delete(waiter); settle(); };
      this.#waiting.add(waiter);
      this.#ended.then(({ code, error }) => fail(error ? `could not start (${error.message})` : `ended with ${code}`));
    });
  }

  tail(count = 20) { return this.lines.slice(-count).join('\n'); }

  /** Asks the program to stop and waits for it; returns its exit code, null where it had to be killed. */
  async stop(signal = 'SIGTERM') {
    this.#stopping = true;
    this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    const { code } = await this.#ended;
    clearTimeout(timer);
    return code;
  }

  /** What happened, where a program ends that nobody stopped: the steps that fail after it do not say. */
  #tellEnd({ code, signal, error }) {
    console.log(`${this.name} ended by itself: ${error?.message ?? signal ?? `exit code ${code}`}; it printed last:\n${this.tail()}`);
  }
}
