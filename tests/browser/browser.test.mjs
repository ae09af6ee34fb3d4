// Clerk's own browser client and components, unmodified, on the instance's pages in a real browser, and the quickstart app beside it.
// BASE and APP name an instance and an app that run already (with the CLERK_* variables of both); without them both are started.
// Pictures of every page go to build/browser/.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { Steps } from '../harness/steps.mjs';
import { FrontendClient, TEST_CODE, freshEmail } from '../harness/frontend_client.mjs';
import { assertNoSecrets, startInstance, startNodeTwin, startQuickstart } from '../harness/instance.mjs';
import { root } from '../harness/process.mjs';
import { configuredSteps, ownAccountSteps, ticketSteps } from './account_steps.mjs';

const PICTURES = process.env.CLERK_TEST_PICTURES ?? path.join(root, 'build/browser');
const PASSWORD = 'correct horse 42!';
const email = freshEmail();
// No look-ups, no updates, no QUIC: whatever the browser asks for must come from this machine.
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost',
];

rmSync(PICTURES, { recursive: true, force: true });
mkdirSync(PICTURES, { recursive: true });
let pictures = 0;
const picture = async name => {
  await atRest();
  await page.screenshot({ path: path.join(PICTURES, `${String(++pictures).padStart(2, '0')}-${name.replace(/\W+/g, '-')}.png`) });
};
const steps = new Steps('browser', { onFailure: name => page && picture(`failed ${name}`) });

let instance, app, browser, context, page;
const outside = new Set(), complaints = [];

/** Waits for movements to end; those that never do (a spinner) are not waited for. */
const atRest = () => page.evaluate(() => Promise.all(document.getAnimations()
  .filter(animation => Number.isFinite(animation.effect?.getComputedTiming().endTime))
  .map(animation => animation.finished.catch(() => {}))));
const signedIn = () => page.waitForFunction(() => window.Clerk?.loaded && window.Clerk.user);
const signedOut = () => page.waitForFunction(() => window.Clerk?.loaded && !window.Clerk.user);
/** Entering and leaving end with a page of Clerk's choice: the next step must not start before it is there. */
const thenLoads = action => Promise.all([page.waitForEvent('load'), action()]);
const signOut = async () => {
  await thenLoads(() => page.evaluate(() => { window.Clerk.signOut(); }));
  await signedOut();
};
const open = async where => {
  await page.goto(new URL(where, instance.origin).href);
  await page.waitForFunction(() => window.Clerk?.loaded);
};
// The password field's hint moves the button for a moment: a click must hit it where it comes to rest.
const submit = async () => {
  const button = page.locator('.cl-formButtonPrimary:visible').first();
  await button.click({ trial: true });
  await atRest();
  await button.click();
};
const typeCode = async code => {
  const field = page.locator('input[autocomplete="one-time-code"]').first();
  await field.waitFor();
  await field.focus();
  await page.keyboard.type(code, { delay: 20 });
};
const errorText = async () => {
  const error = page.locator('.cl-formFieldErrorText:visible, .cl-otpCodeFieldErrorText:visible').first();
  await error.waitFor();
  return (await error.textContent()).trim();
};
const enterIdentifier = async identifier => {
  await open('/sign-in');
  await page.fill('input[name=identifier]', identifier);
  await submit();
};
const enterPassword = async password => {
  await page.locator('input[name=password]:visible').fill(password);
  await submit();
};
const signUp = async (address, code) => {
  await open('/sign-up');
  await page.fill('input[name=emailAddress]', address);
  await page.fill('input[name=password]', PASSWORD);
  await picture('sign up');
  await submit();
  await page.locator('input[autocomplete="one-time-code"]').first().waitFor();
  await picture('sign up code');
  await thenLoads(async () => typeCode(await code()));
  await signedIn();
};
/** What the app's protected route answers to a navigation of the browser, and through which addresses it went. */
const navigateToApp = async () => {
  const response = await page.goto(`${app.origin}/`);
  const hops = [];
  for (let request = response.request(); request; request = request.redirectedFrom()) hops.unshift(request.url());
  return { status: response.status(), body: JSON.parse(await response.text()), hops };
};

