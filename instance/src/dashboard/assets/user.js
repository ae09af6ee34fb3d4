// One user: who it is, how it signs in, what it may, and the end of it.
import * as api from './api.js';
import { at } from './api.js';
import { auditList } from './audit_log.js';
import { h } from './dom.js';
import { avatar, badge, button, card, confirm, copyable, date, empty, facts, formDialog, heading, pagedList, problem, select, spinner, table, tabs, time, toast, status } from './ui.js';
import { nameOf, passwordFields, primaryAddress } from './people.js';
import { sessionTable } from './sessions.js';
import { metadataCard } from './metadata.js';

const changed = text => toast(text);

function identifierCard(user, kind, reload) {
  const email = kind === 'email';
  const list = email ? user.email_addresses : user.phone_numbers;
  const primaryId = email ? user.primary_email_address_id : user.primary_phone_number_id;
  const path = email ? '/email_addresses' : '/phone_numbers';
  const valueOf = each => email ? each.email_address : each.phone_number;
  const word = email ? 'email address' : 'phone number';
  const change = async (action, text) => {
    try { await action(); changed(text); reload(); } catch (error) { toast(error.message, 'bad'); }
  };
  const add = () => formDialog(`Add ${word}`, [
    { name: email ? 'email_address' : 'phone_number', label: email ? 'Email address' : 'Phone number', type: email ? 'email' : 'tel', required: true, placeholder: email ? 'ada@example.com' : '+1 …' },
    { name: 'verified', label: 'It is verified', type: 'checkbox', value: true, help: 'Otherwise the user has to prove it.' },
    { name: 'primary', label: 'Make it the primary one', type: 'checkbox' }],
  { action: 'Add', submit: async values => { await api.post(path, { user_id: user.id, ...values }); changed('Added.'); reload(); } });
  return card(email ? 'Email addresses' : 'Phone numbers', { flush: true, actions: button('Add', { icon: 'plus', small: true, onclick: add, label: `Add ${word}` }) },
    list.length ? table({
      label: email ? 'Email addresses' : 'Phone numbers', rows: list,
      columns: [{ title: email ? 'Address' : 'Number', cell: each => h('span', { class: 'inline' }, valueOf(each), each.id === primaryId && badge('primary'), status(each.verification?.status === 'verified' ? 'verified' : 'unverified')) }],
      actions: each => [
        each.verification?.status !== 'verified' && button('Verify', { small: true, onclick: () => change(() => api.patch(path + at`/${each.id}`, { verified: true }), 'Verified.') }),
        each.id !== primaryId && button('Make primary', { small: true, onclick: () => change(() => api.patch(path + at`/${each.id}`, { primary: true }), 'Primary changed.') }),
        button('', { kind: 'ghost', small: true, icon: 'close', label: `Remove ${valueOf(each)}`, onclick: () => confirm(`Remove ${word}?`, `${valueOf(each)} will no longer lead to this user.`, { action: 'Remove', act: () => api.del(path + at`/${each.id}`) }).then(done => done && (changed('Removed.'), reload())) }),
      ],
    }) : empty(`No ${word}`, null));
}

function profileTab(user, reload) {
  const edit = () => formDialog('Edit profile', [
    { name: 'first_name', label: 'First name', value: user.first_name },
    { name: 'last_name', label: 'Last name', value: user.last_name },
    { name: 'username', label: 'Username', value: user.username },
    { name: 'external_id', label: 'External id', value: user.external_id, help: 'Your own id of this user; nobody else has it.' }],
  { submit: async values => {
    const body = {};
    for (const [name, value] of Object.entries(values)) if (value !== (user[name] ?? '')) body[name] = value || null;
    await api.patch(at`/users/${user.id}`, body);
    changed('Profile saved.');
    reload();
  } });
  const setPassword = () => formDialog(user.password_enabled ? 'Change password' : 'Set password', [...passwordFields,
    { name: 'sign_out_of_other_sessions', label: 'Sign the user out everywhere', type: 'checkbox', value: true }],
  { action: 'Set password', submit: async values => { await api.patch(at`/users/${user.id}`, values); changed('Password set.'); reload(); } });
  const removeFactors = () => confirm('Remove the second step?', 'The authenticator app and the backup codes of this user are forgotten: a password or code alone signs in again.',
    { action: 'Remove', act: () => api.del(at`/users/${user.id}/mfa`) }).then(done => done && (changed('Second step removed.'), reload()));
  const factors = [user.totp_enabled && 'authenticator app', user.backup_code_enabled && 'backup codes', user.phone_numbers.some(each => each.reserved_for_second_factor) && 'text message'].filter(Boolean);
  return h('div', { class: 'stack' },
    card('Profile', { actions: button('Edit', { small: true, onclick: edit, label: 'Edit profile' }) }, facts([
      ['First name', user.first_name], ['Last name', user.last_name], ['Username', user.username],
      ['External id', user.external_id && copyable(user.external_id)], ['User id', copyable(user.id)],
      ['Joined', date(user.created_at)], ['Last signed in', time(user.last_sign_in_at)], ['Last active', time(user.last_active_at)]])),
    identifierCard(user, 'email', reload), identifierCard(user, 'phone', reload),
    card('Signing in', {}, h('div', { class: 'settings-rows' },
      h('div', { class: 'setting' }, h('div', {}, h('strong', {}, 'Password'), h('p', { class: 'muted' }, user.password_enabled ? ['Set', user.password_last_updated_at && [' ', time(user.password_last_updated_at)]] : 'None: the user signs in another way.')),
        button(user.password_enabled ? 'Change password' : 'Set password', { small: true, onclick: setPassword })),
      h('div', { class: 'setting' }, h('div', {}, h('strong', {}, 'Second step'), h('p', { class: 'muted' }, user.two_factor_enabled ? `On: ${factors.join(', ') || 'yes'}.` : 'Off.')),
        user.two_factor_enabled && button('Remove', { small: true, onclick: removeFactors, label: 'Remove second step' })),
      h('div', { class: 'setting' }, h('div', {}, h('strong', {}, 'Passkeys'), h('p', { class: 'muted' }, user.passkeys.length ? user.passkeys.map(each => each.name).join(', ') : 'None.'))),
      h('div', { class: 'setting' }, h('div', {}, h('strong', {}, 'Social connections'), h('p', { class: 'muted' }, user.external_accounts.length ? user.external_accounts.map(each => `${each.provider} (${each.email_address || each.username || each.provider_user_id})`).join(', ') : 'None.'))))));
}

