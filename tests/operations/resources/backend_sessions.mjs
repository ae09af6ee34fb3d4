// A backend's view of clients, sessions and their tokens.
import assert from 'node:assert/strict';
import { APP, claimsOf, fresh } from '../world.mjs';

export default async function ({ step, world }) {
  await step('clients', async () => {
    const ada = await world.person();
    const { response: client } = await ada.call('GET', '/client');
    assert.equal((await world.backend('GET', `/clients/${client.id}`)).sessions[0].id, ada.sessionId);
    assert.ok((await world.backend('GET', '/clients?limit=5')).length);
    assert.equal((await world.backend('POST', '/clients/verify', { token: ada.jar.get('__client') })).id, client.id);
    await world.refused(404, 'resource_not_found', 'GET', '/clients/client_nobody');
    await world.refused(404, 'resource_not_found', 'POST', '/clients/verify', { token: 'nonsense' });
  });

  await step('sessions', async () => {
    const user = await world.user();
    const session = await world.backend('POST', '/sessions', { user_id: user.id });
    const at = `/sessions/${session.id}`;
    assert.equal((await world.backend('GET', at)).status, 'active');
    assert.deepEqual((await world.backend('GET', `/sessions?user_id=${user.id}&status=active`)).map(({ id }) => id), [session.id]);
    assert.equal(claimsOf((await world.backend('POST', `${at}/tokens`, { expires_in_seconds: 30 })).jwt).sid, session.id);
    const name = `s${fresh()}`;
    const template = await world.backend('POST', '/jwt_templates', { name, claims: { who: '{{user.id}}' } });
    assert.equal(claimsOf((await world.backend('POST', `${at}/tokens/${name}`)).jwt).who, user.id);
    await world.backend('DELETE', `/jwt_templates/${template.id}`);
    await world.refused(404, 'resource_not_found', 'POST', `${at}/tokens/${name}`);
    assert.equal((await world.backend('POST', `${at}/revoke`)).status, 'revoked');
    await world.refused(404, 'resource_not_found', 'POST', '/sessions', { user_id: 'user_nobody' });
    await world.refused(422, 'form_param_value_invalid', 'GET', '/sessions?status=asleep');
    for (const [method, where] of [['GET', ''], ['POST', '/revoke'], ['POST', '/tokens']]) await world.refused(404, 'resource_not_found', method, `/sessions/sess_nobody${where}`);
  });

  await step('a token is refreshed for a browser', async () => {
    const ada = await world.person();
    // Told to browsers of https pages alone, among what their backend is to set.
    await ada.navigate('/v1/client/handshake', { redirect_url: `${APP}/` });
    const refresh = claimsOf(ada.jar.get('__clerk_handshake')).handshake.find(directive => directive.startsWith('__refresh'));
    const at = `/sessions/${ada.sessionId}/refresh`;
    const fields = { expired_token: await ada.token(), refresh_token: /=([^;]*)/.exec(refresh)[1], request_origin: world.instance.origin, request_headers: {} };
    assert.equal(claimsOf((await world.backend('POST', at, fields)).jwt).sid, ada.sessionId);
    assert.match((await world.backend('POST', at, { ...fields, format: 'cookie' })).cookies[0], /^__session/);
    await world.refused(401, 'refresh_token_not_found', 'POST', at, { ...fields, refresh_token: 'nonsense' });
    await world.refused(401, 'refresh_request_origin_azp_mismatch', 'POST', at, { ...fields, request_origin: 'https://evil.example.com' });
  }, 'backend POST /sessions/{session_id}/refresh');
}
