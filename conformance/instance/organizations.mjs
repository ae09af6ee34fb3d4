// Walks every operation of organizations, from browsers and from a backend, and checks what each says.
//   node organizations.mjs                      starts `clerkd dev` from build/release (or CLERK_BIN) by itself
//   CLERK_TEST_ORIGIN=… CLERK_SECRET_KEY=… CLERK_API_URL=… node organizations.mjs      asks a server that runs
// FRONTEND_ORIGIN names another address for the Frontend API, such as one that judges its answers. The last line is `N passed, N failed`.
import assert from 'node:assert/strict';
import { FrontendClient, TEST_CODE, freshEmail } from '../../tests/harness/frontend_client.mjs';
import { startInstance } from '../../tests/harness/instance.mjs';
import { Steps } from '../../tests/harness/steps.mjs';

const PASSWORD = 'correct horse 42!';
const steps = new Steps('organizations');
let instance, ada, grace, organization;

/** A signed-up person with a browser of its own. */
async function person(email = freshEmail()) {
  const client = new FrontendClient(process.env.FRONTEND_ORIGIN ?? instance.origin, { page: instance.origin });
  await client.signUp({ email, password: PASSWORD, code: async () => TEST_CODE });
  return Object.assign(client, { email });
}

async function backend(method, where, json, status = 200) {
  const response = await fetch(`${instance.env.CLERK_API_URL}/v1${where}`, {
    method,
    headers: { authorization: `Bearer ${instance.env.CLERK_SECRET_KEY}`, 'content-type': 'application/json' },
    body: json && JSON.stringify(json),
  });
  const body = await response.json();
  assert.equal(response.status, status, `${method} ${where}: ${JSON.stringify(body)}`);
  return body;
}

/** What the signed-in person gets: the response inside the envelope. */
const ask = async (who, method, where, form, query = {}) =>
  (await who.call(method, where, form, { _clerk_session_id: who.sessionId, ...query })).response;
const refused = async (code, action) => {
  const error = await action().then(() => null, thrown => thrown);
  assert.equal(error?.code ?? error?.message, code);
};
const refusedBackend = async (status, code, method, where, json) =>
  assert.equal((await backend(method, where, json, status)).errors[0].code, code);
const at = (where = '') => `/organizations/${organization.id}${where}`;
const claimsOf = token => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));
const ids = page => page.data.map(({ id }) => id);

await steps.run('the instance starts and two people sign up', async () => {
  instance = await startInstance();
  ada = await person();
  grace = await person();
});

await steps.run('a person makes an organization and works for it', async () => {
  organization = await ask(ada, 'POST', '/organizations', { name: 'Acme Inc' });
  assert.match(organization.slug, /^acme-inc/);
  const { response, client } = await ada.call('POST', `/client/sessions/${ada.sessionId}/touch`,
    { active_organization_id: organization.id, intent: 'select_org' });
  assert.equal(response.last_active_organization_id, organization.id);
  assert.equal(client.sessions[0].user.organization_memberships[0].role, 'org:admin');
  assert.deepEqual(claimsOf(client.sessions[0].last_active_token.jwt).o, { id: organization.id, rol: 'admin', slg: organization.slug });
});

await steps.check('it is read and changed by its members, and is nothing to others', async () => {
  assert.equal((await ask(ada, 'GET', at())).name, 'Acme Inc');
  assert.equal((await ask(ada, 'PATCH', at(), { name: 'Ajax' })).name, 'Ajax');
  await refused('organization_not_found_or_unauthorized', () => ask(grace, 'GET', at()));
  await refused('organization_not_found_or_unauthorized', () => ask(grace, 'PATCH', at(), { name: 'Mine' }));
  await refused('form_identifier_exists', () => ask(grace, 'POST', '/organizations', { name: 'X', slug: organization.slug }));
  assert.deepEqual((await ask(ada, 'GET', at('/roles'))).data.map(({ key }) => key), ['org:admin', 'org:member']);
  assert.ok('form' in await ask(ada, 'GET', '/me/organization_creation_defaults'));
});

