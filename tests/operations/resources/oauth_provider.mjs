// The instance as somebody else's OpenID Connect provider.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { claimsOf, fresh } from '../world.mjs';

const back = 'https://app.example.com/back';

export default async function ({ step, world }) {
  let application, ada;
  const authorization = (more = {}) => ({ response_type: 'code', client_id: application.client_id, redirect_uri: back, scope: 'openid email offline_access', state: 'st', ...more });
  const form = async (where, fields, status = 200) => {
    const answer = await world.visitor().send('POST', where, { form: fields });
    assert.equal(answer.status, status, answer.text);
    return answer.json;
  };

  await step('who it is', async () => {
    const openid = await world.visitor().plain('GET', '/.well-known/openid-configuration');
    assert.ok(openid.authorization_endpoint.endsWith('/oauth/authorize'));
    assert.equal((await world.visitor().plain('GET', '/.well-known/oauth-authorization-server')).issuer, openid.issuer);
    application = await world.backend('POST', '/oauth_applications', { name: `App ${fresh()}`, redirect_uris: [back], scopes: 'openid email offline_access' });
    ada = await world.person();
  });

  await step('consent, code, tokens, and what they open', async () => {
    const asked = await ada.navigate('/oauth/authorize', authorization(), 303);
    assert.match(asked.pathname, /consent/);
    const consent = await ada.plain('GET', `/v1/me/oauth/consent/${application.client_id}`, { query: { scope: 'openid email', redirect_uri: back } });
    assert.equal(consent.oauth_application_name, application.name);
    const answered = await ada.send('POST', `/v1/me/oauth/consent/${application.client_id}`, { form: { ...authorization(), consented: 'true' }, query: { _clerk_session_id: ada.sessionId } });
    assert.equal(answered.status, 303, answered.text);
    const code = new URL(answered.headers.find(([name]) => name === 'location')[1]).searchParams.get('code');
    const client = { client_id: application.client_id, client_secret: application.client_secret };
    const tokens = await form('/oauth/token', { grant_type: 'authorization_code', code, redirect_uri: back, ...client });
    assert.equal(claimsOf(tokens.id_token).sub, ada.userId);
    assert.equal((await form('/oauth/token', { grant_type: 'authorization_code', code: 'nonsense', redirect_uri: back, ...client }, 400)).error, 'invalid_grant');
    for (const method of ['GET', 'POST']) {
      const info = await world.visitor().send(method, '/oauth/userinfo', { headers: { authorization: `Bearer ${tokens.access_token}` } });
      assert.equal(info.json.sub, ada.userId, info.text);
    }
    assert.equal((await world.backend('POST', '/oauth_applications/access_tokens/verify', { access_token: tokens.access_token })).subject, ada.userId);
    assert.equal((await form('/oauth/token_info', { token: tokens.access_token, ...client })).active, true);
    const renewed = await form('/oauth/token', { grant_type: 'refresh_token', refresh_token: tokens.refresh_token, ...client });
    await form('/oauth/token/revoke', { token: renewed.access_token, ...client });
    assert.equal((await form('/oauth/token_info', { token: renewed.access_token, ...client })).active, false);
    const again = await ada.send('POST', '/oauth/authorize', { form: authorization() });
    assert.equal(again.status, 303, again.text);
    await world.visitor().navigate('/oauth/authorize', authorization({ prompt: 'none' }), 303).then(url => assert.equal(url.searchParams.get('error'), 'login_required'));
  });

  await step('a backend takes tokens and secrets back', async () => {
    const challenge = randomBytes(32).toString('base64url');
    const open = await world.backend('POST', '/oauth_applications', { name: `Public ${fresh()}`, redirect_uris: [back], scopes: 'openid', public: true, consent_screen_enabled: false });
    const url = await ada.navigate('/oauth/authorize', { ...authorization({ scope: 'openid' }), client_id: open.client_id,
      code_challenge: createHash('sha256').update(challenge).digest('base64url'), code_challenge_method: 'S256' }, 303);
    const tokens = await form('/oauth/token', { grant_type: 'authorization_code', code: url.searchParams.get('code'), redirect_uri: back, client_id: open.client_id, code_verifier: challenge });
    await world.backend('POST', `/oauth_applications/${open.id}/revoke_token`, { token: tokens.access_token }, 204);
    assert.equal((await world.send('POST', '/oauth_applications/access_tokens/verify', { json: { access_token: tokens.access_token } })).status, 404);
    const rotated = await world.backend('POST', `/oauth_applications/${application.id}/rotate_secret`);
    assert.notEqual(rotated.client_secret, application.client_secret);
    await world.refused(404, 'resource_not_found', 'POST', '/oauth_applications/oa_nobody/rotate_secret');
  });

  await step('an application registers itself', async () => {
    await world.backend('PATCH', '/instance/oauth_application_settings', { dynamic_oauth_client_registration: true });
    const json = { redirect_uris: ['https://tool.example.com/back'], client_name: 'Tool', token_endpoint_auth_method: 'none' };
    const made = await world.visitor().plain('POST', '/oauth/register', { json, status: 201 });
    assert.equal(made.client_name, 'Tool');
    assert.equal((await world.visitor().plain('POST', '/oauth/register', { json: { redirect_uris: [] }, status: 400 })).error, 'invalid_redirect_uri');
  });
}
