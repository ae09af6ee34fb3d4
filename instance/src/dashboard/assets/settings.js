// What the instance is set to: what may be changed while it runs, and what it was started with.
import * as api from './api.js';
import { at } from './api.js';
import { h } from './dom.js';
import { badge, button, card, confirm, empty, facts, form, formDialog, heading, problem, spinner, table, tabs, time, toast } from './ui.js';

const spoken = seconds => {
  for (const [length, word] of [[86400, 'day'], [3600, 'hour'], [60, 'minute']]) {
    if (seconds >= length && seconds % length === 0) return `${seconds / length} ${word}${seconds === length ? '' : 's'}`;
  }
  return `${seconds} seconds`;
};
const yes = value => value ? 'Yes' : 'No';

const FIXED = 'The settings file fixes this.';

/**
 * A card whose form sends what differs from `values` to `path`; what is among `fixed` cannot be changed. `member`: the name that all the
 * values have together there, and they are sent whole.
 */
function formCard(title, { text, path, member, values, fields, fixed = [] }) {
  const described = each => fixed.includes(member ?? each.name) ? { ...each, disabled: true, help: [FIXED, each.help].filter(Boolean).join(' ') } : each;
  return card(title, { text }, form(fields.map(each => ({ ...described(each), value: values[each.name], optional: false })), {
    foot: 'card-actions',
    submit: async entered => {
      const body = Object.fromEntries(Object.entries(entered).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(values[name])));
      if (!Object.keys(body).length) return toast('Nothing was changed.');
      await api.patch(path, member ? { [member]: { ...values, ...body } } : body);
      Object.assign(values, entered);
      toast('Settings saved.');
    },
  }));
}

const generalTab = settings => h('div', { class: 'stack' },
  formCard('General', { path: '/instance', values: settings.general, fields: [
    { name: 'support_email', label: 'Support email', type: 'email', help: 'Stands in mails and on the pages of the account portal.' },
    { name: 'allowed_origins', label: 'Allowed origins', type: 'list', help: 'One a line, such as https://app.example.com or myapp://: from where native apps and other origins may ask.' },
    { name: 'development_origin', label: 'Development origin', help: 'Where your app runs while you develop it.' }] }),
  formCard('Communication', { text: 'To which countries no text messages are sent.', path: '/instance/communication', values: settings.communication, fields: [
    { name: 'blocked_country_codes', label: 'Blocked countries', type: 'list', help: 'Two capital letters each, one a line.' }] }));

function identifierList(title, kind, text) {
  const path = `/${kind}_identifiers`;
  const body = h('div', {}, spinner());
  const reload = async () => {
    try {
      const answer = await api.get(path);
      const rows = answer.data ?? answer;
      body.replaceChildren(rows.length ? table({
        label: title, rows, columns: [{ title: 'Identifier', cell: each => h('strong', {}, each.identifier) }, { title: 'Added', wide: true, cell: each => time(each.created_at) }],
        actions: each => button('', { kind: 'ghost', small: true, icon: 'close', label: `Remove ${each.identifier}`, onclick: () => confirm('Remove it?', `${each.identifier} is taken from the list.`, { action: 'Remove', act: () => api.del(path + at`/${each.id}`) }).then(done => { if (done) { toast('Removed.'); reload(); } }) }),
      }) : empty('Nothing is on the list'));
    } catch (error) { body.replaceChildren(problem(error, reload)); }
  };
  reload();
  const add = () => formDialog(`Add to the ${title.toLowerCase()}`, [{ name: 'identifier', label: 'Email address, phone number or domain', placeholder: 'ada@example.com or *@example.com', required: true }],
    { action: 'Add', submit: async values => { await api.post(path, values); toast('Added.'); reload(); } });
  return card(title, { flush: true, text, actions: button('Add', { icon: 'plus', small: true, onclick: add, label: `Add to the ${title.toLowerCase()}` }) }, body);
}

const SIGN_IN = '/instance/sign_in_settings';

