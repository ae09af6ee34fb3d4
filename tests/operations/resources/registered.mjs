// What a backend registers, table-driven: made, read, listed, changed, removed, each with the error that matters.
import assert from 'node:assert/strict';
import { PNG, fileForm, fresh, freshEmail } from '../world.mjs';

const itemsOf = answer => (Array.isArray(answer) ? answer : answer.data);
const email = () => freshEmail(false);

/**
 * path; make: a body; change: what PATCH says, null where there is none; wrong: a body, its status and code; readable: false where one
 * cannot be read by its id; status of POST; object: of what is deleted.
 */
const RESOURCES = [
  { path: '/jwt_templates', make: () => ({ name: `t${fresh()}`, claims: { a: 1 }, lifetime: 60 }), change: made => ({ name: made.name, claims: { b: 2 }, lifetime: 90 }),
    wrong: [{ claims: {} }, 422, 'form_param_missing'] },
  { path: '/redirect_urls', make: () => ({ url: `https://${fresh()}.example.com/back` }), wrong: [{ url: 'not one' }, 422, 'form_param_format_invalid'] },
  { path: '/allowlist_identifiers', make: () => ({ identifier: email() }), readable: false, wrong: [{ identifier: '' }, 422, 'form_param_nil'] },
  { path: '/blocklist_identifiers', make: () => ({ identifier: email() }), readable: false, wrong: [{}, 422, 'form_param_missing'] },
  { path: '/domains', make: () => ({ name: `${fresh()}.example.com`, is_satellite: true }), readable: false,
    change: () => ({ name: `${fresh()}.example.com` }), wrong: [{ name: 'a b', is_satellite: true }, 422, 'form_param_format_invalid'] },
  { path: '/machines', make: () => ({ name: `m${fresh()}` }), change: () => ({ name: 'Other' }), wrong: [{}, 422, 'form_param_missing'] },
  { path: '/oauth_applications', make: () => ({ name: `a${fresh()}`, redirect_uris: ['https://app.example.com/back'], scopes: 'email profile' }),
    change: () => ({ name: 'Other' }), wrong: [{ redirect_uris: ['https://app.example.com'] }, 422, 'form_param_missing'] },
  { path: '/organization_permissions', make: () => ({ name: 'Edit', key: `org:p${fresh()}:edit` }), change: () => ({ description: 'Edits' }),
    wrong: [{ name: 'x', key: 'nonsense' }, 422, 'form_param_format_invalid'] },
  { path: '/organization_roles', make: () => ({ name: 'Editor', key: `org:r${fresh()}` }), change: () => ({ description: 'Edits' }), wrong: [{ name: 'x' }, 422, 'form_param_missing'] },
  { path: '/saml_connections', make: () => ({ name: `s${fresh()}`, domains: [`${fresh()}.example.com`], provider: 'saml_custom' }), change: () => ({ name: 'Other' }),
    wrong: [{ name: 'x', domains: ['y.example.com'], provider: 'saml_nobody' }, 422, 'form_param_value_invalid'], key: '{saml_connection_id}' },
  { path: '/enterprise_connections', make: () => ({ name: `e${fresh()}`, domains: [`${fresh()}.example.com`], provider: 'saml_custom', saml: {} }), status: 201,
    change: () => ({ name: 'Other' }), wrong: [{ name: 'x', domains: ['y.example.com'], provider: 'saml_nobody' }, 422, 'form_param_value_invalid'], key: '{enterprise_connection_id}' },
];