await steps.check('members are added, given another role, listed and removed', async () => {
  const added = await ask(ada, 'POST', at('/memberships'), { user_id: grace.userId, role: 'org:member' });
  assert.deepEqual([added.role, added.public_user_data.user_id], ['org:member', grace.userId]);
  await refused('already_a_member_in_organization', () => ask(ada, 'POST', at('/memberships'), { user_id: grace.userId, role: 'org:member' }));
  await refused('missing_organization_permission', () => ask(grace, 'PATCH', at(`/memberships/${ada.userId}`), { role: 'org:member' }));
  await refused('organization_minimum_permissions_needed', () => ask(ada, 'DELETE', `/me/organization_memberships/${organization.id}`));
  assert.equal((await ask(ada, 'PATCH', at(`/memberships/${grace.userId}`), { role: 'org:admin' })).role_name, 'Admin');
  assert.equal((await ask(ada, 'GET', at('/memberships'), null, { paginated: 'true', query: grace.email.slice(0, 12) })).total_count >= 1, true);
  assert.equal((await ask(ada, 'GET', at('/memberships'), null, { role: 'org:member' })).total_count, 0);
  assert.equal((await ask(ada, 'DELETE', at(`/memberships/${grace.userId}`))).public_user_data.user_id, grace.userId);
  assert.equal((await ask(grace, 'GET', '/me/organization_memberships', null, { paginated: 'true' })).total_count, 0);
});

await steps.check('people are invited, look at it and accept', async () => {
  const invitation = await ask(ada, 'POST', at('/invitations'), { email_address: grace.email, role: 'org:member' });
  assert.deepEqual([invitation.status, invitation.email_address, invitation.url], ['pending', grace.email, null]);
  await refused('duplicate_record', () => ask(ada, 'POST', at('/invitations'), { email_address: grace.email, role: 'org:member' }));
  assert.deepEqual(ids(await ask(ada, 'GET', at('/invitations'), null, { status: 'pending' })), [invitation.id]);
  assert.deepEqual(ids(await ask(ada, 'GET', at('/invitations/pending'))), [invitation.id]);
  const [mine] = (await ask(grace, 'GET', '/me/organization_invitations', null, { status: 'pending' })).data;
  assert.deepEqual([mine.id, mine.public_organization_data.id], [invitation.id, organization.id]);
  await refused('organization_invitation_not_found', () => ask(ada, 'POST', `/me/organization_invitations/${invitation.id}/accept`));
  assert.equal((await ask(grace, 'POST', `/me/organization_invitations/${invitation.id}/accept`)).status, 'accepted');
  assert.equal((await ask(grace, 'DELETE', `/me/organization_memberships/${organization.id}`)).deleted, true);
});

await steps.check('an invitation can be taken back', async () => {
  const invitation = await ask(ada, 'POST', at('/invitations'), { email_address: 'gone@example.com', role: 'org:member' });
  assert.equal((await ask(ada, 'POST', at(`/invitations/${invitation.id}/revoke`))).status, 'revoked');
  await refused('organization_invitation_not_pending', () => ask(ada, 'POST', at(`/invitations/${invitation.id}/revoke`)));
});

await steps.run('a backend sets what is allowed', async () => {
  const settings = await backend('PATCH', '/instance/organization_settings',
    { domains_enabled: true, domains_enrollment_modes: ['automatic_invitation', 'automatic_suggestion'], max_allowed_memberships: 50 });
  assert.deepEqual([settings.domains_enabled, settings.max_allowed_memberships, settings.creator_role], [true, 50, 'org:admin']);
  assert.deepEqual(await backend('GET', '/instance/organization_settings'), settings);
  assert.equal((await backend('PATCH', at(), { max_allowed_memberships: 50 })).max_allowed_memberships, 50);
  await refusedBackend(422, 'form_param_value_invalid', 'PATCH', '/instance/organization_settings', { domains_enrollment_modes: ['x'] });
});