function organizationsTab(user, link) {
  const body = h('div', {}, spinner());
  api.get(at`/users/${user.id}/organization_memberships`, { query: { limit: 100 } }).then(({ data }) => body.replaceChildren(data.length
    ? table({ label: 'Organizations', rows: data, href: each => link(`organizations/${each.organization.id}`), columns: [
      { title: 'Organization', cell: each => h('span', { class: 'who' }, avatar(each.organization.name, { square: true }), h('strong', {}, each.organization.name)) },
      { title: 'Role', cell: each => badge(each.role_name || each.role) }, { title: 'Since', wide: true, cell: each => time(each.created_at) }] })
    : empty('In no organization', 'Members are added on the page of an organization.')), error => body.replaceChildren(problem(error)));
  return card('Organizations', { flush: true }, body);
}

function sessionsTab(user, link) {
  const filter = { status: '' };
  const list = pagedList({
    load: (cursor, signal) => api.get('/lists/sessions', { query: { user_id: user.id, status: filter.status, starting_after: cursor }, signal }),
    nothing: () => empty('No sessions', 'A session begins when the user signs in.'),
    show: rows => sessionTable(rows, { link, changed: () => list.reload(), withUser: false }),
  });
  return card('Sessions', { flush: true, actions: select('Status', [['', 'All'], ['active', 'Active'], ['revoked', 'Revoked'], ['ended', 'Ended']], { onchange: value => { filter.status = value; list.restart(); } }) }, list.element);
}

function dangerTab(user, reload, go) {
  const name = nameOf(user);
  const row = (title, text, action) => h('div', { class: 'setting' }, h('div', {}, h('strong', {}, title), h('p', { class: 'muted' }, text)), action);
  const ask = (title, text, action, path, done, danger = true) => button(action, { kind: danger ? 'danger-quiet' : '', small: true, onclick: () =>
    confirm(title, text, { action, danger, act: () => api.post(at`/users/${user.id}` + path) }).then(yes => yes && (changed(done), reload())) });
  const remove = () => confirm('Delete this user?', `${name} and all that belongs to this user – addresses, sessions, memberships – are gone for good.`, {
    action: 'Delete user', typed: primaryAddress(user) || user.id, act: () => api.del(at`/users/${user.id}`) }).then(yes => { if (yes) { changed('User deleted.'); go('users'); } });
  return card('Danger zone', { id: 'danger' }, h('div', { class: 'settings-rows' },
    user.banned ? row('Unban', 'The user may sign in again.', ask('Unban this user?', `${name} may sign in again.`, 'Unban', '/unban', 'Unbanned.', false))
      : row('Ban', 'All sessions end at once, and the user cannot sign in.', ask('Ban this user?', `${name} is signed out everywhere at once and cannot sign in.`, 'Ban', '/ban', 'Banned.')),
    user.locked ? row('Unlock', 'The user may try to sign in again.', ask('Unlock this user?', `${name} may try to sign in again.`, 'Unlock', '/unlock', 'Unlocked.', false))
      : row('Lock', 'The user cannot sign in until the lock ends; sessions go on.', ask('Lock this user?', `${name} cannot sign in until the lock ends. Sessions that there are go on.`, 'Lock', '/lock', 'Locked.')),
    row('Delete', 'The user and all that belongs to it are gone for good.', button('Delete user', { kind: 'danger-quiet', small: true, onclick: remove }))));
}

export async function userPage({ id, query, link, go }) {
  const element = h('div', {});
  let tab = query.get('tab') ?? 'profile';
  const draw = user => {
    const reload = async () => {
      try { draw(await api.get(at`/users/${id}`)); } catch (error) { toast(error.message, 'bad'); }
    };
    element.replaceChildren(
      heading(nameOf(user), {
        back: { href: link('users'), text: 'Users' },
        before: avatar(nameOf(user), { imageUrl: user.image_url, hasImage: user.has_image }),
        text: h('span', { class: 'inline' }, primaryAddress(user), user.banned && badge('banned', 'bad'), user.locked && badge('locked', 'bad')),
      }),
      tabs('User', [
        ['profile', 'Profile', () => profileTab(user, reload)],
        ['sessions', 'Sessions', () => sessionsTab(user, link)],
        ['organizations', 'Organizations', () => organizationsTab(user, link)],
        ['metadata', 'Metadata', () => metadataCard(user, { kinds: ['public', 'private', 'unsafe'], path: at`/users/${id}/metadata`, saved: reload })],
        ['activity', 'Audit log', () => card('Changes of this user', { flush: true, text: 'By operators and applications.' }, auditList({ link, object: id }).element)],
        ['danger', 'Danger zone', () => dangerTab(user, reload, go)],
      ], { first: tab, onchange: name => { tab = name; } }));
  };
  const user = await api.get(at`/users/${id}`);
  draw(user);
  return { title: nameOf(user), element };
}