/** The providers that people sign in with; a provider that is sent without a secret keeps the one it has. */
function providersCard(signIn) {
  const isFixed = signIn.fixed.includes('social');
  const body = h('div', {});
  const change = async providers => {
    signIn.social = (await api.patch(SIGN_IN, { social: providers })).social;
    show();
  };
  const given = values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const edit = provider => formDialog(provider ? `Edit ${provider.name}` : 'Add a social connection', [
    { name: 'strategy', label: 'Strategy', value: provider?.strategy, placeholder: 'oauth_google', required: true, help: 'Begins with oauth_.' },
    { name: 'name', label: 'Name', value: provider?.name, required: true, help: 'What stands on the button.' },
    { name: 'issuer', label: 'Issuer', value: provider?.issuer, placeholder: 'https://accounts.google.com', required: true, help: 'Of OpenID Connect: its configuration is read from there.' },
    { name: 'client_id', label: 'Client id', value: provider?.client_id, required: true },
    { name: 'client_secret', label: 'Client secret', type: 'password', required: !provider, help: provider && 'Empty: the one it has stays.' },
    { name: 'scope', label: 'Scope', value: provider?.scope, placeholder: 'openid email profile' }],
  { action: provider ? 'Save' : 'Add', submit: async values => {
    const one = given({ ...values, logo_url: provider?.logo_url ?? '' });
    await change(provider ? signIn.social.map(each => each === provider ? one : each) : [...signIn.social, one]);
    toast(provider ? 'Settings saved.' : 'Added.');
  } });
  const remove = provider => confirm(`Remove ${provider.name}?`, 'Nobody signs in with it any more. Accounts that are connected stay connected.', { action: 'Remove', act: () => change(signIn.social.filter(each => each !== provider)) })
    .then(done => { if (done) toast('Removed.'); });
  const show = () => body.replaceChildren(signIn.social.length ? table({ label: 'Social connections', rows: signIn.social, columns: [
    { title: 'Provider', cell: each => h('span', { class: 'two-lines' }, h('strong', {}, each.name), h('span', { class: 'muted mono' }, each.strategy)) },
    { title: 'Issuer', wide: true, cell: each => each.issuer }, { title: 'Client id', wide: true, cell: each => h('code', {}, each.client_id) }],
  actions: isFixed ? undefined : each => [button('Edit', { kind: 'ghost', small: true, label: `Edit ${each.name}`, onclick: () => edit(each) }), button('', { kind: 'ghost', small: true, icon: 'close', label: `Remove ${each.name}`, onclick: () => remove(each) })] })
    : empty('None', 'People can sign in with any OpenID Connect provider.'));
  show();
  return card('Social connections', { flush: true, text: isFixed ? FIXED : null, actions: !isFixed && button('Add', { icon: 'plus', small: true, label: 'Add a social connection', onclick: () => edit() }) }, body);
}

/** What the settings file begins with and the secret key changes; `reload` shows the page anew. */
function signInTab(signIn, reload) {
  const part = (title, text, fields) => formCard(title, { text, path: SIGN_IN, values: signIn, fixed: signIn.fixed, fields });
  const whole = (title, member, text, fields) => formCard(title, { text, path: SIGN_IN, member, values: signIn[member], fixed: signIn.fixed, fields });
  const changeable = Object.keys(signIn).filter(name => !['object', 'fixed', ...signIn.fixed].includes(name));
  const giveBack = () => confirm('Back to the settings file?', 'All that was changed about signing in since the instance was set up is forgotten: what the settings file says counts.',
    { action: 'Forget the changes', act: () => api.patch(SIGN_IN, Object.fromEntries(changeable.map(name => [name, null]))) }).then(done => { if (done) { toast('The settings file counts.'); reload(); } });
  return h('div', { class: 'stack' },
    part('Signing up', null, [
      { name: 'sign_up_mode', label: 'Who may sign up', type: 'select', choices: [['public', 'Everybody'], ['restricted', 'Who was invited'], ['waitlist', 'Who was let in from the waitlist']] },
      { name: 'password', label: 'Password', type: 'select', choices: [['required', 'Required'], ['optional', 'Optional']], help: 'Optional: people may do without one.' },
      { name: 'hibp', label: 'Refuse passwords that are known from breaches', type: 'checkbox' },
      { name: 'delete_self', label: 'People may delete their own account', type: 'checkbox' }]),
    part('Signing in', null, [
      { name: 'email_verification', label: 'Email addresses are proven by', type: 'select', choices: [['code', 'A code'], ['link', 'A link']] },
      { name: 'links_need_same_client', label: 'Links work only in the browser that asked for them', type: 'checkbox' },
      { name: 'phone_number', label: 'Phone numbers', type: 'checkbox', help: 'People may have them, sign in with codes and use them as second step.' },
      { name: 'username', label: 'Usernames', type: 'checkbox' },
      { name: 'passkey', label: 'Passkeys', type: 'checkbox' },
      { name: 'multi_session', label: 'Several people may be signed in at one browser', type: 'checkbox' }]),
    part('Protection', null, [
      { name: 'enumeration_protection', label: 'Nobody is told who has an account', type: 'checkbox' },
      { name: 'reverification_age_seconds', label: 'Sensitive changes ask for a proof that is no older than', type: 'number', min: 0, help: 'Seconds. Empty: they do not ask.' },
      { name: 'second_factor_required', label: 'Everybody needs a second factor', type: 'checkbox', help: 'Who has none sets one up before a session counts.' },
      { name: 'test_mode', label: 'Test addresses and numbers take the code 424242', type: 'checkbox', help: 'Never where real people are.' }]),
    whole('Passwords', 'password_rules', 'What new passwords must be like.', [
      { name: 'min_length', label: 'Least characters', type: 'number', min: 4 },
      { name: 'max_length', label: 'Most characters', type: 'number', min: 4 },
      { name: 'require_lowercase', label: 'A small letter', type: 'checkbox' },
      { name: 'require_uppercase', label: 'A capital letter', type: 'checkbox' },
      { name: 'require_numbers', label: 'A digit', type: 'checkbox' },
      { name: 'require_special_char', label: 'A special character', type: 'checkbox' }]),
    whole('Lockout', 'lockout', 'Wrong passwords and codes lock an account.', [
      { name: 'max_attempts', label: 'After how many', type: 'number', min: 1 },
      { name: 'duration_minutes', label: 'For how many minutes', type: 'number', min: 0, help: '0: until somebody unlocks it.' }]),
    providersCard(signIn),
    card('Settings file', { text: 'What was changed here counts for as long as the instance has its database.', actions: button('Back to the settings file', { onclick: giveBack }) }));
}

