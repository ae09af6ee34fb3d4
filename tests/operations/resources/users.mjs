// A backend's view of people: users, their addresses and numbers, pictures, passwords, who is kept out.
import assert from 'node:assert/strict';
import { appCode } from '../../harness/app_code.mjs';
import { PASSWORD, PNG, TEST_CODE, fileForm, fresh, freshEmail, freshPhone } from '../world.mjs';

export default async function ({ step, world }) {
  const nobody = '/users/user_nobody';

  await step('made, found, changed, deleted', async () => {
    const email = freshEmail(), external_id = `x${fresh()}`;
    const user = await world.backend('POST', '/users', {
      email_address: [email], phone_number: [freshPhone()], username: `u_${fresh()}`, password: PASSWORD, external_id, first_name: 'Grace',
      public_metadata: { a: 1 }, private_metadata: { b: 2 }, unsafe_metadata: { c: 3 }, created_at: '2020-01-02T03:04:05Z',
    });
    assert.deepEqual([user.external_id, user.private_metadata, user.created_at], [external_id, { b: 2 }, Date.parse('2020-01-02T03:04:05Z')]);
    const at = `/users/${user.id}`;
    assert.deepEqual(await world.backend('GET', at), user);
    assert.deepEqual((await world.backend('GET', `/users?external_id=${external_id}&order_by=-created_at&limit=5`)).map(({ id }) => id), [user.id]);
    assert.deepEqual((await world.backend('GET', `/users?email_address=${encodeURIComponent(email)}`)).map(({ id }) => id), [user.id]);
    assert.equal((await world.backend('GET', `/users/count?query=${encodeURIComponent(email)}`)).total_count, 1);
    assert.equal((await world.backend('PATCH', at, { last_name: 'Hopper', create_organization_enabled: false })).last_name, 'Hopper');
    assert.deepEqual((await world.backend('PATCH', `${at}/metadata`, { public_metadata: { d: 4, a: null } })).public_metadata, { d: 4 });
    assert.deepEqual((await world.backend('PUT', `${at}/metadata`, { public_metadata: { e: 5 } })).public_metadata, { e: 5 });
    await world.refused(422, 'form_identifier_exists', 'POST', '/users', { email_address: [email] });
    await world.refused(422, 'form_password_length_too_short', 'POST', '/users', { email_address: [freshEmail()], password: 'x' });
    await world.refused(422, 'form_param_unknown', 'PATCH', at, { colour: 'red' });
    await world.refused(422, 'form_param_value_invalid', 'GET', '/users?order_by=colour');
    assert.equal((await world.backend('DELETE', at)).deleted, true);
    for (const method of ['GET', 'DELETE']) await world.refused(404, 'resource_not_found', method, at);
    await world.refused(404, 'resource_not_found', 'PATCH', at, { first_name: 'x' });
  });

  await step('second factors that a backend brings along', async () => {
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const user = await world.user({ totp_secret: secret, backup_codes: ['first-code', 'second-code'] });
    assert.deepEqual([user.totp_enabled, user.backup_code_enabled, user.two_factor_enabled], [true, true, true]);
    assert.equal((await world.backend('POST', `/users/${user.id}/verify_totp`, { code: appCode(secret) })).code_type, 'totp');
    assert.equal((await world.backend('POST', `/users/${user.id}/verify_totp`, { code: 'first-code' })).code_type, 'backup_code');
    await world.backend('PATCH', `/users/${user.id}`, { backup_codes: ['third-code'] });
    assert.equal((await world.backend('POST', `/users/${user.id}/verify_totp`, { code: 'third-code' })).code_type, 'backup_code');
    await world.refused(422, 'form_param_format_invalid', 'PATCH', `/users/${user.id}`, { totp_secret: 'short' });
  });

  await step('banned, locked, and let in again', async () => {
    const ada = await world.person();
    const at = `/users/${ada.userId}`;
    assert.equal((await world.backend('POST', `${at}/ban`)).banned, true);
    await assert.rejects(ada.token());
    await world.visitor().signIn({ email: ada.email, password: PASSWORD }).then(() => assert.fail('a banned user signs in'), ({ code }) => assert.equal(code, 'user_banned'));
    assert.equal((await world.backend('POST', `${at}/unban`)).banned, false);
    const grace = await world.person();
    await world.backend('POST', '/users/ban', { user_ids: [ada.userId, grace.userId] });
    assert.equal((await world.backend('GET', `/users/${grace.userId}`)).banned, true);
    await world.backend('POST', '/users/unban', { user_ids: [ada.userId, grace.userId] });
    assert.equal((await world.backend('GET', at)).banned, false);
    assert.equal((await world.backend('POST', `${at}/lock`)).locked, true);
    await world.visitor().signIn({ email: ada.email, password: PASSWORD }).then(() => assert.fail('a locked user signs in'), ({ code }) => assert.equal(code, 'user_locked'));
    assert.equal((await world.backend('POST', `${at}/unlock`)).locked, false);
    await world.visitor().signIn({ email: ada.email, password: PASSWORD });
    for (const action of ['ban', 'unban', 'lock', 'unlock']) await world.refused(404, 'resource_not_found', 'POST', `${nobody}/${action}`);
  });

  await step('passwords', async () => {
    const ada = await world.person();
    const at = `/users/${ada.userId}`;
    assert.equal((await world.backend('POST', `${at}/verify_password`, { password: PASSWORD })).verified, true);
    await world.refused(422, 'incorrect_password', 'POST', `${at}/verify_password`, { password: 'wrong one' });
    const { id } = await world.backend('GET', at);
    await world.backend('POST', `/users/${id}/remove_password`, {});
    assert.equal((await world.backend('GET', at)).password_enabled, false);
  });

  await step('a password that others know must be replaced', async () => {
    const ada = await world.person();
    const at = `/users/${ada.userId}`;
    await world.backend('POST', `${at}/password/set_compromised`, { revoke_all_sessions: true });
    await assert.rejects(ada.token());
    await world.backend('POST', `${at}/password/unset_compromised`);
    await world.visitor().signIn({ email: ada.email, password: PASSWORD });
    await world.refused(404, 'resource_not_found', 'POST', `${nobody}/password/set_compromised`, {});
  }, 'backend POST /users/{user_id}/password/set_compromised', 'backend POST /users/{user_id}/password/unset_compromised');

  await step('pictures', async () => {
    const user = await world.user();
    const at = `/users/${user.id}/profile_image`;
    const answer = await world.send('POST', at, fileForm('a.png', PNG));
    assert.deepEqual([answer.status, answer.json.has_image], [200, true], answer.text);
    assert.equal((await world.backend('DELETE', at)).has_image, false);
    assert.equal((await world.send('POST', at, fileForm('a.txt', Buffer.from('nonsense'), 'text/plain'))).status, 400);
  });

  // An address and a number are the same thing twice.
  for (const [kind, address, own] of [['email_address', freshEmail, 'email_addresses'], ['phone_number', freshPhone, 'phone_numbers']]) {
    await step(`${own}: added, proved, changed, removed`, async () => {
      const user = await world.user();
      const made = await world.backend('POST', `/${own}`, { user_id: user.id, [kind]: address(), verified: false });
      const at = `/${own}/${made.id}`;
      assert.equal((await world.backend('GET', at))[kind], made[kind]);
      assert.equal((await world.backend('PATCH', at, { verified: true, primary: true })).verification.status, 'verified');
      assert.equal((await world.backend('GET', `/users/${user.id}`))[`primary_${kind}_id`], made.id);
      const taken = await world.user(kind === 'phone_number' ? { phone_number: [address()] } : {});
      await world.refused(422, 'form_identifier_exists', 'POST', `/${own}`, { user_id: user.id, [kind]: taken[own][0][kind] });
      await world.refused(404, 'resource_not_found', 'POST', `/${own}`, { user_id: 'user_nobody', [kind]: address() });
      const second = await world.backend('POST', `/${own}`, { user_id: user.id, [kind]: address(), verified: true });
      assert.equal((await world.backend('DELETE', `/${own}/${second.id}`)).deleted, true);
      await world.refused(404, 'resource_not_found', 'GET', `/${own}/idn_nobody`);
    });

    await step(`${own}: proved by a code that a backend asks for`, async () => {
      const user = await world.user();
      const made = await world.backend('POST', `/${own}`, { user_id: user.id, [kind]: address(), verified: false });
      const at = `/${own}/${made.id}`;
      const { id: verification_id } = await world.backend('POST', `${at}/prepare_verification`);
      assert.equal((await world.backend('POST', `${at}/attempt_verification`, { verification_id, code: '000000' })).status, 'unverified');
      assert.equal((await world.backend('POST', `${at}/attempt_verification`, { verification_id, code: TEST_CODE })).status, 'verified');
      await world.refused(404, 'resource_not_found', 'POST', `${at}/attempt_verification`, { verification_id: 'ver_nobody', code: TEST_CODE });
      assert.equal((await world.backend('GET', at)).verification.status, 'verified');
    }, `backend POST /${own}/{${kind}_id}/prepare_verification`);

    await step(`${own}: all replaced by one`, async () => {
      const user = await world.user();
      const replacement = address();
      await world.backend('PUT', `/users/${user.id}/${kind}`, { [kind]: replacement, identification_status: 'verified' });
      assert.deepEqual((await world.backend('GET', `/users/${user.id}`))[own].map(each => each[kind]), [replacement]);
      await world.refused(404, 'resource_not_found', 'PUT', `${nobody}/${kind}`, { [kind]: address() });
    }, `backend PUT /users/{user_id}/${kind}`);
  }
}
