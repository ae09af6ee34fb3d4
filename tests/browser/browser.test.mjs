// Clerk's own browser client and components, unmodified, on the instance's pages in a real browser, and the quickstart app beside it.
// BASE and APP name an instance and an app that run already (with the CLERK_* variables of both); without them both are started.
// Pictures of every page go to build/browser/.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { Steps } from '../harness/steps.mjs';
import { FrontendClient, TEST_CODE, freshEmail } from '../harness/frontend_client.mjs';
import { assertNoSecrets, backend, startApp, startInstance, startNodeTwin, startQuickstart } from '../harness/instance.mjs';
import { root } from '../harness/process.mjs';
import { configuredSteps, ownAccountSteps, ticketSteps } from './account_steps.mjs';
import { journeySteps } from './journey_steps.mjs';
import { portalSteps } from './portal_steps.mjs';
import { FLAGS, PASSWORD, Pictures, Visitor } from './visitor.mjs';

const PICTURES = process.env.CLERK_TEST_PICTURES ?? path.join(root, 'build/browser');
const email = freshEmail();

rmSync(PICTURES, { recursive: true, force: true });
mkdirSync(PICTURES, { recursive: true });
const pictures = new Pictures(PICTURES);
let instance, app, browser, visitor;
/** Steps whose failure leaves a picture of what `who()` saw. */
const stepsOf = (title, who) => new Steps(title, { onFailure: name => who()?.page && who().picture(`failed ${name}`) });
const steps = stepsOf('browser', () => visitor);

await steps.run('the instance and the app start', async () => {
  instance = await startInstance({ args: ['--log-level', 'trace'] });
  app = process.env.CLERK_TEST_APP_ORIGIN ? { origin: process.env.CLERK_TEST_APP_ORIGIN, stop: async () => 0 }
    : process.env.CLERK_TEST_APP === 'node'
      ? await startNodeTwin({ ...instance.env, TWIN_OPTIONS: JSON.stringify({ apiUrl: instance.env.CLERK_API_URL, proxyUrl: `${instance.env.CLERK_FAPI_URL}/__clerk` }) })
      : await startQuickstart(instance.env);
});

await steps.run('the browser starts', async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  visitor = await new Visitor(browser, pictures, { origin: instance.origin }).enter();
});
if (!visitor) steps.finish();

