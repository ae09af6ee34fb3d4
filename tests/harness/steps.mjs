// Steps that build on one another: after one has failed, those that need it fail at once. Ends with `N passed, N failed`.

export class Steps {
  #passed = 0;
  #failed = 0;
  #broken = null;

  /** `onFailure(name)` runs once after a step has failed, e.g. to take a picture. */
  constructor(title, { onFailure = async () => {} } = {}) {
    this.title = title;
    this.onFailure = onFailure;
  }

  /** Runs one step that later ones rely on. */
  async run(name, step) {
    if (this.#broken) return this.#report(name, new Error(`needs "${this.#broken}"`), 0);
    const error = await this.check(name, step);
    if (error) this.#broken = name;
  }

  /** Runs one check that nothing relies on; returns the error, if any. */
  async check(name, step) {
    const started = Date.now();
    let error = null;
    try { await step(); } catch (thrown) { error = thrown; }
    if (error) await this.onFailure(name).catch(() => {});
    this.#report(name, error, Date.now() - started);
    return error;
  }

  #report(name, error, milliseconds) {
    if (error) this.#failed++; else this.#passed++;
    console.log(`${error ? 'FAIL' : 'ok  '} ${this.title}: ${name} (${milliseconds} ms)`);
    if (error) console.log(String(error.stack ?? error).split('\n').map(line => `     ${line}`).join('\n'));
  }

  get passed() { return this.#passed; }
  get failed() { return this.#failed; }

  /** Prints the counts, with those of `others`, and ends the process: 1 when something failed, or when nothing ran at all. */
  finish(...others) {
    const all = [this, ...others];
    const passed = all.reduce((sum, each) => sum + each.passed, 0), failed = all.reduce((sum, each) => sum + each.failed, 0);
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed || !passed ? 1 : 0);
  }
}