export default async function ({ step, world }) {
  for (const { path, make, change, wrong, readable = true, status = 200, key } of RESOURCES) {
    const needs = key ? ['POST ', 'GET ', `GET ${key}`, `PATCH ${key}`, `DELETE ${key}`].map(each => `backend ${each.split(' ')[0]} ${path}${each.split(' ')[1] ? `/${each.split(' ')[1]}` : ''}`) : [];
    await step(`${path}: made, read, listed, changed, removed`, async () => {
      const made = await world.backend('POST', path, make(), status);
      const at = `${path}/${made.id}`;
      if (readable) assert.equal((await world.backend('GET', at)).id, made.id);
      assert.ok(itemsOf(await world.backend('GET', `${path}?limit=100`)).some(({ id }) => id === made.id), 'is in the list');
      if (change) {
        const changes = change(made);
        const changed = await world.backend('PATCH', at, changes);
        for (const [name, value] of Object.entries(changes)) if (name in changed) assert.deepEqual(changed[name], value, name);
      }
      await world.refused(wrong[1], wrong[2], 'POST', path, wrong[0]);
      assert.equal((await world.backend('DELETE', at)).deleted, true);
      if (readable) await world.refused(404, 'resource_not_found', 'GET', at);
      await world.refused(404, 'resource_not_found', 'DELETE', at);
    }, ...needs);
  }

  await step('the lists decide who may sign up', async () => {
    const blocked = freshEmail();
    await world.backend('PATCH', '/instance/restrictions', { blocklist: true });
    const entry = await world.backend('POST', '/blocklist_identifiers', { identifier: blocked });
    await world.visitor().refused('not_allowed_access', 'POST', '/client/sign_ups', { email_address: blocked });
    await world.backend('DELETE', `/blocklist_identifiers/${entry.id}`);
    await world.person(blocked);
    await world.backend('PATCH', '/instance/restrictions', { blocklist: false });
  });

  await step('machines: secrets, scopes, tokens', async () => {
    const [one, other] = [await world.backend('POST', '/machines', { name: `m${fresh()}` }), await world.backend('POST', '/machines', { name: `m${fresh()}` })];
    const at = `/machines/${one.id}`;
    const { secret } = await world.backend('GET', `${at}/secret_key`);
    assert.match(secret, /^ak_/);
    await world.backend('POST', `${at}/scopes`, { to_machine_id: other.id });
    await world.refused(409, 'duplicate_record', 'POST', `${at}/scopes`, { to_machine_id: other.id });
    const ask = async (method, where, json) => {
      const answer = await world.send(method, where, { json, key: secret });
      assert.ok(answer.status < 300, answer.text);
      return answer.json;
    };
    const token = await ask('POST', '/m2m_tokens', { seconds_until_expiration: 60, claims: { a: 1 } });
    assert.equal(token.subject, one.id);
    assert.equal((await world.backend('POST', '/m2m_tokens/verify', { token: token.token })).id, token.id);
    assert.ok((await world.backend('GET', `/m2m_tokens?subject=${one.id}`)).m2m_tokens.some(({ id }) => id === token.id));
    assert.equal((await world.backend('POST', `/m2m_tokens/${token.id}/revoke`, { revocation_reason: 'lost' })).revoked, true);
    assert.equal((await world.send('POST', '/m2m_tokens/verify', { json: { token: token.token } })).status, 404);
    assert.equal((await world.backend('DELETE', `${at}/scopes/${other.id}`)).deleted, true);
    const rotated = await world.backend('POST', `${at}/secret_key/rotate`, { previous_token_ttl: 0 });
    assert.notEqual(rotated.secret, secret);
    await world.refused(404, 'resource_not_found', 'GET', '/machines/mch_nobody/secret_key');
    for (const { id } of [one, other]) await world.backend('DELETE', `/machines/${id}`);
  });

  await step('API keys', async () => {
    const user = await world.user();
    const key = await world.backend('POST', '/api_keys', { name: `k${fresh()}`, subject: user.id, claims: { a: 1 }, scopes: ['read'] });
    const at = `/api_keys/${key.id}`;
    assert.equal((await world.backend('GET', at)).name, key.name);
    assert.equal((await world.backend('GET', `${at}/secret`)).secret, key.secret);
    assert.deepEqual((await world.backend('GET', `/api_keys?subject=${user.id}`)).data.map(({ id }) => id), [key.id]);
    assert.deepEqual((await world.backend('PATCH', at, { subject: user.id, scopes: ['write'] })).scopes, ['write']);
    assert.equal((await world.backend('POST', '/api_keys/verify', { secret: key.secret })).id, key.id);
    await world.refused(409, 'duplicate_record', 'POST', '/api_keys', { name: key.name, subject: user.id });
    assert.equal((await world.backend('POST', `${at}/revoke`, {})).revoked, true);
    assert.equal((await world.send('POST', '/api_keys/verify', { json: { secret: key.secret } })).status, 404);
    assert.equal((await world.backend('DELETE', at)).deleted, true);
    await world.refused(404, 'resource_not_found', 'GET', at);
  });

  await step('the waitlist', async () => {
    const made = await world.backend('POST', '/waitlist_entries', { email_address: email(), notify: false });
    const [one, other] = await world.backend('POST', '/waitlist_entries/bulk', [1, 2].map(() => ({ email_address: email(), notify: false })));
    assert.ok((await world.backend('GET', '/waitlist_entries?limit=100&status=pending')).data.some(({ id }) => id === made.id));
    assert.equal((await world.backend('POST', `/waitlist_entries/${made.id}/invite`, { ignore_existing: true })).status, 'invited');
    assert.equal((await world.backend('POST', `/waitlist_entries/${one.id}/reject`)).status, 'rejected');
    assert.equal((await world.backend('DELETE', `/waitlist_entries/${other.id}`)).deleted, true);
    await world.refused(404, 'resource_not_found', 'POST', '/waitlist_entries/wle_nobody/invite', {});
    await world.refused(422, 'form_param_format_invalid', 'POST', '/waitlist_entries', { email_address: 'nope' });
  });

  await step('settings of the instance', async () => {
    const instance = await world.backend('GET', '/instance');
    assert.equal(instance.object, 'instance');
    await world.backend('PATCH', '/instance', { support_email: 'help@example.com' }, 204);
    assert.equal((await world.visitor().plain('GET', '/v1/environment')).display_config.support_email, 'help@example.com');
    assert.equal((await world.backend('PATCH', '/instance/restrictions', { block_email_subaddresses: false })).block_email_subaddresses, false);
    await world.backend('GET', '/instance/communication');
    assert.deepEqual((await world.backend('PATCH', '/instance/communication', { blocked_country_codes: ['US'] })).blocked_country_codes, ['US']);
    await world.backend('PATCH', '/instance/communication', { blocked_country_codes: [] });
    assert.equal((await world.backend('PATCH', '/instance/oauth_application_settings', { dynamic_oauth_client_registration: true })).dynamic_oauth_client_registration, true);
    assert.equal((await world.backend('GET', '/instance/oauth_application_settings')).dynamic_oauth_client_registration, true);
    await world.refused(422, 'form_param_unknown', 'PATCH', '/instance', { colour: 'red' });
    await world.refused(422, 'form_param_value_invalid', 'PATCH', '/instance/communication', { blocked_country_codes: ['nowhere'] });
  });

  await step('webhooks, testing tokens, proxies', async () => {
    const app = await world.backend('POST', '/webhooks/svix');
    assert.match(app.svix_url, /^https?:/);
    assert.match((await world.backend('POST', '/webhooks/svix_url')).svix_url, /^https?:/);
    await world.refused(400, 'svix_app_exists', 'POST', '/webhooks/svix');
    await world.backend('DELETE', '/webhooks/svix', undefined, 204);
    await world.refused(400, 'svix_app_missing', 'DELETE', '/webhooks/svix');
    assert.equal((await world.backend('POST', '/testing_tokens')).object, 'testing_token');
    const proxy_url = 'https://app.example.com/__clerk';
    const domain = await world.backend('POST', '/domains', { name: `${fresh()}.example.com`, is_satellite: true, proxy_url });
    assert.equal((await world.backend('POST', '/proxy_checks', { domain_id: domain.id, proxy_url })).successful, true);
    await world.refused(404, 'resource_not_found', 'POST', '/proxy_checks', { domain_id: 'dmn_nobody', proxy_url });
    await world.backend('DELETE', `/domains/${domain.id}`);
  });

  await step('logos of OAuth applications', async () => {
    const made = await world.backend('POST', '/oauth_applications', { name: 'Logo', redirect_uris: ['https://app.example.com/back'] });
    const answer = await world.send('PUT', `/oauth_applications/${made.id}/logo`, fileForm('a.png', PNG));
    assert.equal(answer.status, 200, answer.text);
  }, 'backend PUT /oauth_applications/{oauth_application_id}/logo');
}
