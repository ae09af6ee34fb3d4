// The pages that only some instances show: closed doors, waitlists, locks, applications that ask for access. Each with an instance of its
// own settings.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { appCode } from '../harness/app_code.mjs';
import { TEST_CODE, freshEmail } from '../harness/frontend_client.mjs';
import { backend, setClock } from '../harness/instance.mjs';
import { claimsOf } from '../harness/tokens.mjs';
import { visit } from './account_steps.mjs';
import { PASSWORD } from './visitor.mjs';

/** An application that signs people in with their account at the instance. `next()` is what its callback is told next. */
async function startApplication() {
  const waiting = [], told = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://localhost');
    let body = '';
    for await (const chunk of request) body += chunk;
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>The application</title><p id="done">Welcome back</p>');
    if (url.pathname !== '/callback') return;
    const fields = Object.fromEntries(request.method === 'POST' ? new URLSearchParams(body) : url.searchParams);
    const answer = { method: request.method, fields };
    waiting.length ? waiting.shift()(answer) : told.push(answer);
  });
  await new Promise(resolve => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    next: () => told.length ? Promise.resolve(told.shift()) : new Promise(resolve => waiting.push(resolve)),
    stop: () => new Promise(resolve => { server.closeAllConnections(); server.close(resolve); }),
  };
}

