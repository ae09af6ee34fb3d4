// A mail server that keeps what it is sent (RFC 5321, just enough).
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export class MailServer {
  mails = [];
  #waiting = new Set();

  async start() {
    this.server = createServer(socket => this.#serve(socket));
    await new Promise(resolve => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `smtp://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  stop() { this.server.close(); }

  async #serve(socket) {
    socket.on('error', () => {});
    const say = text => socket.write(`${text}\r\n`);
    let mail = { to: [], lines: null };
    say('220 test');
    for await (const line of createInterface({ input: socket })) {
      if (mail.lines) {
        if (line !== '.') { mail.lines.push(line); continue; }
        this.#keep(mail);
        mail = { to: [], lines: null };
        say('250 taken');
      } else if (/^RCPT TO:/i.test(line)) {
        mail.to.push(line.slice(8).replace(/[<>]/g, ''));
        say('250 ok');
      } else if (/^DATA/i.test(line)) {
        mail.lines = [];
        say('354 go on');
      } else if (/^QUIT/i.test(line)) {
        say('221 bye');
        socket.end();
      } else {
        say('250 ok');
      }
    }
  }

  #keep({ to, lines }) {
    const end = lines.indexOf('');
    const head = lines.slice(0, end).join('\n');
    this.mails.push({ to, head, text: Buffer.from(lines.slice(end + 1).join(''), 'base64').toString() });
    for (const wake of this.#waiting) wake();
  }

  /** The newest mail to `address`; waits for it. */
  async mailTo(address, milliseconds = 30_000) {
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const found = this.mails.filter(mail => mail.to.includes(address)).at(-1);
      if (found) return found;
      if (Date.now() > deadline) throw new Error(`no mail to ${address}; ${this.mails.length} to others`);
      await new Promise(resolve => {
        const timer = setTimeout(done, deadline - Date.now());
        const waiting = this.#waiting;
        function done() { clearTimeout(timer); waiting.delete(done); resolve(); }
        waiting.add(done);
      });
    }
  }
}
