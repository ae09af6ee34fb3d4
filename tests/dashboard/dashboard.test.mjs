// The operator's dashboard in a real browser: signing in with the secret key, looking over everything, changing things, signing out.
// With CLERK_TEST_ORIGIN (and the instance's CLERK_* variables) nothing is started. Pictures of every page, in light and dark, wide and narrow,
// go to build/dashboard/.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { assertNoSecrets, startInstance } from '../harness/instance.mjs';
import { root, temporaryFolder } from '../harness/process.mjs';
import { Steps } from '../harness/steps.mjs';

const PICTURES = process.env.CLERK_TEST_PICTURES ?? path.join(root, 'build/dashboard');
const PASSWORD = 'correct horse 42!';
const HOSTILE = '<img src=x onerror="window.hurt=1">';
// No look-ups, no updates, no QUIC: whatever the browser asks for must come from this machine.
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost',
];
const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 390, height: 844 };

rmSync(PICTURES, { recursive: true, force: true });
mkdirSync(PICTURES, { recursive: true });

let instance, browser, context, page, dashboard, secretKey;
const outside = new Set(), complaints = [];
const people = {};
let pictures = 0;

/** Waits for movements to end; those that never do (a spinner) are not waited for. */
const atRest = () => page.evaluate(() => Promise.all(document.getAnimations()
  .filter(animation => Number.isFinite(animation.effect?.getComputedTiming().endTime)).map(animation => animation.finished.catch(() => {}))));
const snap = async name => {
  await atRest();
  await page.screenshot({ path: path.join(PICTURES, `${String(++pictures).padStart(2, '0')}-${name.replace(/\W+/g, '-')}.png`) });
};
const steps = new Steps('dashboard', { onFailure: async name => page && await snap(`failed ${name}`) });

