// The client, its cookies, sessions and their tokens, as a browser has them.
import assert from 'node:assert/strict';
import { PASSWORD, claimsOf, fresh } from '../world.mjs';

export default async function ({ step, world }) {
  await step('the instance says how it is and what it offers', async () => {
    const visitor = world.visitor();
    assert.ok((await visitor.plain('GET', '/v1/environment')).auth_config);
    assert.ok((await visitor.plain('PATCH', '/v1/environment')).user_settings);
    const [key] = (await visitor.plain('GET', '/.well-known/jwks.json')).keys;
    assert.deepEqual((await world.backend('GET', '/jwks')).keys[0], key);
    assert.ok((await visitor.plain('GET', '/.well-known/webauthn')).origins.includes(world.instance.origin));
  });

  await step('it lives', () => world.visitor().plain('GET', '/v1/health'), 'frontend GET /v1/health');

  await step('a client is made, shown, and gone', async () => {
    const visitor = world.visitor();
    assert.equal((await visitor.call('GET', '/client')).response, null);
    const { response } = await visitor.call('PUT', '/client');
    assert.equal(response.object, 'client');
    assert.equal((await visitor.call('POST', '/client')).response.id, response.id);
    assert.equal((await visitor.call('GET', '/client')).response.id, response.id);
    await visitor.call('DELETE', '/client');
    assert.equal((await visitor.call('GET', '/client')).response, null);
  });

  await step('a session is shown, touched, and gives tokens', async () => {
    const ada = await world.person();
    const session = `/client/sessions/${ada.sessionId}`;
    assert.equal((await ada.ask('GET', session)).status, 'active');
    const touched = await ada.ask('POST', `${session}/touch`, { intent: 'focus' });
    assert.equal(touched.id, ada.sessionId);
    await ada.refused('form_param_value_invalid', 'POST', `${session}/touch`, { intent: 'elsewhere' });
    assert.equal(claimsOf(await ada.token()).sub, ada.userId);
    await ada.refused('resource_not_found', 'GET', '/client/sessions/sess_nobody');
    await ada.refused('resource_not_found', 'POST', '/client/sessions/sess_nobody/tokens');
    await world.visitor().refused('authentication_invalid', 'GET', '/me');
  });

  await step('a token of a template', async () => {
    const ada = await world.person();
    const name = `t${fresh()}`;
    const template = await world.backend('POST', '/jwt_templates', { name, claims: { mail: '{{user.primary_email_address}}' } });
    const { jwt } = await ada.call('POST', `/client/sessions/${ada.sessionId}/tokens/${name}`);
    assert.equal(claimsOf(jwt).mail, ada.email);
    await world.backend('DELETE', `/jwt_templates/${template.id}`);
    await ada.refused('resource_not_found', 'POST', `/client/sessions/${ada.sessionId}/tokens/${name}`);
  });

  await step('my sessions are listed, and one elsewhere is revoked', async () => {
    const ada = await world.person();
    const elsewhere = await world.visitor().signIn({ email: ada.email, password: PASSWORD });
    const active = (await ada.call('GET', '/me/sessions/active', null, { _clerk_session_id: ada.sessionId })).map(({ id }) => id);
    assert.deepEqual(active.sort(), [ada.sessionId, elsewhere.sessionId].sort());
    await ada.call('GET', '/me/sessions', null, { _clerk_session_id: ada.sessionId });
    await ada.ask('POST', `/me/sessions/${elsewhere.sessionId}/revoke`);
    await assert.rejects(elsewhere.token());
    await ada.refused('resource_not_found', 'POST', '/me/sessions/sess_nobody/revoke');
  });

  await step('sessions end and are removed, one or all', async () => {
    const ada = await world.person();
    const end = await ada.ask('POST', `/client/sessions/${ada.sessionId}/end`);
    assert.equal(end.status, 'ended');
    await assert.rejects(ada.token());
    const grace = await world.person();
    assert.equal((await grace.ask('POST', `/client/sessions/${grace.sessionId}/remove`)).status, 'removed');
    const eve = await world.person();
    await eve.call('DELETE', '/client/sessions');
    assert.equal((await eve.call('GET', '/client')).response.sessions.length, 0);
  });

  await step('navigations: handshake, redirects, and what goes nowhere', async () => {
    const ada = await world.person();
    const back = `${world.instance.origin}/app`;
    const handshake = await ada.navigate('/v1/client/handshake', { redirect_url: back });
    assert.equal(handshake.origin + handshake.pathname, back);
    await ada.refused('invalid_handshake', 'GET', '/client/handshake', null, { redirect_url: 'https://evil.example.com' });
  });

  await step('a redirect goes to addresses of ours alone', async () => {
    const ada = await world.person();
    const back = `${world.instance.origin}/app`;
    assert.equal((await ada.navigate('/v1/redirect', { redirect_url: back })).href.split('?')[0], back);
    await ada.refused('redirect_url_not_associated_with_instance', 'GET', '/redirect', null, { redirect_url: 'https://evil.example.com' });
  }, 'frontend GET /v1/redirect');

  await step('a browser is told to forget', async () => {
    const cleared = await world.visitor().send('GET', '/v1/clear-site-data');
    assert.equal(cleared.status, 200);
    assert.ok(cleared.headers.some(([name]) => name === 'clear-site-data'));
  }, 'frontend GET /v1/clear-site-data');

  await step('what is asked of satellite domains is checked', async () => {
    const ada = await world.person();
    await ada.refused('missing_query_parameter', 'GET', '/client/sync', null, { redirect_url: 'https://x.example.com' });
    await ada.refused('redirect_url_not_associated_with_instance', 'GET', '/client/sync', null, { link_domain: 'x.example.com', redirect_url: 'https://x.example.com' });
  });

  await step('satellite domains', async () => {
    const ada = await world.person();
    const domain = await world.backend('POST', '/domains', { name: `${fresh()}.example.com`, is_satellite: true });
    const synced = await ada.navigate('/v1/client/sync', { link_domain: domain.name, redirect_url: `https://${domain.name}/app` });
    assert.match(synced.pathname, /\/v1\/client\/link$/);
    const there = world.visitor();
    const linked = await there.navigate('/v1/client/link', { __clerk_token: synced.searchParams.get('__clerk_token') });
    assert.deepEqual([linked.hostname, linked.pathname], [domain.name, '/app']);
    assert.equal((await there.call('GET', '/client')).response.sessions[0].id, ada.sessionId);
    await there.refused('form_param_value_invalid', 'GET', '/client/link', null, { __clerk_token: synced.searchParams.get('__clerk_token') });
    await world.backend('DELETE', `/domains/${domain.id}`);
  }, 'frontend GET /v1/client/sync', 'frontend GET /v1/client/link');

  await step('the account portal', async () => {
    assert.ok(await world.visitor().plain('GET', '/v1/account_portal'));
  }, 'frontend GET /v1/account_portal');

  await step('the proxy', async () => {
    const proxy = 'https://app.example.com/__clerk';
    const domain = await world.backend('POST', '/domains', { name: `${fresh()}.example.com`, is_satellite: true, proxy_url: proxy });
    const ask = headers => world.visitor().send('GET', '/v1/proxy-health', { query: { domain_id: domain.id }, headers });
    const asked = { 'clerk-secret-key': world.secretKey, 'clerk-proxy-url': proxy, 'x-forwarded-for': '192.0.2.7' };
    assert.equal((await ask(asked)).json.status, 'healthy');
    assert.deepEqual((({ status, json }) => [status, json.status])(await ask({ ...asked, 'clerk-secret-key': 'sk_live_wrong' })), [503, 'unhealthy']);
    await world.backend('DELETE', `/domains/${domain.id}`);
  }, 'frontend GET /v1/proxy-health');
}
