// Enterprise connections: an organization's own, test runs, and what an identity provider reads and posts.
import assert from 'node:assert/strict';
import { SamlProvider } from '../../harness/saml_provider.mjs';
import { APP, fresh } from '../world.mjs';

const ORGANIZATION = '/v1/organizations/{organizationID}/enterprise_connections';

/** Path and query of an address of the instance, as a browser asks for it. */
const below = address => [address.pathname.replace('/__clerk', ''), Object.fromEntries(address.searchParams)];

export default async function ({ step, world }) {
  /** Where the browser goes that posts the provider's form. */
  async function postedTo(connection, form) {
    const posted = await world.visitor().send('POST', `/v1/saml/acs/${connection.id}`, { form });
    assert.equal(posted.status, 303, posted.text);
    return new URL(posted.headers.find(([name]) => name === 'location')[1]);
  }

  await step('test runs of a backend', async () => {
    const made = await world.backend('POST', '/enterprise_connections', { name: 'SSO', domains: [`${fresh()}.example.com`], provider: 'saml_custom', saml: {} }, 201);
    await world.backend('POST', `/enterprise_connections/${made.id}/test_runs`);
    assert.equal((await world.backend('GET', `/enterprise_connections/${made.id}/test_runs`)).data.length, 1);
    await world.backend('DELETE', `/enterprise_connections/${made.id}`);
  });

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
    const provider = new SamlProvider();
    const domain = `${fresh()}.example.com`;
    const made = await world.backend('POST', '/saml_connections', { name: 'SSO', domains: [domain], provider: 'saml_custom', ...provider.settings });
    await world.backend('PATCH', `/saml_connections/${made.id}`, { active: true });
    const metadata = await world.visitor().send('GET', `/v1/saml/metadata/${made.id}.xml`);
    assert.match(metadata.text, /EntityDescriptor/);

    const ada = world.visitor();
    const started = await ada.ask('POST', '/client/sign_ins', { strategy: 'enterprise_sso', identifier: `ada@${domain}`, redirect_url: APP });
    const address = started.first_factor_verification.external_verification_redirect_url;
    assert.ok(address.startsWith(`${provider.ssoUrl}?`), address);
    const form = provider.answer(made, provider.read(address), 'ada', { mail: `ada@${domain}`, givenName: 'Ada', surname: 'Lovelace' });
    const back = await postedTo(made, form);
    await ada.navigate(...below(back), 303);
    const { sign_up: signUp } = (await ada.call('POST', '/client/sign_ups', { transfer: true })).client;
    assert.equal(signUp?.status ?? 'complete', 'complete');
    assert.equal((await world.backend('GET', `/saml_connections/${made.id}`)).user_count, 1);
    await world.backend('DELETE', `/saml_connections/${made.id}`);
  });

  await step('a person tries a connection out', async () => {
    const provider = new SamlProvider();
    const domain = `${fresh()}.example.com`;
    const ada = await world.person();
    const organization = await ada.ask('POST', '/organizations', { name: 'Acme' });
    const made = await world.backend('POST', '/saml_connections',
      { name: 'SSO', domains: [domain], provider: 'saml_custom', organization_id: organization.id, ...provider.settings });
    const path = `/organizations/${organization.id}/enterprise_connections/${made.enterprise_connection_id}/test_runs`;
    const { url } = await ada.ask('POST', path);
    const address = await ada.navigate(...below(new URL(url)), 301);
    const back = await postedTo(made, provider.answer(made, provider.read(address), 'eve', { mail: `eve@${domain}` }));
    const page = await ada.send('GET', below(back)[0], { query: below(back)[1] });
    assert.equal(page.status, 200, page.text);
    const [run] = (await ada.ask('GET', path)).data;
    assert.deepEqual([run.status, run.connection_type, run.parsed_user_info.email_address], ['success', 'saml', `eve@${domain}`]);
    assert.equal((await world.backend('GET', `/users?email_address=eve@${domain}`)).length, 0, 'nobody was made');
    await world.backend('DELETE', `/saml_connections/${made.id}`);
  });
}