await steps.check('a domain is shown to be one’s own, and lets people in', async () => {
  const name = `d${Date.now()}.example.com`;
  const newcomer = await person(`eve+clerk_test@${name}`);
  const domain = await ask(ada, 'POST', at('/domains'), { name });
  const on = (action, form) => ask(ada, 'POST', at(`/domains/${domain.id}/${action}`), form);
  await refused('organization_domain_mismatch', () => on('prepare_affiliation_verification', { affiliation_email_address: 'a@example.org' }));
  assert.equal((await on('prepare_affiliation_verification', { affiliation_email_address: `ada+clerk_test@${name}` })).affiliation_verification.status, 'unverified');
  await refused('form_code_incorrect', () => on('attempt_affiliation_verification', { code: '000000' }));
  assert.equal((await on('attempt_affiliation_verification', { code: TEST_CODE })).affiliation_verification.status, 'verified');
  await refused('self_serve_sso_disabled', () => on('prepare_ownership_verification'));
  await refused('self_serve_sso_disabled', () => on('attempt_ownership_verification'));
  await refused('self_serve_sso_disabled', () => ask(ada, 'POST', at('/domains/bulk'), { names: 'a.com' }));
  for (const action of ['prepare', 'attempt']) {
    await refused('self_serve_sso_disabled', () => ask(ada, 'POST', at(`/domains/${action}_ownership_verification/bulk`), { organization_domain_ids: domain.id }));
  }
  assert.deepEqual(ids(await ask(ada, 'GET', at('/domains'), null, { verified: 'true' })), [domain.id]);

  await on('update_enrollment_mode', { enrollment_mode: 'automatic_suggestion' });
  const [suggestion] = (await ask(newcomer, 'GET', '/me/organization_suggestions', null, { status: 'pending' })).data;
  assert.equal(suggestion.public_organization_data.id, organization.id);
  assert.equal((await ask(newcomer, 'POST', `/me/organization_suggestions/${suggestion.id}/accept`)).status, 'accepted');
  const [request] = (await ask(ada, 'GET', at('/membership_requests'), null, { status: 'pending' })).data;
  assert.equal((await ask(ada, 'POST', at(`/membership_requests/${request.id}/reject`))).status, 'rejected');
  await refused('resource_not_found', () => ask(ada, 'POST', at(`/membership_requests/${request.id}/accept`)));

  await on('update_enrollment_mode', { enrollment_mode: 'automatic_invitation', delete_pending: 'true' });
  const [invitation] = (await ask(newcomer, 'GET', '/me/organization_invitations', null, { status: 'pending' })).data;
  await ask(newcomer, 'POST', `/me/organization_invitations/${invitation.id}/accept`);
  assert.equal((await ask(newcomer, 'GET', at())).id, organization.id);
  assert.equal((await ask(ada, 'GET', at(`/domains/${domain.id}`))).name, name);
  assert.equal((await ask(ada, 'DELETE', at(`/domains/${domain.id}`))).deleted, true);
});

await steps.check('somebody who asks is let in', async () => {
  const name = `e${Date.now()}.example.com`;
  const newcomer = await person(`eve+clerk_test@${name}`);
  const domain = await backend('POST', at('/domains'), { name, enrollment_mode: 'automatic_suggestion' });
  const [suggestion] = (await ask(newcomer, 'GET', '/me/organization_suggestions')).data;
  await ask(newcomer, 'POST', `/me/organization_suggestions/${suggestion.id}/accept`);
  const [request] = (await ask(ada, 'GET', at('/membership_requests'), null, { status: 'pending' })).data;
  assert.equal((await ask(ada, 'POST', at(`/membership_requests/${request.id}/accept`))).public_user_data.user_id, newcomer.userId);
  await backend('DELETE', at(`/domains/${domain.id}`));
});

// ---- a backend

await steps.check('a backend manages organizations', async () => {
  const made = await backend('POST', '/organizations', { name: 'Backend Inc', created_by: grace.userId, public_metadata: { a: 1 }, max_allowed_memberships: 3 });
  const one = `/organizations/${made.id}`;
  assert.deepEqual([made.object, made.members_count, made.private_metadata], ['organization', 1, {}]);
  assert.equal((await backend('GET', `/organizations/${made.slug}?include_missing_member_with_elevated_permissions=true`)).missing_member_with_elevated_permissions, false);
  assert.equal((await backend('PATCH', one, { name: 'Other', admin_delete_enabled: false })).admin_delete_enabled, false);
  assert.deepEqual((await backend('PATCH', `${one}/metadata`, { public_metadata: { b: 2 } })).public_metadata, { a: 1, b: 2 });
  assert.deepEqual((await backend('PUT', `${one}/metadata`, { public_metadata: { c: 3 } })).public_metadata, { c: 3 });
  assert.deepEqual(ids(await backend('GET', `/organizations?query=${made.slug}&order_by=-members_count`)), [made.id]);
  assert.ok(ids(await backend('GET', `/organizations?user_id=${grace.userId}&include_members_count=true`)).includes(made.id));
  await refusedBackend(404, 'resource_not_found', 'GET', '/organizations/org_nobody');
  await refusedBackend(422, 'form_param_unknown', 'PATCH', one, { public_metadata: {} });
  await refusedBackend(400, 'organization_creator_not_found', 'POST', '/organizations', { name: 'X', created_by: 'user_nobody' });
  await refused('organization_admin_delete_not_enabled', () => ask(grace, 'DELETE', `/organizations/${made.id}`));
  assert.deepEqual(await backend('DELETE', one), { object: 'organization', id: made.id, deleted: true, slug: made.slug });
});