await steps.run('the instance and the app start', async () => {
  instance = await startInstance({ args: ['--log-level', 'trace'] });
  app = process.env.CLERK_TEST_APP_ORIGIN ? { origin: process.env.CLERK_TEST_APP_ORIGIN, stop: async () => 0 }
    : process.env.CLERK_TEST_APP === 'node'
      ? await startNodeTwin({ ...instance.env, TWIN_OPTIONS: JSON.stringify({ apiUrl: instance.env.CLERK_API_URL, proxyUrl: `${instance.env.CLERK_FAPI_URL}/__clerk` }) })
      : await startQuickstart(instance.env);
});

await steps.run('the browser starts', async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  context = await browser.newContext({ locale: 'en-US', viewport: { width: 1100, height: 900 } });
  context.setDefaultTimeout(20_000);
  await context.route('**/*', route => {
    const { hostname, protocol, origin, pathname } = new URL(route.request().url());
    if (['localhost', '127.0.0.1'].includes(hostname) || ['data:', 'blob:'].includes(protocol)) return route.continue();
    outside.add(origin + pathname);
    return route.abort();
  });
  page = await context.newPage();
  page.on('pageerror', error => complaints.push(`error on the page: ${error}`));
  page.on('console', message => {
    // The browser itself reports every answer of 400 and above; wrong passwords are part of this test.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
});

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
  const { status, body, hops } = await navigateToApp();
  assert.deepEqual([status, body.message, body.user?.lastName], [200, 'User retrieved successfully.', 'Lovelace']);
  assert.equal(hops.length, 1, `no redirect is needed, but: ${hops.join(' → ')}`);
  await picture('quickstart route');
});

await steps.check('a lost session cookie costs one handshake, then none in ten reloads', async () => {
  await page.goto('about:blank');
  for (const { name } of await context.cookies()) if (name.startsWith('__session')) await context.clearCookies({ name });
  const first = await navigateToApp();
  assert.deepEqual([first.status, first.body.user?.firstName], [200, 'Ada']);
  assert.equal(first.hops.filter(url => url.includes('/v1/client/handshake')).length, 1, first.hops.join(' → '));
  for (let i = 0; i < 10; i++) assert.equal((await navigateToApp()).hops.length, 1);
});

await steps.check('signing out by the API; the app refuses afterwards', async () => {
  await open('/');
  await signOut();
  const { status, body } = await navigateToApp();
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

const tools = {
  open, submit, typeCode, signedIn, signOut, thenLoads, signUp, enterIdentifier, enterPassword, picture, origin: () => instance.origin,
};
const account = { email, password: PASSWORD };
await ownAccountSteps({ steps, page, tools, account });
await ticketSteps({ steps, page, tools, env: instance.env });
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
  const force = on => fetch(`${instance.env.CLERK_API_URL}/v1/instance/organization_settings`, {
    method: 'PATCH', body: JSON.stringify({ force_organization_selection: on }),
    headers: { authorization: `Bearer ${instance.env.CLERK_SECRET_KEY}`, 'content-type': 'application/json' },
  });
  await open('/');
  await signOut();
  assert.equal((await force(true)).status, 200);
  try {
    await open('/sign-up');
    await page.fill('input[name=emailAddress]', freshEmail());
    await page.fill('input[name=password]', PASSWORD);
    await submit();
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

await steps.check('no request left the machine', async () => assert.deepEqual([...outside], []));
await steps.check('neither page nor console complained', async () => assert.deepEqual(complaints, []));

// Only where the instances are ours to start. Last: Clerk's buttons load other providers' icons from Clerk, wherever the instance is.
if (!process.env.CLERK_TEST_ORIGIN) {
  const first = instance;
  await configuredSteps({ steps, page, context, tools, use: another => { instance = another; } });
  instance = first;
}

await browser?.close();
await app?.stop();
await instance?.stop();
steps.finish();
