// Signing up: e-mail and phone codes, usernames, changes on the way, invitations.
import assert from 'node:assert/strict';
import { PASSWORD, TEST_CODE, fresh, freshEmail, freshPhone } from '../world.mjs';

export default async function ({ step, world }) {
  await step('step by step', async () => {
    const visitor = world.visitor();
    const email = freshEmail();
    const made = await visitor.ask('POST', '/client/sign_ups', { email_address: email });
    const at = `/client/sign_ups/${made.id}`;
    assert.equal(made.status, 'missing_requirements');
    assert.equal((await visitor.ask('GET', at)).email_address, email);
    assert.equal((await visitor.ask('PATCH', at, { password: PASSWORD, first_name: 'Ada', unsafe_metadata: '{"a":1}' })).first_name, 'Ada');
    const prepared = await visitor.ask('POST', `${at}/prepare_verification`, { strategy: 'email_code' });
    assert.equal(prepared.verifications.email_address.strategy, 'email_code');
    await visitor.refused('form_code_incorrect', 'POST', `${at}/attempt_verification`, { strategy: 'email_code', code: '000000' });
    const done = await visitor.ask('POST', `${at}/attempt_verification`, { strategy: 'email_code', code: TEST_CODE });
    assert.equal(done.status, 'complete');
    const user = await world.backend('GET', `/users/${done.created_user_id}`);
    assert.deepEqual([user.first_name, user.unsafe_metadata], ['Ada', { a: 1 }]);
  });

  await step('by phone and with a username', async () => {
    const visitor = world.visitor();
    const phone = freshPhone();
    const made = await visitor.ask('POST', '/client/sign_ups', { email_address: freshEmail(), phone_number: phone, password: PASSWORD, username: `ada_${fresh()}` });
    const at = `/client/sign_ups/${made.id}`;
    for (const strategy of ['phone_code', 'email_code']) {
      await visitor.ask('POST', `${at}/prepare_verification`, { strategy });
      await visitor.ask('POST', `${at}/attempt_verification`, { strategy, code: TEST_CODE });
    }
    const { status, created_user_id } = await visitor.ask('GET', at);
    assert.equal(status, 'complete');
    assert.equal((await world.backend('GET', `/users/${created_user_id}`)).phone_numbers[0].phone_number, phone);
  });

  await step('what does not do', async () => {
    const visitor = world.visitor();
    const ada = await world.person();
    await visitor.refused('form_param_format_invalid', 'POST', '/client/sign_ups', { email_address: 'nope', password: PASSWORD });
    await visitor.refused('form_identifier_exists', 'POST', '/client/sign_ups', { email_address: ada.email, password: PASSWORD });
    await visitor.refused('form_password_length_too_short', 'POST', '/client/sign_ups', { email_address: freshEmail(), password: 'x' });
    await visitor.refused('resource_not_found', 'GET', '/client/sign_ups/sua_nobody');
    await ada.refused('resource_not_found', 'PATCH', '/client/sign_ups/sua_nobody', { first_name: 'x' });
  });

  await step('a backend invites, looks and changes', async () => {
    const email = freshEmail();
    const invitation = await world.backend('POST', '/invitations', { email_address: email, public_metadata: { team: 'a' }, expires_in_days: 3 });
    assert.deepEqual((await world.backend('GET', `/invitations?status=pending&query=${encodeURIComponent(email.slice(0, 16))}`)).map(({ id }) => id), [invitation.id]);
    await world.refused(400, 'duplicate_record', 'POST', '/invitations', { email_address: email });
    const target = await world.visitor().navigate('/v1/tickets/accept', { ticket: new URL(invitation.url).searchParams.get('ticket') }, 303);
    const visitor = world.visitor();
    const made = await visitor.ask('POST', '/client/sign_ups', { strategy: 'ticket', ticket: target.searchParams.get('__clerk_ticket'), password: PASSWORD });
    assert.equal(made.status, 'complete');
    assert.deepEqual((await world.backend('GET', `/users/${made.created_user_id}`)).public_metadata, { team: 'a' });

    const bulk = await world.backend('POST', '/invitations/bulk', [1, 2].map(() => ({ email_address: freshEmail(), notify: false })));
    assert.equal(bulk.length, 2);
    assert.equal((await world.backend('POST', `/invitations/${bulk[0].id}/revoke`)).revoked, true);
    await world.refused(400, 'invitation_already_revoked', 'POST', `/invitations/${bulk[0].id}/revoke`);
    await world.refused(404, 'resource_not_found', 'POST', '/invitations/inv_nobody/revoke');
    await visitor.refused('ticket_invalid_code', 'GET', '/tickets/accept', null, { ticket: 'nonsense' });
  });

  await step('a backend sees a sign-up under way', async () => {
    const made = await world.visitor().ask('POST', '/client/sign_ups', { email_address: freshEmail() });
    assert.equal((await world.backend('GET', `/sign_ups/${made.id}`)).status, 'missing_requirements');
    assert.equal((await world.backend('PATCH', `/sign_ups/${made.id}`, { external_id: `x${fresh()}`, custom_action: true })).custom_action, true);
    await world.refused(404, 'resource_not_found', 'GET', '/sign_ups/sua_nobody');
  });
}
