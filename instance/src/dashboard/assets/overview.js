// The first page: what there is, what waits, what happened last.
import * as api from './api.js';
import { auditTable } from './audit_log.js';
import { h, icon } from './dom.js';
import { avatar, card, copyable, empty, facts, heading, table, time } from './ui.js';
import { nameOf, primaryAddress } from './people.js';

const number = new Intl.NumberFormat('en');

function figure(title, value, { href, most, tone, hint }) {
  const text = most && value >= most ? `${number.format(most)}+` : number.format(value);
  return h('a', { class: `figure ${tone ?? ''}`, href }, h('span', { class: 'figure-title' }, title), h('strong', {}, text), hint && h('span', { class: 'muted' }, hint));
}

export async function overviewPage({ link }) {
  const [overview, users, audit] = await Promise.all([
    api.get('/overview'), api.get('/users', { query: { limit: 5, order_by: '-created_at' } }), api.get('/lists/audit_log', { query: { limit: 6 } })]);
  const most = overview.most_counted;
  const failed = overview.messages_failed + overview.deliveries_failed;
  const newest = users.length
    ? table({ label: 'Newest users', rows: users, href: user => link(`users/${user.id}`), columns: [
      { title: 'User', cell: user => h('span', { class: 'who' }, avatar(nameOf(user), { imageUrl: user.image_url, hasImage: user.has_image }), h('span', {}, h('strong', {}, nameOf(user)), h('span', { class: 'muted' }, primaryAddress(user) || user.id))) },
      { title: 'Joined', cell: user => time(user.created_at) }] })
    : empty('Nobody yet', 'Users appear here when they sign up.');
  return { title: 'Overview', element: h('div', {}, heading('Overview'),
    h('div', { class: 'figures' },
      figure('Users', overview.users, { href: link('users'), hint: overview.banned_users ? `${number.format(overview.banned_users)} banned` : null }),
      figure('Organizations', overview.organizations, { href: link('organizations'), most }),
      figure('Waiting to be sent', overview.messages_queued + overview.deliveries_waiting, { href: link('outbox'), most }),
      figure('Failed', failed, { href: link('outbox'), most, tone: failed ? 'bad' : '' })),
    h('div', { class: 'columns' },
      card('Newest users', { flush: true, actions: h('a', { class: 'button small', href: link('users') }, 'All users', icon('next')) }, newest),
      card('Latest changes', { flush: true, actions: h('a', { class: 'button small', href: link('audit-log') }, 'Audit log', icon('next')) },
        audit.data.length ? auditTable(audit.data, { link, brief: true }) : empty('Nothing was changed yet', 'What operators and applications change is recorded here.'))),
    card('Instance', {}, facts([
      ['Instance id', copyable(overview.instance_id)],
      ['Publishable key', copyable(overview.publishable_key)],
      ['Account portal', h('a', { href: overview.portal_url, target: '_blank', rel: 'noreferrer' }, overview.portal_url)]]))) };
}