/** All that one person does at one instance with the quickstart app beside it. */
async function ownInstance() {
  const { page, context, open, submit, typeCode, signedIn, signedOut, signOut, thenLoads, enterIdentifier, enterPassword, errorText, navigate, picture } = visitor;
  const signUp = async (address, code) => {
    await visitor.beginSignUp(address);
    await picture('sign up code');
    await thenLoads(async () => typeCode(await code()));
    await signedIn();
  };

  await steps.run("the pages serve Clerk's own packages, unmodified", async () => {
    await open('/sign-in');
    const pinned = JSON.parse(readFileSync(path.join(root, 'instance/portal/package.json'))).dependencies;
    const [client, ui] = await page.evaluate(() => [window.Clerk.version, window.Clerk.uiVersion]);
    assert.deepEqual([client, ui], [pinned['@clerk/clerk-js'], pinned['@clerk/ui']]);
    for (const [name, file] of [['clerk-js', 'clerk.browser.js'], ['ui', 'ui.browser.js']]) {
      const served = await (await fetch(`${instance.origin}/npm/@clerk/${name}@${pinned[`@clerk/${name}`]}/dist/${file}`)).text();
      assert.ok(served === readFileSync(path.join(root, `instance/portal/node_modules/@clerk/${name}/dist/${file}`), 'utf8'), `${file} differs`);
    }
    await picture('sign in');
  });

  await steps.run('signing up with password and e-mailed code', async () => {
    await signUp(email, async () => TEST_CODE);
    assert.equal(await page.evaluate(() => window.Clerk.user.primaryEmailAddress.emailAddress), email);
  });

  await steps.run('signing out by the user button', async () => {
    await open('/');
    await signedIn();
    await page.locator('.cl-userButtonTrigger').click();
    await page.locator('.cl-userButtonPopoverActionButton__signOut').waitFor();
    await picture('user button');
    await thenLoads(() => page.locator('.cl-userButtonPopoverActionButton__signOut').click());
    await signedOut();
  });

  await steps.check("an unknown address: Clerk's text under the field", async () => {
    await enterIdentifier('nobody@example.com');
    assert.equal(await errorText(), "Couldn't find your account.");
  });

  await steps.check("a wrong password: Clerk's text under the field", async () => {
    await enterIdentifier(email);
    await enterPassword('not my password');
    assert.equal(await errorText(), 'Password is incorrect. Try again, or use another method.');
    await picture('wrong password');
  });

  await steps.check("an address that is taken: Clerk's text under the field", async () => {
    await open('/sign-up');
    await page.fill('input[name=emailAddress]', email);
    await page.fill('input[name=password]', PASSWORD);
    await submit();
    assert.equal(await errorText(), 'That email address is taken. Please try another.');
  });

  await steps.run('signing in with the password', async () => {
    await enterIdentifier(email);
    await thenLoads(() => enterPassword(PASSWORD));
    await signedIn();
  });

  await steps.run('changing the name in the profile', async () => {
    await open('/user');
    await page.locator('.cl-profileSectionPrimaryButton__profile').first().click();
    await page.fill('input[name=firstName]', 'Ada');
    await page.fill('input[name=lastName]', 'Lovelace');
    await picture('profile name');
    await submit();
    await page.waitForFunction(() => window.Clerk?.user?.fullName === 'Ada Lovelace');
    await page.locator('input[name=firstName]').waitFor({ state: 'detached' });
    await picture('profile');
  });

  await steps.check('the devices of the profile list this browser', async () => {
    await page.locator('.cl-navbarButton__security').first().click();
    await page.getByText('Active devices').waitFor();
    await page.getByText('This device').waitFor();
    await picture('profile security');
  });

  await steps.run('making an organization by the switcher', async () => {
    await open('/');
    await page.locator('.cl-organizationSwitcherTrigger').click();
    await page.locator('.cl-organizationSwitcherPopoverActionButton__createOrganization').click();
    await page.fill('input[name=name]', 'Acme Inc');
    await picture('organization name');
    await submit();
    const skip = page.locator('.cl-formButtonReset:visible').first();
    await skip.waitFor();
    await picture('organization invite first');
    await skip.click();
    await page.waitForFunction(() => window.Clerk?.organization?.name === 'Acme Inc');
    await page.locator('#out', { hasText: ':Acme Inc' }).waitFor({ state: 'attached' });
  });

  await steps.check('inviting to the organization, and its lists of members and invitations', async () => {
    await open('/organization');
    await page.locator('.cl-navbarButton__members').first().click();
    await page.locator('.cl-membersPageInviteButton, button:has-text("Invite")').first().click();
    await page.locator('.cl-tagInputContainer input, input#emailAddress-field').first().fill('bob@example.com');
    await page.keyboard.press(',');
    await picture('organization invite');
    await page.locator('.cl-formButtonPrimary:visible').last().click();
    await page.waitForFunction(async () => (await window.Clerk?.organization?.getInvitations())?.data.some(({ emailAddress }) => emailAddress === 'bob@example.com'));
    await open('/organization');
    await page.locator('.cl-navbarButton__members').first().click();
    await page.getByText(email).first().waitFor();
    await picture('organization members');
    await page.getByRole('tab', { name: /Invitations/ }).click();
    await page.getByText('bob@example.com').waitFor();
    await picture('organization invitations');
  });

  await steps.check('the token says which organization one works for', async () => {
    const claims = await page.evaluate(async () => JSON.parse(atob((await window.Clerk.session.getToken({ skipCache: true })).split('.')[1].replace(/-/g, '+').replace(/_/g, '/'))));
    assert.deepEqual([claims.o?.rol, claims.o?.slg], ['admin', await page.evaluate(() => window.Clerk.organization.slug)]);
  });

  await steps.check('going back to the personal account', async () => {
    await open('/');
    await page.locator('.cl-organizationSwitcherTrigger').click();
    await page.getByText('Personal account').last().click();
    await page.waitForFunction(() => window.Clerk?.loaded && window.Clerk.user && !window.Clerk.organization);
  });

  await steps.check("the app's protected route with a bearer token", async () => {
    const token = await page.evaluate(() => window.Clerk.session.getToken({ skipCache: true }));
    const response = await fetch(`${app.origin}/`, { headers: { authorization: `Bearer ${token}` } });
    const { message, user } = await response.json();
    assert.deepEqual([response.status, message, user.firstName], [200, 'User retrieved successfully.', 'Ada']);
  });

  await steps.check("the app's protected route with the browser's cookies", async () => {
    const { status, body, hops } = await navigate(`${app.origin}/`);
    assert.deepEqual([status, body.message, body.user?.lastName], [200, 'User retrieved successfully.', 'Lovelace']);
    assert.equal(hops.length, 1, `no redirect is needed, but: ${hops.join(' → ')}`);
    await picture('quickstart route');
  });

  await steps.check('a lost session cookie costs one handshake, then none in ten reloads', async () => {
    await page.goto('about:blank');
    for (const { name } of await context.cookies()) if (name.startsWith('__session')) await context.clearCookies({ name });
    const first = await navigate(`${app.origin}/`);
    assert.deepEqual([first.status, first.body.user?.firstName], [200, 'Ada']);
    assert.equal(first.hops.filter(url => url.includes('/v1/client/handshake')).length, 1, first.hops.join(' → '));
    for (let i = 0; i < 10; i++) assert.equal((await navigate(`${app.origin}/`)).hops.length, 1);
  });

  await steps.check('signing out by the API; the app refuses afterwards', async () => {
    await open('/');
    await signOut();
    const { status, body } = await navigate(`${app.origin}/`);
    assert.deepEqual([status, body], [403, { error: 'Unauthorized request.' }]);
  });

  await steps.check('signing in with an e-mailed code: first a wrong one, then the right one', async () => {
    await enterIdentifier(email);
    await page.getByText('Use another method').click();
    await page.locator('.cl-alternativeMethodsBlockButton__email_code, .cl-alternativeMethodsBlockButton:has-text("Email code")').first().click();
    await typeCode('111111');
    assert.equal(await errorText(), 'Incorrect code');
    await picture('wrong code');
    const field = page.locator('input[autocomplete="one-time-code"]').first();
    await page.waitForFunction(() => !document.querySelector('input[autocomplete="one-time-code"]')?.disabled);
    await field.fill('');
    await thenLoads(() => typeCode(TEST_CODE));
    await signedIn();
  });

  const account = { email, password: PASSWORD };
  await ownAccountSteps({ steps, visitor, account });
  await ticketSteps({ steps, visitor, instance });
  await steps.run('signing in again, with the password of now', async () => {
    await enterIdentifier(email);
    await thenLoads(() => enterPassword(account.password));
    await signedIn();
  });

  await steps.check('an ordinary address gets its code by mail, which the outbox shows', async () => {
    await signOut();
    const address = freshEmail(false);
    await signUp(address, () => new FrontendClient(instance.origin).codeFor(address));
    assert.equal(await page.evaluate(() => window.Clerk.user.primaryEmailAddress.emailAddress), address);
  });

  await steps.check('where everybody must be in an organization, signing up ends with choosing one', async () => {
    const force = on => backend(instance, 'PATCH', '/instance/organization_settings', { force_organization_selection: on });
    await open('/');
    await signOut();
    await force(true);
    try {
      await visitor.beginSignUp(freshEmail());
      await typeCode(TEST_CODE);
      await page.locator('input[name=name]').waitFor();
      await picture('task choose organization');
      await page.fill('input[name=name]', 'First Org');
      await submit();
      await page.waitForFunction(() => window.Clerk?.loaded && window.Clerk.session?.status === 'active' && window.Clerk.organization?.name === 'First Org');
    } finally {
      await force(false);
    }
  });

  await steps.check('no secret stands in the log of the instance', async () => assertNoSecrets(instance.log(), [PASSWORD]));
  await steps.check('no request left the machine, and nothing complained', async () =>
    assert.deepEqual([[...visitor.outside], visitor.complaints], [[], []]));
}

