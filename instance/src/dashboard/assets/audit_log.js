// Who changed what, and when. What stands here is never changed.
import * as api from './api.js';
import { h } from './dom.js';
import { badge, empty, heading, pagedList, searchField, select, table, time } from './ui.js';

const SOURCES = { backend_api: ['Backend API', ''], dashboard: ['Dashboard', 'good'], command: ['Command', 'warn'] };

const WORDS = {
  'POST /users': 'Created a user', 'PATCH /users/:user_id': 'Changed a user', 'DELETE /users/:user_id': 'Deleted a user',
  'PUT /users/:user_id/metadata': 'Replaced metadata of a user', 'PATCH /users/:user_id/metadata': 'Changed metadata of a user',
  'POST /users/:user_id/ban': 'Banned a user', 'POST /users/:user_id/unban': 'Unbanned a user',
  'POST /users/ban': 'Banned users', 'POST /users/unban': 'Unbanned users',
  'POST /users/:user_id/lock': 'Locked a user', 'POST /users/:user_id/unlock': 'Unlocked a user',
  'DELETE /users/:user_id/mfa': 'Removed a second step', 'POST /email_addresses': 'Added an email address',
  'PATCH /email_addresses/:email_address_id': 'Changed an email address', 'DELETE /email_addresses/:email_address_id': 'Removed an email address',
  'POST /phone_numbers': 'Added a phone number', 'PATCH /phone_numbers/:phone_number_id': 'Changed a phone number', 'DELETE /phone_numbers/:phone_number_id': 'Removed a phone number',
  'POST /sessions': 'Began a session', 'POST /sessions/:session_id/revoke': 'Revoked a session',
  'POST /organizations': 'Created an organization', 'PATCH /organizations/:organization_id': 'Changed an organization', 'DELETE /organizations/:organization_id': 'Deleted an organization',
  'PUT /organizations/:organization_id/metadata': 'Replaced metadata of an organization', 'PATCH /organizations/:organization_id/metadata': 'Changed metadata of an organization',
  'POST /organizations/:organization_id/memberships': 'Added a member', 'PATCH /organizations/:organization_id/memberships/:user_id': 'Changed a role', 'DELETE /organizations/:organization_id/memberships/:user_id': 'Removed a member',
  'POST /organizations/:organization_id/invitations': 'Invited somebody', 'POST /organizations/:organization_id/invitations/:invitation_id/revoke': 'Revoked an invitation',
  'POST /organizations/:organization_id/domains': 'Added a domain', 'PATCH /organizations/:organization_id/domains/:domain_id': 'Changed a domain', 'DELETE /organizations/:organization_id/domains/:domain_id': 'Removed a domain',
  'POST /invitations': 'Invited somebody', 'POST /invitations/bulk': 'Invited people', 'POST /invitations/:invitation_id/revoke': 'Revoked an invitation',
  'POST /sign_in_tokens': 'Made a sign-in token', 'POST /actor_tokens': 'Made a token for acting as a user', 'POST /testing_tokens': 'Made a testing token',
  'POST /jwt_templates': 'Created a JWT template', 'PATCH /jwt_templates/:template_id': 'Changed a JWT template', 'DELETE /jwt_templates/:template_id': 'Deleted a JWT template',
  'POST /oauth_applications': 'Created an OAuth application', 'PATCH /oauth_applications/:oauth_application_id': 'Changed an OAuth application', 'DELETE /oauth_applications/:oauth_application_id': 'Deleted an OAuth application',
  'POST /machines': 'Created a machine', 'DELETE /machines/:machine_id': 'Deleted a machine',
  'PATCH /instance': 'Changed settings', 'PATCH /instance/sign_in_settings': 'Changed settings of signing in', 'PATCH /instance/restrictions': 'Changed restrictions', 'PATCH /instance/communication': 'Changed communication',
  'PATCH /instance/organization_settings': 'Changed settings of organizations', 'PATCH /instance/oauth_application_settings': 'Changed settings of OAuth applications',
  'POST /allowlist_identifiers': 'Extended the allowlist', 'DELETE /allowlist_identifiers/:identifier_id': 'Shortened the allowlist',
  'POST /blocklist_identifiers': 'Extended the blocklist', 'DELETE /blocklist_identifiers/:identifier_id': 'Shortened the blocklist',
  'POST /api_keys/:api_key_id/revoke': 'Revoked an API key', 'POST /messages/:message_id/retry': 'Tried a message again', 'POST /webhook_deliveries/:delivery_id/retry': 'Sent a webhook again',
  'POST /dashboard/sign_in': 'Signed in to the dashboard', 'POST /dashboard/sign_out': 'Signed out of the dashboard',
};

const PAGES = [['user_', 'users'], ['org_', 'organizations']];
function object(id, link) {
  const page = PAGES.find(([prefix]) => id.startsWith(prefix));
  return page ? h('a', { href: link(`${page[1]}/${id}`), class: 'mono' }, id) : h('code', {}, id);
}

export function auditTable(entries, { link, brief }) {
  const words = entry => h('span', { class: 'two-lines' }, h('strong', {}, WORDS[entry.operation] ?? entry.operation), (brief || WORDS[entry.operation]) && h('span', { class: 'muted mono' }, brief ? (SOURCES[entry.source] ?? [entry.source])[0] : entry.operation));
  const columns = [
    { title: 'What', class: brief ? '' : 'what', cell: words },
    !brief && { title: 'By', cell: entry => h('span', { class: 'two-lines' }, badge(...(SOURCES[entry.source] ?? [entry.source, ''])), h('span', { class: 'muted mono actor', title: entry.actor }, entry.actor)) },
    !brief && { title: 'Of', wide: true, cell: entry => h('span', { class: 'objects' }, entry.objects.slice(0, 3).map(id => object(id, link)), entry.objects.length > 3 && h('span', { class: 'muted' }, `and ${entry.objects.length - 3} more`)) },
    !brief && { title: 'From', wide: true, cell: entry => h('span', { class: 'two-lines' }, h('span', {}, entry.ip_address || '—'), entry.request_id && h('span', { class: 'muted mono' }, entry.request_id)) },
    { title: 'When', cell: entry => time(entry.created_at) },
  ].filter(Boolean);
  return table({ label: 'Audit log', rows: entries, columns });
}

/** The entries of one object, or of all. */
export function auditList({ link, object = '' }) {
  const filter = { source: '', object };
  const list = pagedList({
    load: (cursor, signal) => api.get('/lists/audit_log', { query: { source: filter.source, object_id: filter.object, starting_after: cursor }, signal }),
    nothing: () => empty('Nothing here', 'What operators and applications change is recorded here.'),
    show: entries => auditTable(entries, { link }),
  });
  return { ...list, filter };
}

export function auditPage({ query, link }) {
  const list = auditList({ link, object: query.get('object') ?? '' });
  return { title: 'Audit log', element: h('div', {}, heading('Audit log', { text: 'What operators and the Backend API changed. Entries are never changed, and go when they are old.' }),
    h('div', { class: 'filters' },
      searchField('Object id', text => { list.filter.object = text; list.restart(); }, { placeholder: 'Whole id: user_…, org_…, sess_…', value: list.filter.object }),
      select('By', [['', 'Everybody'], ['dashboard', 'Dashboard'], ['backend_api', 'Backend API'], ['command', 'Commands']], { onchange: value => { list.filter.source = value; list.restart(); } })),
    list.element) };
}