await steps.check('a backend manages members', async () => {
  const members = at('/memberships');
  const added = await backend('POST', members, { user_id: grace.userId, role: 'org:member', private_metadata: { p: 1 } });
  assert.deepEqual([added.object, added.private_metadata], ['organization_membership', { p: 1 }]);
  const one = `${members}/${grace.userId}`;
  assert.deepEqual((await backend('PATCH', `${one}/metadata`, { public_metadata: { q: 2 } })).public_metadata, { q: 2 });
  assert.equal((await backend('PATCH', one, { role: 'org:admin' })).role, 'org:admin');
  assert.deepEqual(ids(await backend('GET', `${members}?user_id=${grace.userId}&role=org:admin&order_by=first_name`)), [added.id]);
  assert.deepEqual(ids(await backend('GET', `${members}?email_address=${encodeURIComponent(grace.email)}`)), [added.id]);
  assert.ok(ids(await backend('GET', '/organization_memberships?limit=100&order_by=-created_at')).includes(added.id));
  assert.deepEqual(ids(await backend('GET', `/users/${grace.userId}/organization_memberships`)), [added.id]);
  assert.deepEqual((await backend('GET', `/users?organization_id=${organization.id}&user_id=${grace.userId}`)).map(({ id }) => id), [grace.userId]);
  await refusedBackend(404, 'resource_not_found', 'PATCH', one, { role: 'org:nobody' });
  assert.equal((await backend('DELETE', one)).id, added.id);
  await refusedBackend(404, 'resource_not_found', 'DELETE', one);
});

await steps.check('a backend invites', async () => {
  const invitations = at('/invitations');
  const made = await backend('POST', invitations, { email_address: grace.email, role: 'org:member', inviter_user_id: ada.userId, expires_in_days: 7, private_metadata: { x: 1 } });
  assert.deepEqual([made.inviter_id, made.public_inviter_data.user_id, made.private_metadata], [ada.userId, ada.userId, { x: 1 }]);
  assert.match(made.url, /\/v1\/tickets\/accept\?ticket=/);
  await refusedBackend(400, 'duplicate_record', 'POST', invitations, { email_address: grace.email, role: 'org:member' });
  const many = await backend('POST', `${invitations}/bulk`, [1, 2].map(n => ({ email_address: `bulk${n}@example.com`, role: 'org:member', notify: false })));
  assert.equal(many.total_count, 2);
  await refusedBackend(422, 'form_param_missing', 'POST', `${invitations}/bulk`, []);
  assert.equal((await backend('GET', `${invitations}/${made.id}`)).id, made.id);
  assert.deepEqual(ids(await backend('GET', `${invitations}?status=pending&email_address=${encodeURIComponent(grace.email)}`)), [made.id]);
  assert.ok((await backend('GET', `${invitations}/pending`)).total_count >= 3);
  assert.ok(ids(await backend('GET', '/organization_invitations?query=bulk&order_by=email_address')).length === 2);
  assert.deepEqual(ids(await backend('GET', `/users/${grace.userId}/organization_invitations?status=pending`)), [made.id]);
  assert.equal((await backend('POST', `${invitations}/${made.id}/revoke`, { requesting_user_id: ada.userId })).status, 'revoked');
  await refusedBackend(404, 'organization_invitation_not_pending', 'POST', `${invitations}/${made.id}/revoke`);
});

await steps.check('a backend manages domains', async () => {
  const name = `b${Date.now()}.example.com`;
  const made = await backend('POST', at('/domains'), { name, verified: false });
  assert.equal(made.affiliation_verification, null);
  const one = at(`/domains/${made.id}`);
  assert.equal((await backend('PATCH', one, { verified: true, enrollment_mode: 'automatic_invitation' })).affiliation_verification.status, 'verified');
  assert.equal((await backend('POST', `${one}/verify_ownership`)).ownership_verification.strategy, 'manual_override');
  assert.deepEqual(ids(await backend('GET', at('/domains?enrollment_mode=-manual_invitation'))), [made.id]);
  assert.deepEqual(ids(await backend('GET', `/organization_domains?domains=${name}&order_by=name`)), [made.id]);
  await refusedBackend(422, 'organization_domain_already_exists_same_organization', 'POST', at('/domains'), { name });
  await refusedBackend(422, 'organization_domain_common', 'POST', at('/domains'), { name: 'gmail.com' });
  assert.equal((await backend('DELETE', one)).deleted, true);
});

