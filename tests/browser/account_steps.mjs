// What people do with their accounts in Clerk's components, unmodified: identifiers, passwords, second factors, tickets, other providers,
// links, several accounts, proofs within a session, passkeys.
import assert from 'node:assert/strict';
import { appCode } from '../harness/app_code.mjs';
import { TEST_CODE, freshEmail } from '../harness/frontend_client.mjs';
import { backend, setClock, startWith } from '../harness/instance.mjs';
import { startIssuer } from '../harness/oidc_issuer.mjs';
import { PASSWORD } from './visitor.mjs';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** With an account that is signed in. Leaves it signed in. */
export async function ownAccountSteps({ steps, visitor, account }) {
  const { page, open, openSecurity, submit, typeCode, signedIn, signOut, thenLoads, enterIdentifier, enterPassword, picture } = visitor;
  let secret;

  await steps.check('adding an address and proving it', async () => {
    const second = freshEmail();
    await open('/user');
    await page.locator('button:has-text("Add email address")').click();
    await page.fill('input[name=emailAddress]', second);
    await submit();
    await typeCode(TEST_CODE);
    await page.waitForFunction(address => window.Clerk?.user?.emailAddresses.some(
      each => each.emailAddress === address && each.verification.status === 'verified'), second);
    await picture('second address');
  });

  await steps.check('a picture of oneself', async () => {
    await open('/user');
    await page.locator('.cl-profileSectionPrimaryButton__profile').first().click();
    await page.locator('input[type=file]').first().setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PNG });
    await page.waitForFunction(() => window.Clerk?.user?.hasImage);
    const shown = await fetch(await page.evaluate(() => window.Clerk.user.imageUrl));
    assert.deepEqual([shown.status, shown.headers.get('content-type')], [200, 'image/png']);
    await picture('profile picture');
  });

  await steps.check('another password', async () => {
    await openSecurity();
    await page.locator('button:has-text("Update password")').click();
    await page.fill('input[name=currentPassword]', account.password);
    await page.fill('input[name=newPassword]', `${account.password}3`);
    await page.fill('input[name=confirmPassword]', `${account.password}3`);
    await submit();
    await page.locator('input[name=newPassword]').waitFor({ state: 'detached' });
    account.password += '3';
  });

  await steps.check('a forgotten password is set anew by an e-mailed code', async () => {
    await open('/');
    await signOut();
    await enterIdentifier(account.email);
    await page.locator('.cl-formFieldAction:has-text("Forgot password?"), a:has-text("Forgot password?")').first().click();
    await page.locator('button:has-text("Reset your password")').click();
    await typeCode(TEST_CODE);
    await page.locator('input[name=password]').fill(`${account.password}4`);
    await page.locator('input[name=confirmPassword]').fill(`${account.password}4`);
    await picture('new password');
    await thenLoads(submit);
    await signedIn();
    account.password += '4';
  });

  await steps.check('an authenticator app is set up', async () => {
    await openSecurity();
    await page.locator('button:has-text("Add two-step verification")').click();
    const answer = page.waitForResponse(response => /\/me\/totp\?/.test(response.url()) && response.request().method() === 'POST');
    await page.locator('[role=menuitem]:has-text("Authenticator"), button:has-text("Authenticator application")').first().click();
    secret = (await (await answer).json()).response.secret;
    await submit();
    await typeCode(appCode(secret));
    await page.locator('text=Backup codes').first().waitFor();
    await picture('backup codes');
    assert.ok(await page.evaluate(() => window.Clerk.user.twoFactorEnabled && window.Clerk.user.backupCodeEnabled));
  });

  await steps.check('signing in asks for the app', async () => {
    await open('/');
    await signOut();
    await enterIdentifier(account.email);
    await enterPassword(account.password);
    await page.locator('input[autocomplete="one-time-code"]').first().waitFor();
    await picture('second factor');
    // A code is taken once: the next one, which is taken as well, in case this one's half minute is not over.
    await thenLoads(() => typeCode(appCode(secret, 1)));
    await signedIn();
    assert.deepEqual(await page.evaluate(() => window.Clerk.session.factorVerificationAge), [0, 0]);
    await page.evaluate(() => window.Clerk.user.disableTOTP());
  });
}

/** Signs in a user whom a backend made, by ticket. */
export async function ticketSteps({ steps, visitor, instance }) {
  const { page } = visitor;
  await steps.check('a ticket signs in once', async () => {
    await visitor.open('/');
    await visitor.signOut();
    const user = await backend(instance, 'POST', '/users', { email_address: [freshEmail()], password: PASSWORD, first_name: 'Tick' });
    const { url } = await backend(instance, 'POST', '/sign_in_tokens', { user_id: user.id });
    await page.goto(url);
    await visitor.signedIn();
    assert.equal(await page.evaluate(() => window.Clerk.user.firstName), 'Tick');
    await visitor.signOut();
    await page.goto(url);
    const alert = page.locator('.cl-alertText').first();
    await alert.waitFor();
    assert.match(await alert.textContent(), /already|used/i);
  });
}