/** The same journey with other keys, and with pages of another origin that go to the instance or through the app's own proxy. */
async function journey(title, { keys = [], PAGES_PROXY = '', ownPages = false } = {}) {
  let visitor;
  const steps = stepsOf(title, () => visitor);
  let instance, app;
  await steps.run('the instance and the app start', async () => {
    instance = await startInstance({ args: keys });
    app = await startApp(process.execPath, [path.join(root, 'tests/browser/pages_app.mjs')], { ...instance.env, PAGES_PROXY });
    visitor = await new Visitor(browser, pictures, { title, origin: ownPages ? app.origin : instance.origin }).enter();
  });
  if (visitor) await journeySteps({ steps, visitor, protectedRoute: `${app.origin}/me` });
  await visitor?.leave();
  await app?.stop();
  await instance?.stop();
  return steps;
}

/** Steps that each want an instance of other settings. */
async function configured(title, run) {
  const visitor = await new Visitor(browser, pictures, { title }).enter();
  const steps = stepsOf(title, () => visitor);
  await run({ steps, visitor });
  await visitor.leave();
  return steps;
}

// Two at a time: most of it is waiting.
const others = [];
const lane = async (...tasks) => { for (const task of tasks) others.push(await task()); };
// Only where the instances are ours to start.
const alone = Boolean(process.env.CLERK_TEST_ORIGIN);
await Promise.all([
  ownInstance(),
  alone ? null : lane(
    () => configured('settings', configuredSteps),
    () => configured('portal', portalSteps),
    () => journey('test keys', { keys: ['--key-mode', 'test'] }),
    () => journey('pages of another origin', { ownPages: true }),
    () => journey('through the proxy of an app', { ownPages: true, PAGES_PROXY: '1' }),
  ),
]);

await browser.close();
await app.stop();
await instance.stop();
steps.finish(...others);