await steps.check('a backend manages roles and permissions, which tokens carry', async () => {
  const suffix = Date.now();
  const permission = await backend('POST', '/organization_permissions', { name: 'Edit', key: `org:docs${suffix}:edit`, description: 'Edits' });
  assert.equal((await backend('GET', `/organization_permissions/${permission.id}`)).type, 'user');
  assert.equal((await backend('PATCH', `/organization_permissions/${permission.id}`, { name: 'Write' })).name, 'Write');
  const [system] = (await backend('GET', '/organization_permissions?query=sys_profile')).data;
  await refusedBackend(403, 'organization_system_permission_not_modifiable', 'DELETE', `/organization_permissions/${system.id}`);
  const role = await backend('POST', '/organization_roles', { name: 'Editor', key: `org:editor${suffix}`, permissions: [permission.id], include_in_initial_role_set: true });
  const one = `/organization_roles/${role.id}`;
  assert.equal((await backend('GET', one)).permissions[0].id, permission.id);
  assert.equal((await backend('PATCH', one, { description: 'Edits' })).description, 'Edits');
  assert.deepEqual(ids(await backend('GET', `/organization_roles?query=editor${suffix}&order_by=-name`)), [role.id]);
  await refusedBackend(409, 'organization_role_permission_association_exists', 'POST', `${one}/permissions/${permission.id}`);

  await backend('POST', at('/memberships'), { user_id: grace.userId, role: role.key });
  await grace.call('POST', `/client/sessions/${grace.sessionId}/touch`, { active_organization_id: organization.id, intent: 'select_org' });
  const { jwt } = await grace.call('POST', `/client/sessions/${grace.sessionId}/tokens`, { organization_id: organization.id });
  assert.deepEqual([claimsOf(jwt).fea, claimsOf(jwt).o.per, claimsOf(jwt).o.fpm], [`o:docs${suffix}`, 'edit', '1']);
  await refusedBackend(422, 'organization_role_assigned_members', 'DELETE', one);
  assert.deepEqual((await backend('DELETE', `${one}/permissions/${permission.id}`)).permissions, []);
  assert.equal((await backend('POST', `${one}/permissions/${permission.id}`)).permissions.length, 1);

  const set = await backend('POST', '/role_sets', { name: `Team ${suffix}`, default_role_key: role.key, creator_role_key: 'org:admin', roles: ['org:admin', role.key] });
  const where = `/role_sets/${set.key}`;
  assert.equal((await backend('GET', `/role_sets/${set.id}`)).default_role.key, role.key);
  assert.equal((await backend('PATCH', where, { description: 'Teams' })).description, 'Teams');
  assert.equal((await backend('POST', `${where}/roles`, { role_keys: ['org:member'] })).roles.length, 3);
  assert.equal((await backend('POST', `${where}/roles/replace`, { role_key: role.key, to_role_key: 'org:member' })).default_role.key, 'org:member');
  assert.ok(ids(await backend('GET', '/role_sets?order_by=key')).includes(set.id));
  assert.equal((await backend('PATCH', at(), { role_set_key: 'role_set:default' })).role_set_key, 'role_set:default');
  assert.equal((await backend('POST', `${where}/replace`, { dest_role_set_key: 'role_set:default', reassignment_mappings: {} })).deleted, true);
  await backend('DELETE', at(`/memberships/${grace.userId}`));
  await backend('DELETE', one);
  assert.equal((await backend('DELETE', `/organization_permissions/${permission.id}`)).deleted, true);
});

await steps.check('an admin closes it; sessions leave it', async () => {
  assert.deepEqual(await ask(ada, 'DELETE', at()), { object: 'organization', id: organization.id, deleted: true, slug: organization.slug });
  const { response } = await ada.call('GET', '/client');
  assert.equal(response.sessions[0].last_active_organization_id, null);
  await refused('organization_not_found_or_unauthorized', () => ask(ada, 'GET', at()));
});

await instance?.stop();
steps.finish();
