// One organization: who is in it, who is asked in, its domains, and the end of it.
import * as api from './api.js';
import { at } from './api.js';
import { auditList } from './audit_log.js';
import { h } from './dom.js';
import { avatar, badge, button, card, confirm, copyable, date, empty, facts, formDialog, heading, pagedList, searchField, select, status, table, tabs, time, toast } from './ui.js';
import { metadataCard } from './metadata.js';
import { publicNameOf } from './people.js';

const PAGE = 25;

/** A list of the Backend API, which counts its pages. */
const counted = (path, query) => async (cursor, signal) => {
  const offset = cursor ?? 0;
  const { data, total_count: total } = await api.get(path, { query: { ...query(), limit: PAGE, offset }, signal });
  return { data, next: offset + data.length < total && data.length ? offset + PAGE : null };
};

function membersTab(organization, roles, link) {
  const filter = { query: '' };
  const path = at`/organizations/${organization.id}/memberships`;
  const choices = roles.map(role => [role.key, role.name]);
  const list = pagedList({
    load: counted(path, () => ({ query: filter.query, order_by: '-created_at' })),
    nothing: () => filter.query ? empty('Nobody matches') : empty('No members', 'Add users, or invite people by their address.'),
    show: rows => table({
      label: 'Members', rows, href: each => link(`users/${each.public_user_data.user_id}`),
      columns: [
        { title: 'Member', cell: each => h('span', { class: 'who' }, avatar(publicNameOf(each.public_user_data)), h('span', {}, h('strong', {}, publicNameOf(each.public_user_data)), h('span', { class: 'muted' }, each.public_user_data.identifier))) },
        { title: 'Since', wide: true, cell: each => time(each.created_at) },
        { title: 'Role', cell: each => badge(each.role_name || each.role) },
      ],
      actions: each => [button('Change role', { small: true, onclick: () => changeRole(each) }),
        button('', { kind: 'ghost', small: true, icon: 'close', label: `Remove ${publicNameOf(each.public_user_data)}`, onclick: () => remove(each) })],
    }),
  });
  const changeRole = each => formDialog('Change role', [{ name: 'role', label: 'Role', type: 'select', choices, value: each.role, required: true }], {
    submit: async values => { await api.patch(path + at`/${each.public_user_data.user_id}`, values); toast('Role changed.'); list.reload(); } });
  const remove = each => confirm('Remove this member?', `${publicNameOf(each.public_user_data)} leaves the organization at once.`, { action: 'Remove', act: () => api.del(path + at`/${each.public_user_data.user_id}`) })
    .then(done => { if (done) { toast('Member removed.'); list.reload(); } });
  const add = () => formDialog('Add member', [
    { name: 'user_id', label: 'User id', placeholder: 'user_…', required: true },
    { name: 'role', label: 'Role', type: 'select', choices, value: 'org:member', required: true }],
  { action: 'Add', submit: async values => { await api.post(path, values); toast('Member added.'); list.restart(); } });
  return card('Members', { flush: true, actions: [searchField('Search members', text => { filter.query = text; list.restart(); }), button('Add member', { icon: 'plus', small: true, onclick: add })] }, list.element);
}

function invitationsTab(organization, roles) {
  const filter = { status: 'pending' };
  const path = at`/organizations/${organization.id}/invitations`;
  const list = pagedList({
    load: counted(path, () => ({ status: filter.status, order_by: '-created_at' })),
    nothing: () => empty('No invitations', 'Whoever is invited gets a mail with a link.'),
    show: rows => table({
      label: 'Invitations', rows,
      columns: [{ title: 'Address', cell: each => h('strong', {}, each.email_address) }, { title: 'Role', cell: each => badge(each.role_name || each.role) },
        { title: 'Status', cell: each => status(each.status) }, { title: 'Sent', wide: true, cell: each => time(each.created_at) }, { title: 'Ends', wide: true, cell: each => time(each.expires_at) }],
      actions: each => each.status === 'pending' && button('Revoke', { small: true, onclick: () => revoke(each) }),
    }),
  });
  const revoke = each => confirm('Revoke this invitation?', `The link in the mail to ${each.email_address} no longer works.`, { action: 'Revoke', act: () => api.post(path + at`/${each.id}/revoke`) })
    .then(done => { if (done) { toast('Invitation revoked.'); list.reload(); } });
  const invite = () => formDialog('Invite', [
    { name: 'email_address', label: 'Email address', type: 'email', required: true },
    { name: 'role', label: 'Role', type: 'select', choices: roles.map(role => [role.key, role.name]), value: 'org:member', required: true }],
  { action: 'Send invitation', submit: async values => { await api.post(path, values); toast('Invitation sent.'); list.restart(); } });
  return card('Invitations', { flush: true, actions: [select('Status', [['pending', 'Pending'], ['accepted', 'Accepted'], ['revoked', 'Revoked'], ['', 'All']], { value: filter.status, onchange: value => { filter.status = value; list.restart(); } }), button('Invite', { icon: 'plus', small: true, onclick: invite })] }, list.element);
}

const MODES = [['manual_invitation', 'Invited one by one'], ['automatic_invitation', 'Invited by themselves'], ['automatic_suggestion', 'Suggested to them']];