const restrictionsTab = (settings, { fixed }) => h('div', { class: 'stack' },
  formCard('Restrictions', { path: '/instance/restrictions', values: settings.restrictions, fixed, fields: [
    { name: 'allowlist', label: 'Only the allowlist signs up', type: 'checkbox' },
    { name: 'blocklist', label: 'The blocklist does not sign up', type: 'checkbox' },
    { name: 'allowlist_blocklist_disabled_on_sign_in', label: 'Both lists count for sign-up alone', type: 'checkbox', help: 'Who has an account signs in, whatever the lists say.' },
    { name: 'block_email_subaddresses', label: 'Refuse subaddresses', type: 'checkbox', help: 'Email addresses with +, = or # before the @.' },
    { name: 'block_disposable_email_domains', label: 'Refuse disposable addresses', type: 'checkbox' }] }),
  identifierList('Allowlist', 'allowlist', 'Addresses, numbers and domains that may sign up.'),
  identifierList('Blocklist', 'blocklist', 'Addresses, numbers and domains that may not.'));

function organizationsTab() {
  const element = h('div', {}, spinner());
  api.get('/instance/organization_settings').then(values => element.replaceChildren(formCard('Organizations', { path: '/instance/organization_settings', values, fields: [
    { name: 'enabled', label: 'Users can be in organizations', type: 'checkbox' },
    { name: 'max_allowed_memberships', label: 'Most members of a new organization', type: 'number', help: '0 is no limit.' },
    { name: 'admin_delete_enabled', label: 'Admins of a new organization may delete it', type: 'checkbox' },
    { name: 'slug_disabled', label: 'Organizations have no slugs', type: 'checkbox' },
    { name: 'domains_enabled', label: 'Organizations have verified domains', type: 'checkbox' }] })), error => element.replaceChildren(problem(error)));
  return element;
}

const oauthTab = settings => formCard('OAuth applications', { text: 'What other programs may do that sign users in here.', path: '/instance/oauth_application_settings', values: settings.oauth_applications, fields: [
  { name: 'dynamic_oauth_client_registration', label: 'Anybody may register an application', type: 'checkbox', help: 'RFC 7591.' },
  { name: 'oauth_jwt_access_tokens', label: 'Access tokens are JWTs', type: 'checkbox' },
  { name: 'default_scopes', label: 'Default scopes', type: 'list', help: 'One a line.' }] });

function startedTab({ configuration: it }) {
  return h('div', { class: 'stack' },
    card('Started with', { text: 'The configuration of the instance. To change it, change the settings file and start the instance anew.' }, facts([
      ['Application', it.application_name], ['Environment', badge(it.environment, it.environment === 'production' ? 'good' : 'warn')], ['Account portal', it.portal_url], ['Frontend API host', it.frontend_api_host],
      ['Rate limits', yes(it.rate_limits)],
      ['Sessions last', spoken(it.lifetimes.session_seconds)], ['Session tokens last', spoken(it.lifetimes.session_token_seconds)], ['Codes last', spoken(it.lifetimes.code_seconds)],
      ['The audit log remembers', spoken(it.audit_log_retention_seconds)]])),
    card('Identifiers and factors', { flush: true, text: 'What follows from the settings in force.' }, table({ label: 'Identifiers and factors', rows: it.attributes, columns: [
      { title: 'What', cell: each => h('strong', {}, each.name.replaceAll('_', ' ')) },
      { title: 'State', cell: each => each.enabled ? [badge('on', 'good'), each.required && badge('required')] : badge('off') },
      { title: 'Signs in by', wide: true, cell: each => each.first_factors.map(name => badge(name.replaceAll('_', ' '))) },
      { title: 'Second step', wide: true, cell: each => each.second_factors.map(name => badge(name.replaceAll('_', ' '))) }] })));
}

export async function settingsPage({ query, go }) {
  const signIn = await api.get(SIGN_IN);
  const settings = await api.get('/settings');
  return { title: 'Settings', element: h('div', {}, heading('Settings'),
    tabs('Settings', [
      ['general', 'General', () => generalTab(settings)],
      ['sign-in', 'Sign-in', () => signInTab(signIn, () => go('settings?tab=sign-in'))],
      ['restrictions', 'Restrictions', () => restrictionsTab(settings, signIn)],
      ['organizations', 'Organizations', organizationsTab],
      ['oauth', 'OAuth applications', () => oauthTab(settings)],
      ['configuration', 'Configuration', () => startedTab(settings)],
    ], { first: query.get('tab') ?? 'general' })) };
}
