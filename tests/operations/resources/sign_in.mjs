// Signing in: passwords, codes, second factors, tickets, another provider; and proving oneself again within a session.
import assert from 'node:assert/strict';
import { appCode } from '../../harness/app_code.mjs';
import { PASSWORD, TEST_CODE, freshPhone } from '../world.mjs';

export default async function ({ step, world }) {
  const begin = async identifier => {
    const visitor = world.visitor();
    const attempt = await visitor.ask('POST', '/client/sign_ins', { identifier });
    return { visitor, attempt, at: `/client/sign_ins/${attempt.id}` };
  };

  await step('by password, and what is wrong with others', async () => {
    const ada = await world.person();
    const { visitor, attempt, at } = await begin(ada.email);
    assert.equal(attempt.status, 'needs_first_factor');
    assert.equal((await visitor.ask('GET', at)).identifier, ada.email);
    await visitor.refused('form_password_incorrect', 'POST', `${at}/attempt_first_factor`, { strategy: 'password', password: 'wrong one' });
    assert.equal((await visitor.ask('POST', `${at}/attempt_first_factor`, { strategy: 'password', password: PASSWORD })).status, 'complete');
    await visitor.refused('form_identifier_not_found', 'POST', '/client/sign_ins', { identifier: 'nobody@example.com' });
    await visitor.refused('resource_not_found', 'GET', '/client/sign_ins/sia_nobody');
  });

  await step('by an e-mailed code, and a new password by one', async () => {
    const ada = await world.person();
    const { visitor, attempt, at } = await begin(ada.email);
    const factor = attempt.supported_first_factors.find(({ strategy }) => strategy === 'email_code');
    await visitor.ask('POST', `${at}/prepare_first_factor`, { strategy: 'email_code', email_address_id: factor.email_address_id });
    await visitor.refused('form_code_incorrect', 'POST', `${at}/attempt_first_factor`, { strategy: 'email_code', code: '000000' });
    assert.equal((await visitor.ask('POST', `${at}/attempt_first_factor`, { strategy: 'email_code', code: TEST_CODE })).status, 'complete');

    const forgotten = await begin(ada.email);
    await forgotten.visitor.ask('POST', `${forgotten.at}/prepare_first_factor`, { strategy: 'reset_password_email_code', email_address_id: factor.email_address_id });
    const reset = await forgotten.visitor.ask('POST', `${forgotten.at}/attempt_first_factor`, { strategy: 'reset_password_email_code', code: TEST_CODE });
    assert.equal(reset.status, 'needs_new_password');
    await forgotten.visitor.refused('form_password_length_too_short', 'POST', `${forgotten.at}/reset_password`, { password: 'x' });
    const changed = await forgotten.visitor.ask('POST', `${forgotten.at}/reset_password`, { password: `${PASSWORD}2`, sign_out_of_other_sessions: 'true' });
    assert.equal(changed.status, 'complete');
    await assert.rejects(ada.token());
    await world.visitor().signIn({ email: ada.email, password: `${PASSWORD}2` });
  });

  await step('an app, backup codes and a phone as second factors', async () => {
    const ada = await world.person();
    const phone = freshPhone();
    const number = await ada.ask('POST', '/me/phone_numbers', { phone_number: phone });
    await ada.ask('POST', `/me/phone_numbers/${number.id}/prepare_verification`, { strategy: 'phone_code' });
    await ada.ask('POST', `/me/phone_numbers/${number.id}/attempt_verification`, { code: TEST_CODE });
    const totp = await ada.ask('POST', '/me/totp');
    await ada.refused('form_code_incorrect', 'POST', '/me/totp/attempt_verification', { code: appCode(totp.secret, 50) });
    const verified = await ada.ask('POST', '/me/totp/attempt_verification', { code: appCode(totp.secret, -1) });
    assert.equal(verified.verified, true);
    const { codes } = await ada.ask('POST', '/me/backup_codes');
    assert.ok(codes.length >= 8);
    await ada.ask('PATCH', `/me/phone_numbers/${number.id}`, { reserved_for_second_factor: 'true' });

    const first = await begin(ada.email);
    assert.equal((await first.visitor.ask('POST', `${first.at}/attempt_first_factor`, { strategy: 'password', password: PASSWORD })).status, 'needs_second_factor');
    await first.visitor.refused('form_code_incorrect', 'POST', `${first.at}/attempt_second_factor`, { strategy: 'totp', code: '000000' });
    assert.equal((await first.visitor.ask('POST', `${first.at}/attempt_second_factor`, { strategy: 'backup_code', code: codes[0] })).status, 'complete');
    const again = await begin(ada.email);
    await again.visitor.ask('POST', `${again.at}/attempt_first_factor`, { strategy: 'password', password: PASSWORD });
    await again.visitor.refused('form_code_incorrect', 'POST', `${again.at}/attempt_second_factor`, { strategy: 'backup_code', code: codes[0] });
    await again.visitor.ask('POST', `${again.at}/prepare_second_factor`, { strategy: 'phone_code', phone_number_id: number.id });
    assert.equal((await again.visitor.ask('POST', `${again.at}/attempt_second_factor`, { strategy: 'phone_code', code: TEST_CODE })).status, 'complete');

    // A backend checks codes, and takes the factors away.
    const user = `/users/${ada.userId}`;
    assert.deepEqual((await world.backend('POST', `${user}/verify_totp`, { code: codes[1] })).verified, true);
    await world.refused(422, 'totp_incorrect_code', 'POST', `${user}/verify_totp`, { code: '000000' });
    await world.backend('DELETE', `${user}/backup_code`);
    assert.equal((await ada.ask('DELETE', '/me/totp')).deleted, true);
    await ada.ask('POST', '/me/totp').then(({ secret }) => ada.ask('POST', '/me/totp/attempt_verification', { code: appCode(secret, 0) }));
    await world.backend('DELETE', `${user}/totp`);
    await world.backend('DELETE', `${user}/mfa`);
    assert.equal((await world.backend('GET', user)).two_factor_enabled, false);
  });

  await step('proving oneself again', async () => {
    const ada = await world.person();
    const number = await world.backend('POST', '/phone_numbers', { user_id: ada.userId, phone_number: freshPhone(), verified: true, reserved_for_second_factor: true });
    const at = `/client/sessions/${ada.sessionId}/verify`;
    const started = await ada.ask('POST', at, { level: 'multi_factor' });
    assert.equal(started.status, 'needs_first_factor');
    const { email_address_id } = started.supported_first_factors.find(({ strategy }) => strategy === 'email_code');
    await ada.ask('POST', `${at}/prepare_first_factor`, { strategy: 'email_code', email_address_id });
    await ada.refused('form_code_incorrect', 'POST', `${at}/attempt_first_factor`, { strategy: 'email_code', code: '000000' });
    const half = await ada.ask('POST', `${at}/attempt_first_factor`, { strategy: 'email_code', code: TEST_CODE });
    assert.equal(half.status, 'needs_second_factor');
    await ada.ask('POST', `${at}/prepare_second_factor`, { strategy: 'phone_code', phone_number_id: number.id });
    await ada.refused('form_code_incorrect', 'POST', `${at}/attempt_second_factor`, { strategy: 'phone_code', code: '000000' });
    assert.equal((await ada.ask('POST', `${at}/attempt_second_factor`, { strategy: 'phone_code', code: TEST_CODE })).status, 'complete');
    await ada.refused('form_param_value_invalid', 'POST', at, { level: 'third_factor' });
  });

  await step('by tickets of a backend', async () => {
    const user = await world.user();
    const token = await world.backend('POST', '/sign_in_tokens', { user_id: user.id, expires_in_seconds: 60 });
    const visitor = world.visitor();
    const { status } = await visitor.ask('POST', '/client/sign_ins', { strategy: 'ticket', ticket: token.token });
    assert.equal(status, 'complete');
    await world.visitor().refused('sign_in_token_already_used_code', 'POST', '/client/sign_ins', { strategy: 'ticket', ticket: token.token });
    const other = await world.backend('POST', '/sign_in_tokens', { user_id: user.id });
    assert.equal((await world.backend('POST', `/sign_in_tokens/${other.id}/revoke`)).status, 'revoked');
    await world.refused(400, 'sign_in_token_cannot_be_revoked_code', 'POST', `/sign_in_tokens/${other.id}/revoke`);
    await world.refused(404, 'resource_not_found', 'POST', '/sign_in_tokens', { user_id: 'user_nobody' });

    const operator = await world.user();
    const actor = await world.backend('POST', '/actor_tokens', { user_id: user.id, actor: { sub: operator.id }, expires_in_seconds: 60 });
    assert.equal(actor.status, 'pending');
    assert.equal((await world.backend('POST', `/actor_tokens/${actor.id}/revoke`)).status, 'revoked');
    await world.refused(404, 'resource_not_found', 'POST', '/actor_tokens/act_nobody/revoke');
  });

  const back = `${world.instance.origin}/sso-callback`;
  /** To the provider, which says yes, and back to us. */
  const goRound = async (visitor, address, method = 'GET') => {
    const provider = await fetch(address, { redirect: 'manual' });
    const callback = new URL(provider.headers.get('location'));
    assert.equal(callback.pathname.replace('/__clerk', ''), '/v1/oauth_callback');
    if (method === 'GET') return visitor.navigate('/v1/oauth_callback', Object.fromEntries(callback.searchParams), 303);
    const posted = await visitor.send('POST', '/v1/oauth_callback', { form: Object.fromEntries(callback.searchParams) });
    assert.equal(posted.status, 303, posted.text);
    const again = new URL(posted.headers.find(([name]) => name === 'location')[1], world.instance.origin);
    return visitor.navigate('/v1/oauth_callback', Object.fromEntries(again.searchParams), 303);
  };
  const throughProvider = async visitor => {
    const { first_factor_verification } = await visitor.ask('POST', '/client/sign_ins', { strategy: 'oauth_google', redirect_url: back, action_complete_redirect_url: `${world.instance.origin}/` });
    return goRound(visitor, first_factor_verification.external_verification_redirect_url);
  };

  await step('by another provider', async () => {
    const visitor = world.visitor();
    await throughProvider(visitor);
    const made = await visitor.ask('POST', '/client/sign_ups', { transfer: 'true' });
    assert.equal(made.status, 'complete');
    const grace = await world.backend('GET', `/users/${made.created_user_id}`);
    assert.equal(grace.external_accounts[0].email_address, world.identity.email);
    await world.backend('DELETE', `/users/${grace.id}/external_accounts/${grace.external_accounts[0].id}`);
    assert.equal((await world.backend('GET', `/users/${grace.id}`)).external_accounts.length, 0);
    await world.refused(404, 'external_account_not_found', 'DELETE', `/users/${grace.id}/external_accounts/eac_nobody`);
    await world.backend('DELETE', `/users/${grace.id}`);

  });

  const link = async ada => {
    const account = await ada.ask('POST', '/me/external_accounts', { strategy: 'oauth_google', redirect_url: back });
    await goRound(ada, account.verification.external_verification_redirect_url, 'POST');
    return (await ada.ask('GET', '/me')).external_accounts[0];
  };

  await step('an account of another provider is connected', async () => {
    const ada = await world.person();
    const linked = await link(ada);
    assert.equal(linked.verification.status, 'verified');
    const anew = await ada.ask('PATCH', `/me/external_accounts/${linked.id}/reauthorize`, { redirect_url: back });
    assert.ok(anew.verification.external_verification_redirect_url);
    assert.equal((await ada.ask('DELETE', `/me/external_accounts/${linked.id}`)).deleted, true);
    await ada.refused('external_account_not_found', 'DELETE', '/me/external_accounts/eac_nobody');
    await ada.refused('oauth_callback_invalid', 'GET', '/oauth_callback', null, { state: 'nonsense', code: 'x' });
  });

  await step('tokens of another provider', async () => {
    const ada = await world.person();
    const linked = await link(ada);
    const [token] = await world.backend('GET', `/users/${ada.userId}/oauth_access_tokens/oauth_google`);
    assert.ok(token.token);
    await ada.ask('DELETE', `/me/external_accounts/${linked.id}/tokens`);
    await ada.ask('DELETE', `/me/external_accounts/${linked.id}`);
  }, 'backend GET /users/{user_id}/oauth_access_tokens/{provider}', 'frontend DELETE /v1/me/external_accounts/{external_account_id}/tokens');
}
