// Enterprise connections: an organization's own, test runs, and what an identity provider reads and posts.
import assert from 'node:assert/strict';
import { fresh } from '../world.mjs';

const ORGANIZATION = '/v1/organizations/{organizationID}/enterprise_connections';

export default async function ({ step, world }) {
  await step('test runs of a backend', async () => {
    const made = await world.backend('POST', '/enterprise_connections', { name: 'SSO', domains: [`${fresh()}.example.com`], provider: 'saml_custom', saml: {} }, 201);
    await world.backend('POST', `/enterprise_connections/${made.id}/test_runs`);
    assert.equal((await world.backend('GET', `/enterprise_connections/${made.id}/test_runs`)).data.length, 1);
    await world.backend('DELETE', `/enterprise_connections/${made.id}`);
  }, 'backend POST /enterprise_connections/{enterprise_connection_id}/test_runs', 'backend GET /enterprise_connections/{enterprise_connection_id}/test_runs');

  await step('an organization sets up its own', async () => {
    const ada = await world.person();
    const organization = await ada.ask('POST', '/organizations', { name: 'Acme' });
    const path = `/organizations/${organization.id}/enterprise_connections`;
    const answer = await ada.send('POST', `/v1${path}`, { form: { provider: 'saml_custom', name: 'SSO', domains: `${fresh()}.example.com` }, query: { _clerk_session_id: ada.sessionId } });
    assert.equal(answer.status, 201, answer.text);
    const made = answer.json.response;
    assert.equal((await ada.ask('GET', path)).data[0].id, made.id);
    assert.equal((await ada.ask('PATCH', `${path}/${made.id}`, { name: 'Other' })).name, 'Other');
    await ada.ask('POST', `${path}/${made.id}/test_runs`);
    await ada.ask('GET', `${path}/${made.id}/test_runs`);
    assert.equal((await ada.ask('DELETE', `${path}/${made.id}`)).deleted, true);
  }, `frontend POST ${ORGANIZATION}`, `frontend GET ${ORGANIZATION}`);

  await step('an identity provider reads what we are, and posts who comes', async () => {
    const made = await world.backend('POST', '/saml_connections', { name: 'SSO', domains: [`${fresh()}.example.com`], provider: 'saml_custom' });
    const metadata = await world.visitor().send('GET', `/v1/saml/metadata/${made.id}.xml`);
    assert.match(metadata.text, /EntityDescriptor/);
    await world.visitor().send('POST', `/v1/saml/acs/${made.id}`, { form: { SAMLResponse: 'x' } });
  }, 'frontend GET /v1/saml/metadata/{saml_connection_id}.xml', 'frontend POST /v1/saml/acs/{saml_connection_id}');
}