export async function portalSteps({ steps, visitor }) {
  const { page, open, signOut, signUp, signIn, picture, submit, enterIdentifier, enterPassword, errorText, thenLoads, signedIn } = visitor;

  await steps.check('the pages of the portal', async () => {
    await visit(visitor, {}, async () => {
      await open('/sign-up');
      await page.locator('input[name=password]').waitFor();
      await picture('sign up');
      await signUp(freshEmail());
      await open('/');
      await page.locator('.cl-userButtonTrigger').waitFor();
      await picture('home');
      await open('/create-organization');
      await page.locator('input[name=name]').waitFor();
      await picture('create organization');
      await page.fill('input[name=name]', 'Acme Inc');
      await submit();
      await page.waitForFunction(() => window.Clerk?.organization?.name === 'Acme Inc');
      await open('/organization');
      await page.locator('.cl-navbarButton__members').first().waitFor();
      await picture('organization');
    });
  });

  await steps.check('a closed instance lets in whom a backend invites', async () => {
    await visit(visitor, { sign_up_mode: 'restricted' }, async instance => {
      await open('/sign-up');
      await page.locator('.cl-signUp-root, .cl-card').first().waitFor();
      await page.waitForFunction(() => !document.querySelector('input[name=emailAddress]') && document.querySelector('.cl-header, .cl-headerTitle'));
      await picture('closed');
      const email = freshEmail();
      const { url } = await backend(instance, 'POST', '/invitations', { email_address: email, redirect_url: `${instance.origin}/sign-up` });
      await page.goto(url);
      await page.locator('input[name=password]').waitFor();
      await page.fill('input[name=password]', PASSWORD);
      await picture('invited');
      await thenLoads(submit);
      await signedIn();
      assert.equal(await page.evaluate(() => window.Clerk.user.primaryEmailAddress.emailAddress), email);
    });
  });

  await steps.check('a waitlist takes addresses', async () => {
    await visit(visitor, { sign_up_mode: 'waitlist' }, async instance => {
      const email = freshEmail();
      await open('/sign-up');
      await page.getByText('Join the waitlist').first().waitFor();
      await picture('waitlist only');
      await open('/waitlist');
      await page.fill('input[name=emailAddress]', email);
      await picture('waitlist');
      await submit();
      await page.locator('input[name=emailAddress]').waitFor({ state: 'detached' });
      await picture('waitlist joined');
      const { data } = await backend(instance, 'GET', '/waitlist_entries');
      assert.deepEqual(data.map(entry => [entry.email_address, entry.status]), [[email, 'pending']]);
    });
  });

  await steps.check('wrong passwords lock an account for a while', async () => {
    await visit(visitor, { lockout: { max_attempts: 2, duration_minutes: 60 } }, async instance => {
      const email = freshEmail();
      await signUp(email);
      await signOut();
      await enterIdentifier(email);
      await enterPassword('not my password');
      assert.equal(await errorText(), 'Password is incorrect. Try again, or use another method.');
      const answer = page.waitForResponse(response => response.url().includes('/attempt_first_factor'));
      // Clerk's form leaves for the page above it.
      await thenLoads(() => enterPassword('not mine either'));
      assert.equal((await answer).status(), 403);
      await setClock(instance, 3601);
      await signIn(email);
    });
  });

  await steps.check('where everybody needs a second factor, signing up ends with setting one up', async () => {
    await visit(visitor, { second_factor_required: true }, async () => {
      await visitor.beginSignUp(freshEmail());
      const answer = page.waitForResponse(response => /\/me\/totp\?/.test(response.url()) && response.request().method() === 'POST');
      await visitor.typeCode(TEST_CODE);
      const { secret } = (await (await answer).json()).response;
      await page.locator('.cl-formButtonPrimary:visible').first().waitFor();
      await picture('task second factor');
      assert.deepEqual(await page.evaluate(() => [window.Clerk.session.status, window.Clerk.session.currentTask?.key]), ['pending', 'setup-mfa']);
      await submit();
      await visitor.typeCode(appCode(secret));
      await page.getByText('Backup codes').first().waitFor();
      await picture('task second factor done');
      await thenLoads(submit);
      await page.waitForFunction(() => window.Clerk?.loaded && window.Clerk.session?.status === 'active' && window.Clerk.user.twoFactorEnabled);
    });
  });

  await steps.check('a password that others know is replaced before the session counts', async () => {
    await visit(visitor, {}, async instance => {
      const email = freshEmail();
      await signUp(email);
      const id = await page.evaluate(() => window.Clerk.user.id);
      await signOut();
      await backend(instance, 'POST', `/users/${id}/password/set_compromised`, { revoke_all_sessions: true });
      await enterIdentifier(email);
      await enterPassword(PASSWORD);
      const byCode = page.locator('.cl-alternativeMethodsBlockButton:has-text("Email code")').first();
      await byCode.waitFor();
      await picture('password that others know');
      await byCode.click();
      await visitor.typeCode(TEST_CODE);
      await page.locator('input[name=newPassword]').waitFor();
      assert.deepEqual(await page.evaluate(() => [window.Clerk.session.status, window.Clerk.session.currentTask?.key]), ['pending', 'reset-password']);
      await page.fill('input[name=newPassword]', `${PASSWORD} again`);
      await page.fill('input[name=confirmPassword]', `${PASSWORD} again`);
      await picture('task reset password');
      await thenLoads(submit);
      await page.waitForFunction(() => window.Clerk?.loaded && window.Clerk.session?.status === 'active');
      await signOut();
      await signIn(email, `${PASSWORD} again`);
    });
  });

  await steps.check('somebody acts as a user, and the page says so', async () => {
    await visit(visitor, {}, async instance => {
      const user = await backend(instance, 'POST', '/users', { email_address: [freshEmail()], password: PASSWORD, first_name: 'Ada', last_name: 'Lovelace' });
      const { url } = await backend(instance, 'POST', '/actor_tokens', { user_id: user.id, actor: { sub: 'user_support' }, expires_in_seconds: 600 });
      await page.goto(url);
      await signedIn();
      const [actor, token] = await page.evaluate(async () => [window.Clerk.session.actor, await window.Clerk.session.getToken()]);
      assert.equal(actor.sub, 'user_support');
      assert.equal(claimsOf(token).act.sub, 'user_support');
      await open('/');
      await page.locator('.cl-userButtonTrigger').waitFor();
      await picture('impersonation');
    });
  });

  await steps.check('an application asks for access, and is told by redirect or by form', async () => {
    const application = await startApplication();
    try {
      await visit(visitor, {}, async instance => {
        const email = freshEmail(), verifier = randomBytes(32).toString('base64url'), redirect_uri = `${application.origin}/callback`;
        await signUp(email);
        await signOut();
        const { client_id, client_secret } = await backend(instance, 'POST', '/oauth_applications',
          { name: 'Calendar', redirect_uris: [redirect_uri], scopes: 'openid profile email' });
        const authorize = (state, more = {}) => `${instance.origin}/oauth/authorize?${new URLSearchParams({
          response_type: 'code', client_id, redirect_uri, state, scope: 'openid profile email', code_challenge_method: 'S256',
          code_challenge: createHash('sha256').update(verifier).digest('base64url'), ...more })}`;
        const answerWith = async (value, state) => {
          const button = page.locator(`button[name=consented][value=${value}]`);
          await button.waitFor();
          await picture(`consent ${state}`);
          await button.click();
          await page.locator('#done').waitFor();
          const told = await application.next();
          assert.equal(told.fields.state, state);
          return told;
        };

        await page.goto(authorize('first-state'));
        await page.fill('input[name=identifier]', email);
        await submit();
        await enterPassword(PASSWORD);
        const denied = await answerWith('false', 'first-state');
        assert.deepEqual([denied.method, denied.fields.error], ['GET', 'access_denied']);

        await page.goto(authorize('second-state', { response_mode: 'form_post' }));
        const allowed = await answerWith('true', 'second-state');
        assert.deepEqual([allowed.method, allowed.fields.error], ['POST', undefined]);
        const tokens = await (await fetch(`${instance.origin}/oauth/token`, { method: 'POST', body: new URLSearchParams({
          grant_type: 'authorization_code', code: allowed.fields.code, redirect_uri, client_id, client_secret, code_verifier: verifier }) })).json();
        const claims = JSON.parse(Buffer.from(tokens.id_token.split('.')[1], 'base64url'));
        assert.deepEqual([claims.aud, claims.email], [client_id, email]);

        // Granted once: the next time nobody is asked.
        await page.goto(authorize('third-state'));
        await page.locator('#done').waitFor();
        assert.ok((await application.next()).fields.code);

        await page.goto(`${instance.origin}/oauth/end_session?${new URLSearchParams({
          id_token_hint: tokens.id_token, post_logout_redirect_uri: `${application.origin}/bye`, state: 'over' })}`);
        assert.equal(page.url(), `${application.origin}/bye?state=over`);
        await open('/');
        await visitor.signedOut();
      });
    } finally {
      await application.stop();
    }
  });
}
