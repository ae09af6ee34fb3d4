// What other settings show: development keys and their browsers, links in mails, a waitlist.
import assert from 'node:assert/strict';
import { PASSWORD, World, freshEmail } from '../world.mjs';

const linkIn = ({ body }) => new URL(/https?:\/\/\S+/.exec(body)[0]);

export default async function ({ step, coverage }) {
  const links = await World.start(coverage, { settings: { email_verification: 'link' }, args: ['--key-mode', 'test'] });
  const developer = async () => {
    const visitor = links.visitor();
    const { id } = await visitor.plain('POST', '/v1/dev_browser');
    visitor.jar.set('__clerk_db_jwt', id);
    return visitor;
  };

  await step('a browser of a developer is made', async () => {
    const visitor = await developer();
    assert.equal((await visitor.call('PUT', '/client')).response.object, 'client');
    visitor.jar.set('__clerk_db_jwt', 'dvb_nobody');
    await visitor.refused('dev_browser_unauthenticated', 'PUT', '/client');
  });

  await step('a page learns its browser, and takes a cookie', async () => {
    const visitor = await developer();
    const page = await visitor.send('GET', '/v1/dev_browser/init', { query: { origin: links.instance.origin } });
    assert.equal(page.status, 200, page.text);
    const cookie = await visitor.send('POST', '/v1/dev_browser/set_first_party_cookie');
    assert.equal(cookie.status, 200, cookie.text);
  }, 'frontend GET /v1/dev_browser/init', 'frontend POST /v1/dev_browser/set_first_party_cookie');

  await step('signing up and in by a link', async () => {
    const visitor = await developer();
    const email = freshEmail(false);
    const made = await visitor.ask('POST', '/client/sign_ups', { email_address: email, password: PASSWORD });
    const redirect_url = `${links.instance.origin}/verified`;
    await visitor.ask('POST', `/client/sign_ups/${made.id}/prepare_verification`, { strategy: 'email_link', redirect_url });
    const link = linkIn(await links.messageTo(email));
    const followed = await visitor.navigate('/v1/verify', Object.fromEntries(link.searchParams), 303);
    assert.deepEqual([followed.pathname, followed.searchParams.get('__clerk_status')], ['/verified', 'verified']);
    assert.equal((await visitor.ask('GET', `/client/sign_ups/${made.id}`)).status, 'complete');
    await visitor.refused('verification_link_token_invalid', 'GET', '/verify', null, Object.fromEntries(link.searchParams));
    await visitor.refused('missing_query_parameter', 'GET', '/verify');

    const returning = await developer();
    const attempt = await returning.ask('POST', '/client/sign_ins', { identifier: email });
    const { email_address_id } = attempt.supported_first_factors.find(({ strategy }) => strategy === 'email_link');
    await returning.ask('POST', `/client/sign_ins/${attempt.id}/prepare_first_factor`, { strategy: 'email_link', email_address_id, redirect_url });
    await returning.navigate('/v1/verify', Object.fromEntries(linkIn(await links.messageTo(email)).searchParams), 303);
    assert.equal((await returning.ask('GET', `/client/sign_ins/${attempt.id}`)).status, 'complete');
  });
  await links.stop();

  const closed = await World.start(coverage, { settings: { sign_up_mode: 'waitlist' } });
  await step('people wait until they are let in', async () => {
    const email = freshEmail(false);
    const visitor = closed.visitor();
    await visitor.refused('sign_up_restricted_waitlist', 'POST', '/client/sign_ups', { email_address: email, password: PASSWORD });
    const entry = await visitor.plain('POST', '/v1/waitlist', { form: { email_address: email } });
    await visitor.refused('form_param_format_invalid', 'POST', '/waitlist', { email_address: 'nope' });
    assert.equal((await closed.backend('POST', `/waitlist_entries/${entry.id}/invite`)).status, 'invited');
    const ticket = linkIn(await closed.messageTo(email)).searchParams.get('ticket');
    assert.equal((await visitor.ask('POST', '/client/sign_ups', { strategy: 'ticket', ticket, password: PASSWORD })).status, 'complete');
  });
  await closed.stop();
}