/** One view in all the ways that people look at it. */
const pictureInAllWays = async name => {
  for (const [scheme, size, title] of [['light', WIDE, 'light'], ['dark', WIDE, 'dark'], ['light', NARROW, 'narrow'], ['dark', NARROW, 'narrow dark']]) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize(size);
    await snap(`${name} ${title}`);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide (${title})`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(WIDE);
};

async function backend(method, where, body) {
  const response = await fetch(`${instance.env.CLERK_API_URL}/v1${where}`, {
    method, headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${where}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

const heading = name => page.getByRole('heading', { level: 1, name, exact: true });
const button = (name, within = page) => within.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');
const toasted = text => page.locator('.toast').filter({ hasText: text }).last().waitFor();
const open = async (where, title) => {
  await page.goto(`${dashboard}/${where}`);
  if (title) await heading(title).waitFor();
};
const follow = async (name, title = name) => {
  await page.getByRole('navigation', { name: 'Dashboard' }).getByRole('link', { name, exact: true }).click();
  await heading(title).waitFor();
};
const tab = name => page.getByRole('tab', { name, exact: true }).click();
const row = text => page.getByRole('row').filter({ hasText: text });
/** Fills in the dialog and sends it; it goes away when all went well. */
const send = async (action, values = {}) => {
  for (const [label, value] of Object.entries(values)) await dialog().getByLabel(label).fill(value);
  await button(action, dialog()).click();
  await dialog().waitFor({ state: 'detached' });
};

await steps.run('an instance with people in it', async () => {
  const settings = path.join(temporaryFolder('settings'), 'settings.json');
  writeFileSync(settings, JSON.stringify({ passkey: true, fixed: ['passkey'] }));
  instance = await startInstance({ args: ['--log-level', 'trace', '--name', 'Analytical Engines', '--settings', settings] });
  secretKey = instance.env.CLERK_SECRET_KEY;
  dashboard = `${instance.origin}/dashboard`;
  const names = [['Grace', 'Hopper'], ['Alan', 'Turing'], ['Катерина', 'Ющенко'], ['Edsger', 'Dijkstra'], ['Barbara', 'Liskov'], [HOSTILE, 'Hostile'], ['Margaret', 'Hamilton'], ['Ada', 'Lovelace']];
  for (let i = 0; i < 22; i++) names.unshift(['Person', `Number ${i + 1}`]);
  for (const [i, [first_name, last_name]] of names.entries()) {
    const user = await backend('POST', '/users', {
      email_address: [`person${i}@example.test`], first_name, last_name, password: PASSWORD, skip_password_checks: true, public_metadata: { plan: i % 2 ? 'pro' : 'free' } });
    people[last_name] = user;
  }
  for (const name of ['Lovelace', 'Hopper', 'Turing', 'Hostile']) await backend('POST', '/sessions', { user_id: people[name].id });
  await backend('POST', `/users/${people.Dijkstra.id}/ban`);
  await backend('POST', '/organizations', { name: 'Bletchley Park', created_by: people.Turing.id });
  await backend('POST', '/invitations', { email_address: 'guest@example.test' });
});

await steps.run('the browser starts', async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  context = await browser.newContext({ locale: 'en-US', viewport: WIDE });
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
    // The browser itself reports every answer of 400 and above; wrong keys are part of this test.
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
  });
});

await steps.check('a wrong key is told beside the form', async () => {
  await open('');
  const key = page.getByLabel('Secret key');
  await key.waitFor();
  await pictureInAllWays('sign in');
  await key.fill('sk_live_wrong');
  await key.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'This is not the secret key of this instance.' }).waitFor();
});

await steps.run('the secret key opens the door, by keyboard alone', async () => {
  await open('');
  await page.getByLabel('Secret key').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.name), 'secret_key', 'the field has the focus');
  await page.keyboard.type(secretKey);
  await page.keyboard.press('Enter');
  await heading('Overview').waitFor();
});

await steps.check('the cookie is kept from scripts and other sites, and holds no key', async () => {
  const cookies = await context.cookies();
  const cookie = cookies.find(each => each.name.includes('clerkd_dashboard'));
  assert.ok(cookie, 'there is a cookie');
  assert.equal(cookie.httpOnly, true);
  assert.equal(cookie.sameSite, 'Strict');
  assert.ok(!cookie.value.includes(secretKey));
  assert.equal(await page.evaluate(() => document.cookie.includes('clerkd_dashboard')), false);
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  assert.ok(!kept.includes(secretKey), 'the browser keeps no key');
});

await steps.check('the overview', async () => {
  await row('Ada Lovelace').waitFor();
  assert.equal((await page.locator('.figure').filter({ hasText: 'Users' }).locator('strong').textContent()).trim(), String(Object.keys(people).length));
  await pictureInAllWays('overview');
});

await steps.run('users: pages and search', async () => {
  await follow('Users');
  await row('Ada Lovelace').waitFor();
  await pictureInAllWays('users');
  assert.equal(await page.locator('tbody tr').count(), 25);
  await button('Next').click();
  await page.getByText('Page 2').waitFor();
  assert.equal(await page.locator('tbody tr').count(), Object.keys(people).length - 25);
  await button('Previous').click();
  await page.getByText('Page 1').waitFor();
  await page.getByLabel('Search users').fill('person22@');
  await row('Grace Hopper').waitFor();
  await row('Ada Lovelace').waitFor({ state: 'detached' });
  await page.getByLabel('Search users').fill('nobody at all');
  await page.getByText('Nobody matches').waitFor();
  await snap('nobody matches');
});

await steps.check('what people entered is text and nothing else', async () => {
  await open(`users/${people.Hostile.id}`, `${HOSTILE} Hostile`);
  await open('users', 'Users');
  await row(HOSTILE).waitFor();
  assert.equal(await page.evaluate(() => window.hurt), undefined);
  assert.equal(await page.locator('img[src="x"]').count(), 0);
});

await steps.run('a user is opened, and its names are changed', async () => {
  await open('users', 'Users');
  await row('Ada Lovelace').getByRole('link').first().click();
  await heading('Ada Lovelace').waitFor();
  await pictureInAllWays('user');
  await button('Edit profile').click();
  await snap('edit profile');
  await send('Save', { 'First name': 'Augusta Ada' });
  await heading('Augusta Ada Lovelace').waitFor();
  assert.equal((await backend('GET', `/users/${people.Lovelace.id}`)).first_name, 'Augusta Ada');
});

await steps.check('what is wrong with a field is told beside it', async () => {
  await open(`users/${people.Lovelace.id}`, 'Augusta Ada Lovelace');
  await button('Change password').click();
  await dialog().getByLabel('Password', { exact: false }).first().fill('short');
  await button('Set password', dialog()).click();
  await dialog().locator('.field-error, .form-error').filter({ hasText: /\w/ }).first().waitFor();
  await snap('weak password');
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

await steps.check('a password is set', async () => {
  await button('Change password').click();
  await dialog().locator('input[type=password]').fill('another horse 43!');
  await button('Set password', dialog()).click();
  await toasted('Password set.');
  const { verified } = await backend('POST', `/users/${people.Lovelace.id}/verify_password`, { password: 'another horse 43!' });
  assert.equal(verified, true);
});

await steps.check('metadata is written as JSON, and what is none is refused', async () => {
  await tab('Metadata');
  await button('Edit public metadata').click();
  const json = dialog().getByLabel('JSON');
  await json.fill('{ "plan": ');
  await button('Save', dialog()).click();
  await dialog().getByText('This is no JSON').waitFor();
  await json.fill('{ "plan": "enterprise" }');
  await button('Save', dialog()).click();
  await dialog().waitFor({ state: 'detached' });
  await page.getByText('"enterprise"').waitFor();
  await snap('metadata');
  assert.deepEqual((await backend('GET', `/users/${people.Lovelace.id}`)).public_metadata, { plan: 'enterprise' });
});

await steps.check('a session is revoked, after a question', async () => {
  const began = await backend('POST', '/sessions', { user_id: people.Lovelace.id });
  await open(`users/${people.Lovelace.id}?tab=sessions`);
  const mine = row(began.id);
  await mine.waitFor();
  await button('Revoke', mine).click();
  await snap('revoke session');
  await button('Revoke', dialog()).click();
  await toasted('Session revoked.');
  assert.equal((await backend('GET', `/sessions/${began.id}`)).status, 'revoked');
});

await steps.check('a user is banned and unbanned, locked and unlocked', async () => {
  for (const [action, done, member, value] of [['Ban', 'Banned.', 'banned', true], ['Unban', 'Unbanned.', 'banned', false], ['Lock', 'Locked.', 'locked', true], ['Unlock', 'Unlocked.', 'locked', false]]) {
    await open(`users/${people.Hopper.id}?tab=danger`, 'Grace Hopper');
    if (action === 'Ban') await pictureInAllWays('danger zone');
    await button(action).click();
    await button(action, dialog()).click();
    await toasted(done);
    assert.equal((await backend('GET', `/users/${people.Hopper.id}`))[member], value, action);
  }
});

await steps.check('the changes of a user stand in its audit log', async () => {
  await tab('Audit log');
  await row('Unlocked a user').waitFor();
  await row('Created a user').waitFor();
});

await steps.check('a user is created and deleted, which has to be typed', async () => {
  await open('users', 'Users');
  await button('Create user').click();
  await snap('create user');
  await send('Create user', { 'Email address': 'made@example.test', 'First name': 'Made' });
  await heading('Made').waitFor();
  await tab('Danger zone');
  await button('Delete user').click();
  const confirm = button('Delete user', dialog());
  assert.equal(await confirm.isDisabled(), true);
  await dialog().getByRole('textbox').fill('made@example.test');
  await snap('delete user');
  await confirm.click();
  await heading('Users').waitFor();
  assert.deepEqual(await backend('GET', '/users?email_address=made@example.test'), []);
});

await steps.check('sessions of everybody', async () => {
  await follow('Sessions');
  await row('Alan Turing').waitFor();
  await pictureInAllWays('sessions');
});

await steps.check('an organization: members, invitations, domains', async () => {
  await backend('PATCH', '/instance/organization_settings', { domains_enabled: true });
  await follow('Organizations');
  await row('Bletchley Park').waitFor();
  await pictureInAllWays('organizations');
  await row('Bletchley Park').getByRole('link').first().click();
  await heading('Bletchley Park').waitFor();
  await row('Alan Turing').waitFor();
  await button('Add member').click();
  await send('Add', { 'User id': people.Liskov.id });
  await row('Barbara Liskov').waitFor();
  await pictureInAllWays('organization');
  await tab('Invitations');
  await button('Invite').click();
  await send('Send invitation', { 'Email address': 'invited@example.test' });
  await row('invited@example.test').waitFor();
  await snap('invitations');
  await tab('Domains');
  await button('Add domain').click();
  await dialog().locator('input[name=name]').fill('bletchley.example');
  await send('Add');
  await row('bletchley.example').waitFor();
  await tab('Roles');
  await row('org:admin').waitFor();
  await snap('roles');
});

await steps.check('the outbox shows codes and what was said', async () => {
  await follow('Outbox');
  await row('invited@example.test').waitFor();
  await pictureInAllWays('outbox');
  await button('Show message to guest@example.test').click();
  await dialog().getByText('http').first().waitFor();
  await snap('message');
  await page.keyboard.press('Escape');
  await tab('Webhooks');
  await page.getByText('No deliveries').waitFor();
});

await steps.check('settings are changed, and the allowlist is extended', async () => {
  await follow('Settings');
  await page.getByLabel('Support email').fill('help@example.test');
  await pictureInAllWays('settings');
  await button('Save').first().click();
  await toasted('Settings saved.');
  await tab('Restrictions');
  await page.getByLabel('Refuse subaddresses').check();
  await snap('restrictions');
  await button('Save').click();
  await toasted('Settings saved.');
  await button('Add to the allowlist').click();
  await send('Add', { 'Email address, phone number or domain': 'friend@example.test' });
  await row('friend@example.test').waitFor();
  await page.reload();
  await tab('Restrictions');
  await row('friend@example.test').waitFor();
  assert.equal(await page.getByLabel('Refuse subaddresses').isChecked(), true);
  await tab('Configuration');
  await pictureInAllWays('configuration');
});

await steps.check('how people sign in is changed, and given back to the settings file', async () => {
  const inForce = () => backend('GET', '/instance/sign_in_settings');
  await open('settings?tab=sign-in', 'Settings');
  const part = title => page.locator('section.card').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  assert.equal(await page.getByLabel('Passkeys').isDisabled(), true, 'the settings file fixes it');
  await page.getByLabel('Who may sign up').selectOption('restricted');
  await pictureInAllWays('sign-in settings');
  await button('Save', part('Signing up')).click();
  await toasted('Settings saved.');
  assert.equal((await inForce()).sign_up_mode, 'restricted');
  await page.getByLabel('After how many').fill('7');
  await Promise.all([page.waitForResponse(response => response.request().method() === 'PATCH'), button('Save', part('Lockout')).click()]);
  assert.deepEqual((await inForce()).lockout, { max_attempts: 7, duration_minutes: 60 });
  await button('Add a social connection').click();
  await snap('social connection');
  await send('Add', { Strategy: 'oauth_example', Name: 'Example', Issuer: 'http://127.0.0.1:9', 'Client id': 'our-id', 'Client secret': 'our-secret' });
  await row('oauth_example').waitFor();
  assert.deepEqual((await inForce()).social.map(each => each.client_id), ['our-id']);
  assert.ok(!(await page.content()).includes('our-secret'));
  await button('Back to the settings file').click();
  await button('Forget the changes', dialog()).click();
  await toasted('The settings file counts.');
  const { sign_up_mode, lockout, social } = await inForce();
  assert.deepEqual([sign_up_mode, lockout.max_attempts, social], ['public', 100, []]);
});

await steps.check('the keys, and never the secret one', async () => {
  await follow('Keys');
  await page.getByText(instance.env.CLERK_PUBLISHABLE_KEY).waitFor();
  await page.getByText('No API keys').waitFor();
  assert.ok(!(await page.content()).includes(secretKey.slice(10)), 'the secret key stands on the page');
  await pictureInAllWays('keys');
});

await steps.check('the audit log tells who did what', async () => {
  await follow('Audit log');
  await row('Deleted a user').waitFor();
  await pictureInAllWays('audit log');
  await page.getByLabel('Object id').fill(people.Hopper.id);
  await row('Deleted a user').first().waitFor({ state: 'detached' });
  await row(/Banned a user/).waitFor();
});

await steps.check('every control has a name, and every picture a text or none', async () => {
  for (const where of ['', 'users', `users/${people.Lovelace.id}`, 'organizations', 'outbox', 'settings', 'keys', 'audit-log']) {
    await open(where);
    await page.locator('main h1').waitFor();
    const nameless = await page.evaluate(() => [...document.querySelectorAll('button, a, input, select, textarea')]
      .filter(each => !(each.innerText?.trim() || each.getAttribute('aria-label') || each.labels?.length || each.querySelector('[aria-label]'))).map(each => each.outerHTML));
    assert.deepEqual(nameless, [], where);
    assert.equal(await page.locator('img:not([alt])').count(), 0);
  }
});

await steps.check('signing out ends it, also for the button that leads back', async () => {
  await open('users', 'Users');
  const [kept] = (await context.cookies()).filter(each => each.name.includes('clerkd_dashboard'));
  await button('Sign out').click();
  await page.getByLabel('Secret key').waitFor();
  await page.reload();
  await page.getByLabel('Secret key').waitFor();
  await context.addCookies([kept]);
  await page.reload();
  await page.getByLabel('Secret key').waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Users' }).count(), 0);
});

await steps.check('no secret stands in the log of the instance', async () => assertNoSecrets(instance.log(), [PASSWORD, secretKey]));
await steps.check('no request left the machine', async () => assert.deepEqual([...outside], []));
await steps.check('neither page nor console complained', async () => assert.deepEqual(complaints, []));

await browser?.close();
await instance?.stop();
steps.finish();