/** Lets the visitor do something at an instance of these settings, as somebody whom no instance knows. */
export async function visit(visitor, settings, body) {
  const instance = await startWith(settings);
  try {
    await visitor.context.clearCookies();
    visitor.origin = instance.origin;
    await body(instance);
  } finally {
    await instance.stop();
  }
}

/** Each with an instance of its own settings. */
export async function configuredSteps({ steps, visitor }) {
  const { page, context, open, openSecurity, submit, typeCode, signedIn, signOut, thenLoads, signUp, picture } = visitor;
  const withInstance = (settings, body) => visit(visitor, settings, body);

  await steps.check('signing up and in by another provider', async () => {
    const issuer = await startIssuer({ sub: 'grace-1', email: 'grace@example.com', given_name: 'Grace', family_name: 'Hopper' });
    const social = [{ strategy: 'oauth_google', name: 'Google', issuer: issuer.origin, client_id: 'our-client', client_secret: 'secret' }];
    await withInstance({ social }, async () => {
      for (const time of ['first', 'second']) {
        await open('/sign-in');
        const button = page.locator('.cl-socialButtonsBlockButton__google, .cl-socialButtonsIconButton__google').first();
        await button.waitFor();
        await picture(`other provider, ${time} time`);
        await button.click();
        await page.waitForURL(url => url.origin === visitor.origin && !/sign-in|sign-up/.test(url.pathname));
        await signedIn();
        assert.equal(await page.evaluate(() => window.Clerk.user.fullName), 'Grace Hopper');
        await signOut();
      }
    });
    await issuer.stop();
  });

  await steps.check('signing up by a link in a mail', async () => {
    await withInstance({ email_verification: 'link' }, async instance => {
      const address = freshEmail(false);
      await open('/sign-up');
      await page.fill('input[name=emailAddress]', address);
      await page.fill('input[name=password]', PASSWORD);
      await submit();
      await page.locator('text=verification link').first().waitFor();
      await picture('link sent');
      const mail = (await (await fetch(`${instance.origin}/__control/outbox?to=${encodeURIComponent(address)}`)).json()).at(-1);
      const tab = await context.newPage();
      await tab.goto(mail.link);
      await tab.waitForFunction(() => window.Clerk?.loaded && window.Clerk.user);
      await tab.close();
      await page.bringToFront();
      await page.locator('text=Successfully verified email').first().waitFor();
    });
  });

  await steps.check('two accounts at once, and signing out of one', async () => {
    await withInstance({ multi_session: true }, async () => {
      await signUp(freshEmail());
      await open('/');
      await page.locator('.cl-userButtonTrigger').click();
      await page.locator('.cl-userButtonPopoverActionButton__addAccount').click();
      await page.waitForURL(/sign-in/);
      await signUp(freshEmail());
      await page.waitForFunction(() => window.Clerk?.client?.sessions.length === 2);
      await open('/');
      await page.locator('.cl-userButtonTrigger').click();
      await picture('two accounts');
      await page.locator('.cl-userButtonPopoverActionButton__signOut').first().click();
      await page.waitForFunction(() => window.Clerk?.loaded && window.Clerk.client?.sessions.length === 1);
    });
  });

  await steps.check('a change asks for the password again when the sign-in is old', async () => {
    await withInstance({ reverification_age_seconds: 600 }, async instance => {
      await signUp(freshEmail());
      await open('/user');
      await setClock(instance, 3600);
      const third = freshEmail();
      await page.locator('button:has-text("Add email address")').click();
      await page.fill('input[name=emailAddress]', third);
      await submit();
      await page.locator('input[name=password]').waitFor();
      await picture('once more the password');
      await page.locator('input[name=password]').fill(PASSWORD);
      await page.locator('.cl-modalContent .cl-formButtonPrimary').last().click();
      await page.locator('input[autocomplete="one-time-code"]').first().waitFor();
      await typeCode(TEST_CODE);
      await page.waitForFunction(address => window.Clerk?.user?.emailAddresses.some(
        each => each.emailAddress === address && each.verification.status === 'verified'), third);
    });
  });

  await steps.check('a passkey is registered and signs in', async () => {
    await withInstance({ passkey: true }, async () => {
      // Clerk's client refuses passkeys in a browser that says it is driven.
      await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'webdriver', { get: () => false }));
      const devtools = await context.newCDPSession(page);
      await devtools.send('WebAuthn.enable');
      await devtools.send('WebAuthn.addVirtualAuthenticator', { options: {
        protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
        automaticPresenceSimulation: true } });
      await signUp(freshEmail());
      await openSecurity();
      await page.locator('button:has-text("Add a passkey")').click();
      await page.waitForFunction(() => window.Clerk?.user?.passkeys.length === 1);
      await picture('passkey');
      await signOut();
      await open('/sign-in');
      await thenLoads(() => page.locator('text=Use passkey instead').click());
      await signedIn();
      await devtools.detach();
    });
  });
}
