// Runs the programs of examples/adapters, each a server of another framework, and asks them with and without a token.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { binaries } from '../harness/process.mjs';
import { startApp } from '../harness/instance.mjs';
import { headerOf, rawRequest } from '../harness/raw_request.mjs';
import { Steps } from '../harness/steps.mjs';
import { TokenMaker, tamperSignature } from '../harness/tokens.mjs';

const PUBLISHABLE_KEY = `pk_live_${Buffer.from('clerk.example.com$').toString('base64').replace(/=+$/, '')}`;
const maker = new TokenMaker(PUBLISHABLE_KEY), stranger = new TokenMaker(PUBLISHABLE_KEY);
const env = { CLERK_PUBLISHABLE_KEY: PUBLISHABLE_KEY, CLERK_SECRET_KEY: 'sk_live_adapters', CLERK_JWT_KEY: maker.publicPem };
const steps = new Steps('adapters');

/** `answersBrowsers`: the adapter looks at cookies and sends browsers on a handshake, not at a token alone. */
const adapters = [
  { name: 'beast', answersBrowsers: true },
  { name: 'httplib', answersBrowsers: true },
  { name: 'restinio', answersBrowsers: false },
];

for (const { name, answersBrowsers } of adapters) {
  const program = path.join(binaries, `adapter_${name}`);
  await steps.check(`${name}: lets pass who has a token, and nobody else`, async () => {
    assert.ok(existsSync(program), `${program} is not built: its package is missing (scripts/setup test)`);
    const app = await startApp(program, [], env);
    const ask = (url, headers = {}) => rawRequest(`http://127.0.0.1:${app.port}`, { path: url, headers });
    const bearer = token => ({ Authorization: `Bearer ${token}` });
    try {
      const open = await ask('/');
      assert.deepEqual([open.status, JSON.parse(open.body)], [200, { message: 'This is a public route.' }]);

      for (const headers of [{}, bearer('nonsense'), bearer(tamperSignature(maker.make())), bearer(stranger.make()),
        bearer(maker.make({ age: 120 })), { Authorization: `Basic ${maker.make()}` }]) {
        const refused = await ask('/protected', headers);
        assert.deepEqual([refused.status, JSON.parse(refused.body)], [401, { error: 'Unauthorized' }]);
      }
      const passed = await ask('/protected', bearer(maker.make()));
      assert.deepEqual([passed.status, JSON.parse(passed.body)], [200, { userId: 'user_2twin000000000000000000000' }]);

      if (answersBrowsers) {
        const uat = '__client_uat=1';
        const page = { 'Sec-Fetch-Dest': 'document', Accept: 'text/html' };
        const byCookie = await ask('/protected', { ...page, Cookie: `__session=${maker.make()}; ${uat}` });
        assert.equal(byCookie.status, 200);
        const renewed = await ask('/protected', { ...page, Cookie: `__session=${maker.make({ age: 120 })}; ${uat}` });
        assert.equal(renewed.status, 307);
        assert.match(headerOf(renewed, 'location'), /^https:\/\/clerk\.example\.com\/v1\/client\/handshake\?redirect_url=http%3A%2F%2F127\.0\.0\.1/);
        assert.match(headerOf(renewed, 'set-cookie'), /^__clerk_redirect_count=1;/);
        assert.equal(headerOf(await ask('/protected'), 'x-clerk-auth-reason'), 'session-token-and-uat-missing');
      }
      assert.equal((await ask('/nothing')).status, 404);
    } finally {
      await app.stop();
    }
  });
}

steps.finish();
