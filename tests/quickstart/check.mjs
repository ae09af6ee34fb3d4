// ./quickstart --check: the instance and the example app as a newcomer runs them, a user signed up as a browser would,
// and what the app's protected route answers without and with the session.
import assert from 'node:assert/strict';
import { Steps } from '../harness/steps.mjs';
import { FrontendClient, TEST_CODE, freshEmail } from '../harness/frontend_client.mjs';
import { startInstance, startNodeTwin, startQuickstart } from '../harness/instance.mjs';
import { rawRequest } from '../harness/raw_request.mjs';

const steps = new Steps('quickstart');
const email = freshEmail();
let instance, app, browser;

const ask = async (what, headers) => {
  const response = await rawRequest(app.origin, { headers });
  console.log(`\nGET / ${what}\n  ${response.status} ${response.body}\n`);
  return { status: response.status, body: JSON.parse(response.body) };
};
const assertUser = ({ status, body }) => {
  assert.equal(status, 200);
  assert.equal(body.message, 'User retrieved successfully.');
  assert.equal(body.user.id, browser.userId);
  assert.equal(body.user.emailAddresses[0].emailAddress, email);
};

await steps.run('the instance starts and prints the environment of an app', async () => {
  instance = await startInstance();
  assert.match(instance.env.CLERK_PUBLISHABLE_KEY, /^pk_(test|live)_/);
});
await steps.run('the quickstart starts with that environment', async () => {
  app = await (process.env.CLERK_TEST_APP === 'node' ? startNodeTwin : startQuickstart)(instance.env);
});
await steps.run('a fresh user signs up with password and e-mailed code', async () => {
  browser = await new FrontendClient(instance.origin).signUp({ email, password: 'correct horse 42!', code: () => TEST_CODE });
});
await steps.run('without a session the route refuses', async () => {
  assert.deepEqual(await ask('without a session'), { status: 403, body: { error: 'Unauthorized request.' } });
});
await steps.run('with the session token in the header the route answers the user', async () => {
  assertUser(await ask('with the session token', { authorization: `Bearer ${await browser.token()}` }));
});
await steps.run('with the cookies of the browser the route answers the user', async () => {
  browser.jar.set('__session', await browser.token());  // a page's script sets this one
  assertUser(await ask('with the cookies of the browser', { cookie: browser.jar.header() }));
});
await steps.run('after signing out the instance gives no more tokens', async () => {
  await browser.signOut();
  await assert.rejects(browser.token(), error => error.status === 401 || error.status === 404);
});
await steps.run('the app stops when it is asked to', async () => assert.equal(await app.stop(), 0));
await steps.run('the instance stops when it is asked to', async () => assert.equal(await instance.stop(), 0));
steps.finish();