function domainsTab(organization) {
  const path = at`/organizations/${organization.id}/domains`;
  const list = pagedList({
    load: counted(path, () => ({})),
    nothing: () => empty('No domains', 'People with an address at a verified domain find this organization.'),
    show: rows => table({
      label: 'Domains', rows,
      columns: [{ title: 'Domain', cell: each => h('strong', {}, each.name) }, { title: 'Status', cell: each => status(each.verification?.status === 'verified' ? 'verified' : 'unverified') },
        { title: 'Its people are', wide: true, cell: each => MODES.find(([mode]) => mode === each.enrollment_mode)?.[1] ?? each.enrollment_mode }],
      actions: each => [button('Edit', { small: true, onclick: () => edit(each), label: `Edit ${each.name}` }), button('', { kind: 'ghost', small: true, icon: 'close', label: `Remove ${each.name}`, onclick: () => remove(each) })],
    }),
  });
  const modeField = value => ({ name: 'enrollment_mode', label: 'People of this domain are', type: 'select', choices: MODES, value, required: true });
  const verifiedField = value => ({ name: 'verified', label: 'It is verified', type: 'checkbox', value });
  const add = () => formDialog('Add domain', [{ name: 'name', label: 'Domain', placeholder: 'example.com', required: true }, modeField(MODES[0][0]), verifiedField(true)],
    { action: 'Add', submit: async values => { await api.post(path, values); toast('Domain added.'); list.restart(); } });
  const edit = each => formDialog(each.name, [modeField(each.enrollment_mode), verifiedField(each.verification?.status === 'verified')],
    { submit: async values => { await api.patch(path + at`/${each.id}`, values); toast('Domain saved.'); list.reload(); } });
  const remove = each => confirm('Remove this domain?', `People with an address at ${each.name} no longer find this organization.`, { action: 'Remove', act: () => api.del(path + at`/${each.id}`) })
    .then(done => { if (done) { toast('Domain removed.'); list.reload(); } });
  return card('Domains', { flush: true, actions: button('Add domain', { icon: 'plus', small: true, onclick: add }) }, list.element);
}

const rolesTab = roles => card('Roles', { flush: true, text: 'What members may do; the same in all organizations.' }, table({
  label: 'Roles', rows: roles,
  columns: [{ title: 'Role', cell: role => h('span', { class: 'two-lines' }, h('strong', {}, role.name), h('span', { class: 'muted mono' }, role.key)) },
    { title: 'Permissions', cell: role => h('span', { class: 'objects' }, role.permissions.length ? role.permissions.map(each => badge(each.key)) : h('span', { class: 'muted' }, 'None')) }],
}));

function profileTab(organization, reload) {
  const edit = () => formDialog('Edit organization', [
    { name: 'name', label: 'Name', value: organization.name, required: true },
    { name: 'slug', label: 'Slug', value: organization.slug },
    { name: 'max_allowed_memberships', label: 'Most members', type: 'number', value: organization.max_allowed_memberships, help: '0 is no limit.' },
    { name: 'admin_delete_enabled', label: 'Its admins may delete it', type: 'checkbox', value: organization.admin_delete_enabled }],
  { submit: async values => {
    const body = Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== '' && value !== null && value !== organization[name]));
    await api.patch(at`/organizations/${organization.id}`, body);
    toast('Organization saved.');
    reload();
  } });
  return card('Organization', { actions: button('Edit', { small: true, onclick: edit, label: 'Edit organization' }) }, facts([
    ['Name', organization.name], ['Slug', organization.slug], ['Organization id', copyable(organization.id)],
    ['Most members', organization.max_allowed_memberships || 'No limit'], ['Admins may delete it', organization.admin_delete_enabled ? 'Yes' : 'No'], ['Created', date(organization.created_at)]]));
}

function dangerTab(organization, go) {
  const remove = () => confirm('Delete this organization?', 'Its memberships, invitations and domains are gone for good. The users stay.', {
    action: 'Delete organization', typed: organization.slug || organization.id, act: () => api.del(at`/organizations/${organization.id}`) })
    .then(done => { if (done) { toast('Organization deleted.'); go('organizations'); } });
  return card('Danger zone', {}, h('div', { class: 'settings-rows' }, h('div', { class: 'setting' }, h('div', {}, h('strong', {}, 'Delete'), h('p', { class: 'muted' }, 'The organization and all that belongs to it are gone for good.')),
    button('Delete organization', { kind: 'danger-quiet', small: true, onclick: remove }))));
}

export async function organizationPage({ id, query, link, go }) {
  const element = h('div', {});
  let tab = query.get('tab') ?? 'members';
  const [first, { data: roles }] = await Promise.all([api.get(at`/organizations/${id}`), api.get('/organization_roles', { query: { limit: 100 } })]);
  const draw = organization => {
    const reload = async () => {
      try { draw(await api.get(at`/organizations/${id}`)); } catch (error) { toast(error.message, 'bad'); }
    };
    element.replaceChildren(
      heading(organization.name, { back: { href: link('organizations'), text: 'Organizations' }, before: avatar(organization.name, { square: true, imageUrl: organization.image_url, hasImage: organization.has_image }), text: organization.slug }),
      tabs('Organization', [
        ['members', 'Members', () => membersTab(organization, roles, link)],
        ['invitations', 'Invitations', () => invitationsTab(organization, roles)],
        ['domains', 'Domains', () => domainsTab(organization)],
        ['roles', 'Roles', () => rolesTab(roles)],
        ['profile', 'Profile', () => profileTab(organization, reload)],
        ['metadata', 'Metadata', () => metadataCard(organization, { kinds: ['public', 'private'], path: at`/organizations/${id}/metadata`, saved: reload })],
        ['activity', 'Audit log', () => card('Changes of this organization', { flush: true, text: 'By operators and applications.' }, auditList({ link, object: id }).element)],
        ['danger', 'Danger zone', () => dangerTab(organization, go)],
      ], { first: tab, onchange: name => { tab = name; } }));
  };
  draw(first);
  return { title: first.name, element };
}
