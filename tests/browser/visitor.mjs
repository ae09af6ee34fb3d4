// A person at a browser: one profile, one page, and what people do on pages with Clerk's components.
import path from 'node:path';
import { TEST_CODE } from '../harness/frontend_client.mjs';

export const PASSWORD = 'correct horse 42!';

// No look-ups, no updates, no QUIC: whatever the browser asks for must come from this machine.
export const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost',
];

/** Pictures of pages in one folder, numbered over all visitors. */
export class Pictures {
  #count = 0;
  constructor(folder) { this.folder = folder; }
  next(name) {
    return path.join(this.folder, `${String(++this.#count).padStart(2, '0')}-${name.replace(/\W+/g, '-')}.png`);
  }
}

export class Visitor {
  /** `origin` serves the pages; it may be set anew. What left the machine or was complained about is in `outside`, `complaints`. */
  constructor(browser, pictures, { title = '', origin = '' } = {}) {
    Object.assign(this, { browser, pictures, title, origin, outside: new Set(), complaints: [] });
  }

  async enter() {
    this.context = await this.browser.newContext({ locale: 'en-US', viewport: { width: 1100, height: 900 } });
    this.context.setDefaultTimeout(20_000);
    await this.context.route('**/*', route => {
      const { hostname, protocol, origin, pathname } = new URL(route.request().url());
      if (['localhost', '127.0.0.1'].includes(hostname) || ['data:', 'blob:'].includes(protocol)) return route.continue();
      this.outside.add(origin + pathname);
      return route.abort();
    });
    this.page = await this.context.newPage();
    this.page.on('pageerror', error => this.complaints.push(`error on the page: ${error}`));
    this.page.on('console', message => {
      // The browser itself reports every answer of 400 and above; wrong passwords are part of these tests.
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) this.complaints.push(message.text());
    });
    return this;
  }
  leave() { return this.context?.close(); }

  picture = async name => {
    await this.atRest();
    await this.page.screenshot({ path: this.pictures.next(`${this.title} ${name}`.trim()) });
  };
  /** Waits for movements to end; those that never do (a spinner) are not waited for. */
  atRest = () => this.page.evaluate(() => Promise.all(document.getAnimations()
    .filter(animation => Number.isFinite(animation.effect?.getComputedTiming().endTime))
    .map(animation => animation.finished.catch(() => {}))));

  open = async where => {
    await this.page.goto(new URL(where, this.origin).href);
    await this.page.waitForFunction(() => window.Clerk?.loaded);
  };
  signedIn = () => this.page.waitForFunction(() => window.Clerk?.loaded && window.Clerk.user);
  signedOut = () => this.page.waitForFunction(() => window.Clerk?.loaded && !window.Clerk.user);
  /** Entering and leaving end with a page of Clerk's choice: the next step must not start before it is there. */
  thenLoads = action => Promise.all([this.page.waitForEvent('load'), action()]);
  signOut = async () => {
    await this.thenLoads(() => this.page.evaluate(() => { window.Clerk.signOut(); }));
    await this.signedOut();
  };

  // The password field's hint moves the button for a moment: a click must hit it where it comes to rest.
  submit = async () => {
    const button = this.page.locator('.cl-formButtonPrimary:visible').first();
    await button.click({ trial: true });
    await this.atRest();
    await button.click();
  };
  typeCode = async code => {
    const field = this.page.locator('input[autocomplete="one-time-code"]').first();
    await field.waitFor();
    await field.focus();
    await this.page.keyboard.type(code, { delay: 20 });
  };
  errorText = async () => {
    const error = this.page.locator('.cl-formFieldErrorText:visible, .cl-otpCodeFieldErrorText:visible').first();
    await error.waitFor();
    return (await error.textContent()).trim();
  };
  enterIdentifier = async identifier => {
    await this.open('/sign-in');
    await this.page.fill('input[name=identifier]', identifier);
    await this.submit();
  };
  enterPassword = async password => {
    await this.page.locator('input[name=password]:visible').fill(password);
    await this.submit();
  };
  signIn = async (identifier, password = PASSWORD) => {
    await this.enterIdentifier(identifier);
    await this.thenLoads(() => this.enterPassword(password));
    await this.signedIn();
  };
  /** To the point where a code is asked for. */
  beginSignUp = async address => {
    await this.open('/sign-up');
    await this.page.fill('input[name=emailAddress]', address);
    await this.page.fill('input[name=password]', PASSWORD);
    await this.submit();
    await this.page.locator('input[autocomplete="one-time-code"]').first().waitFor();
  };
  signUp = async (address, code = async () => TEST_CODE) => {
    await this.beginSignUp(address);
    await this.thenLoads(async () => this.typeCode(await code()));
    await this.signedIn();
  };

  openSecurity = async () => {
    await this.open('/user');
    await this.page.locator('.cl-navbarButton__security').first().click();
  };
  /** What an app's protected route answers to a navigation of the browser, and through which addresses it went. */
  navigate = async url => {
    const response = await this.page.goto(url);
    const hops = [];
    for (let request = response.request(); request; request = request.redirectedFrom()) hops.unshift(request.url());
    return { status: response.status(), body: JSON.parse(await response.text()), hops };
  };
}
