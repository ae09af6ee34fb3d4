// What people do with their own account.
import assert from 'node:assert/strict';
import { Authenticator } from '../../harness/authenticator.mjs';
import { PASSWORD, PNG, TEST_CODE, fileForm, fresh, freshEmail, freshPhone } from '../world.mjs';

export default async function ({ step, world }) {
  const list = async (ada, where) => ada.call('GET', where, null, { _clerk_session_id: ada.sessionId });

  await step('the profile', async () => {
    const ada = await world.person();
    assert.equal((await ada.ask('GET', '/me')).id, ada.userId);
    const username = `ada_${fresh()}`;
    assert.deepEqual((({ first_name, username }) => [first_name, username])(await ada.ask('PATCH', '/me', { first_name: 'Ada', username })), ['Ada', username]);
    assert.deepEqual((await ada.ask('PATCH', '/me/metadata', { unsafe_metadata: '{"theme":"dark"}' })).unsafe_metadata, { theme: 'dark' });
    await ada.refused('form_param_missing', 'PATCH', '/me/metadata', {});
    const grace = await world.person();
    await grace.refused('form_identifier_exists', 'PATCH', '/me', { username });
    await ada.refused('form_username_invalid_character', 'PATCH', '/me', { username: 'ada lovelace' });
  });

  await step('the picture', async () => {
    const ada = await world.person();
    const upload = await ada.send('POST', '/v1/me/profile_image', fileForm('a.png', PNG));
    assert.equal(upload.status, 200, upload.text);
    assert.equal((await ada.ask('GET', '/me')).has_image, true);
    const wrong = await ada.send('POST', '/v1/me/profile_image', fileForm('a.svg', Buffer.from('<svg/>'), 'image/svg+xml'));
    assert.deepEqual([wrong.status, wrong.json.errors[0].code], [400, 'form_param_format_invalid']);
    await ada.ask('DELETE', '/me/profile_image');
    assert.equal((await ada.ask('GET', '/me')).has_image, false);
  });

  await step('e-mail addresses', async () => {
    const ada = await world.person();
    const address = freshEmail();
    const made = await ada.ask('POST', '/me/email_addresses', { email_address: address });
    const at = `/me/email_addresses/${made.id}`;
    await ada.ask('POST', `${at}/prepare_verification`, { strategy: 'email_code' });
    await ada.refused('form_code_incorrect', 'POST', `${at}/attempt_verification`, { code: '000000' });
    assert.equal((await ada.ask('POST', `${at}/attempt_verification`, { code: TEST_CODE })).verification.status, 'verified');
    assert.equal((await list(ada, '/me/email_addresses')).length, 2);
    assert.equal((await ada.ask('PATCH', '/me', { primary_email_address_id: made.id })).primary_email_address_id, made.id);
    assert.equal((await ada.ask('GET', at)).email_address, address);
    await ada.refused('form_identifier_exists', 'POST', '/me/email_addresses', { email_address: (await world.person()).email });
    const [other] = (await list(ada, '/me/email_addresses')).filter(({ id }) => id !== made.id);
    assert.equal((await ada.ask('DELETE', `/me/email_addresses/${other.id}`)).deleted, true);
    await ada.refused('resource_not_found', 'GET', '/me/email_addresses/idn_nobody');
  });

  await step('phone numbers', async () => {
    const ada = await world.person();
    const made = await ada.ask('POST', '/me/phone_numbers', { phone_number: freshPhone() });
    const at = `/me/phone_numbers/${made.id}`;
    await ada.ask('POST', `${at}/prepare_verification`, { strategy: 'phone_code' });
    await ada.refused('form_code_incorrect', 'POST', `${at}/attempt_verification`, { code: '000000' });
    assert.equal((await ada.ask('POST', `${at}/attempt_verification`, { code: TEST_CODE })).verification.status, 'verified');
    assert.equal((await ada.ask('PATCH', at, { reserved_for_second_factor: 'true' })).reserved_for_second_factor, true);
    assert.equal((await ada.ask('GET', at)).id, made.id);
    assert.equal((await list(ada, '/me/phone_numbers')).length, 1);
    await ada.refused('form_param_format_invalid', 'POST', '/me/phone_numbers', { phone_number: '12' });
    assert.equal((await ada.ask('DELETE', at)).deleted, true);
    await ada.refused('resource_not_found', 'GET', at);
  });

  await step('passkeys', async () => {
    const ada = await world.person();
    const authenticator = new Authenticator(world.instance.origin);
    const failed = await ada.ask('POST', '/me/passkeys');
    await ada.refused('passkey_invalid_public_key_credential', 'POST', `/me/passkeys/${failed.id}/attempt_verification`, { strategy: 'passkey', public_key_credential: '{}' });
    const made = await ada.ask('POST', '/me/passkeys');
    const at = `/me/passkeys/${made.id}`;
    const proof = authenticator.register(made.verification.nonce);
    assert.equal((await ada.ask('POST', `${at}/attempt_verification`, { strategy: 'passkey', public_key_credential: proof })).verification.status, 'verified');
    assert.equal((await ada.ask('GET', at)).id, made.id);
    assert.equal((await ada.ask('PATCH', at, { name: 'Laptop' })).name, 'Laptop');

    const visitor = world.visitor();
    const attempt = await visitor.ask('POST', '/client/sign_ins', { strategy: 'passkey' });
    const done = await visitor.ask('POST', `/client/sign_ins/${attempt.id}/attempt_first_factor`,
      { strategy: 'passkey', public_key_credential: authenticator.assert(attempt.first_factor_verification.nonce, ada.userId) });
    assert.equal(done.status, 'complete');

    assert.equal((await ada.ask('DELETE', at)).deleted, true);
    await ada.refused('resource_not_found', 'GET', at);
    const second = await ada.ask('POST', '/me/passkeys');
    await ada.ask('POST', `/me/passkeys/${second.id}/attempt_verification`, { strategy: 'passkey', public_key_credential: new Authenticator(world.instance.origin).register(second.verification.nonce) });
    await world.backend('DELETE', `/users/${ada.userId}/passkeys/${second.id}`);
    assert.equal((await ada.ask('GET', '/me')).passkeys.length, 0);
  });

  await step('passwords', async () => {
    const ada = await world.person();
    await ada.refused('form_password_validation_failed', 'POST', '/me/change_password', { current_password: 'wrong one', new_password: `${PASSWORD}2` });
    await ada.refused('form_password_length_too_short', 'POST', '/me/change_password', { current_password: PASSWORD, new_password: 'x' });
    await ada.ask('POST', '/me/change_password', { current_password: PASSWORD, new_password: `${PASSWORD}2`, sign_out_of_other_sessions: 'true' });
    await ada.refused('form_password_validation_failed', 'POST', '/me/remove_password', { current_password: PASSWORD });
    assert.equal((await ada.ask('POST', '/me/remove_password', { current_password: `${PASSWORD}2` })).password_enabled, false);
  });

  await step('API keys', async () => {
    const ada = await world.person();
    const key = await ada.plain('POST', '/api_keys', { json: { name: `k${fresh()}`, subject: ada.userId, description: 'mine' }, status: 201 });
    assert.deepEqual((await ada.plain('GET', '/api_keys', { query: { subject: ada.userId } })).data.map(({ id }) => id), [key.id]);
    assert.equal((await ada.plain('PATCH', `/api_keys/${key.id}`, { json: { description: 'yours' } })).description, 'yours');
    assert.equal((await world.backend('POST', '/api_keys/verify', { secret: key.secret })).subject, ada.userId);
    const eve = await world.person();
    await eve.plain('PATCH', `/api_keys/${key.id}`, { json: { description: 'hers' }, status: 404 });
    await eve.plain('POST', '/api_keys', { json: { name: 'x', subject: ada.userId }, status: 404 });
    assert.equal((await ada.plain('POST', `/api_keys/${key.id}/revoke`, { json: { revocation_reason: 'lost' } })).revoked, true);
    await world.refused(404, 'resource_not_found', 'POST', '/api_keys/verify', { secret: key.secret });
  });

  await step('deleting oneself', async () => {
    const ada = await world.person();
    assert.equal((await ada.ask('DELETE', '/me')).deleted, true);
    await world.refused(404, 'resource_not_found', 'GET', `/users/${ada.userId}`);
  });
}
