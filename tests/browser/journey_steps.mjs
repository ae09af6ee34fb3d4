// One person's way from signing up to deleting the account, with pages and an app as `origin` serves them: the same whatever kind of
// keys the instance has and wherever the pages are.
import assert from 'node:assert/strict';
import { freshEmail } from '../harness/frontend_client.mjs';

export async function journeySteps({ steps, visitor, protectedRoute }) {
  const { open, submit, signedOut, signOut, thenLoads, signUp, signIn, enterIdentifier, enterPassword, errorText, navigate, picture, page } = visitor;
  const email = freshEmail();

  await steps.run('signing up', async () => {
    await signUp(email);
    assert.equal(await page.evaluate(() => window.Clerk.user.primaryEmailAddress.emailAddress), email);
  });
  await steps.run('signing out by the user button', async () => {
    await open('/');
    await page.locator('.cl-userButtonTrigger').click();
    await thenLoads(() => page.locator('.cl-userButtonPopoverActionButton__signOut').click());
    await signedOut();
  });
  await steps.check('an unknown address and a wrong password are told', async () => {
    await enterIdentifier('nobody@example.com');
    assert.equal(await errorText(), "Couldn't find your account.");
    await enterIdentifier(email);
    await enterPassword('not my password');
    assert.equal(await errorText(), 'Password is incorrect. Try again, or use another method.');
  });
  await steps.run('signing in', () => signIn(email));
  await steps.check('a new name', async () => {
    await open('/user');
    await page.locator('.cl-profileSectionPrimaryButton__profile').first().click();
    await page.fill('input[name=firstName]', 'Ada');
    await page.fill('input[name=lastName]', 'Lovelace');
    await submit();
    await page.waitForFunction(() => window.Clerk?.user?.fullName === 'Ada Lovelace');
    await picture('profile');
  });
  await steps.check('an organization', async () => {
    await open('/');
    await page.locator('.cl-organizationSwitcherTrigger').click();
    await page.locator('.cl-organizationSwitcherPopoverActionButton__createOrganization').click();
    await page.fill('input[name=name]', 'Acme Inc');
    await submit();
    await page.locator('.cl-formButtonReset:visible').first().click();
    await page.waitForFunction(() => window.Clerk?.organization?.name === 'Acme Inc');
  });
  await steps.check("the app's route by token and by cookie, with at most one handshake", async () => {
    const token = await page.evaluate(() => window.Clerk.session.getToken({ skipCache: true }));
    const byToken = await fetch(protectedRoute, { headers: { authorization: `Bearer ${token}` } });
    assert.deepEqual([byToken.status, (await byToken.json()).firstName], [200, 'Ada']);
    const handshakes = hops => hops.filter(url => url.includes('/v1/client/handshake')).length;
    const first = await navigate(protectedRoute);
    assert.deepEqual([first.status, first.body.firstName], [200, 'Ada']);
    assert.ok(handshakes(first.hops) <= 1, first.hops.join(' → '));
    for (const { name } of await visitor.context.cookies()) if (name.startsWith('__session')) await visitor.context.clearCookies({ name });
    const lost = await navigate(protectedRoute);
    assert.deepEqual([lost.status, handshakes(lost.hops)], [200, 1]);
    for (let i = 0; i < 10; i++) assert.equal((await navigate(protectedRoute)).hops.length, 1);
  });
  await steps.check('signed out, the app refuses', async () => {
    await open('/');
    await signOut();
    assert.equal((await navigate(protectedRoute)).status, 401);
  });
  await steps.check('deleting the account', async () => {
    await signIn(email);
    await visitor.openSecurity();
    await page.locator('button:has-text("Delete account")').first().click();
    await page.locator('input[name=deleteConfirmation]').fill('Delete account');
    await thenLoads(() => page.locator('.cl-form button[type=submit], .cl-formButtonPrimary').last().click());
    await signedOut();
    await enterIdentifier(email);
    assert.equal(await errorText(), "Couldn't find your account.");
  });
  await steps.check('no request left the machine, and nothing complained', () =>
    assert.deepEqual([[...visitor.outside], visitor.complaints], [[], []]));
}
