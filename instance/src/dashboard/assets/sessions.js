// Who is signed in, where, and signing them out.
import * as api from './api.js';
import { at } from './api.js';
import { h } from './dom.js';
import { avatar, button, confirm, copyable, empty, heading, pagedList, select, status, table, time, toast } from './ui.js';
import { publicNameOf } from './people.js';

const device = activity => {
  if (!activity) return h('span', { class: 'muted' }, 'Unknown device');
  const browser = [activity.browser_name, activity.browser_version].filter(Boolean).join(' ') || 'Unknown browser';
  return h('span', {}, h('strong', {}, activity.device_type ? `${browser}, ${activity.device_type}` : browser),
    h('span', { class: 'muted' }, [activity.ip_address, [activity.city, activity.country].filter(Boolean).join(', ')].filter(Boolean).join(' · ')));
};

const isLive = session => session.status === 'active' || session.status === 'pending';

export function sessionTable(rows, { link, changed, withUser = true }) {
  const revoke = session => confirm('Revoke this session?', 'The user is signed out there at once.', { action: 'Revoke', act: () => api.post(at`/sessions/${session.id}/revoke`) })
    .then(done => { if (done) { toast('Session revoked.'); changed(); } });
  return table({
    label: 'Sessions', rows,
    columns: [
      withUser && { title: 'User', cell: session => h('a', { class: 'who', href: link(`users/${session.user_id}`) }, avatar(publicNameOf(session.user)), h('span', {}, h('strong', {}, publicNameOf(session.user)), h('span', { class: 'muted' }, session.user?.identifier ?? ''))) },
      { title: 'Device', cell: session => h('span', { class: 'two-lines' }, device(session.latest_activity)) },
      { title: 'Status', cell: session => status(session.status) },
      { title: 'Session id', wide: true, cell: session => copyable(session.id, { label: 'Copy session id' }) },
      { title: 'Last active', wide: true, cell: session => time(session.last_active_at) },
      { title: 'Began', wide: true, cell: session => time(session.created_at) },
    ].filter(Boolean),
    actions: session => isLive(session) && button('Revoke', { small: true, onclick: () => revoke(session) }),
  });
}

export function sessionsPage({ link }) {
  const filter = { status: 'active' };
  const list = pagedList({
    load: (cursor, signal) => api.get('/lists/sessions', { query: { status: filter.status, starting_after: cursor }, signal }),
    nothing: () => empty('No sessions', 'A session begins when a user signs in.'),
    show: rows => sessionTable(rows, { link, changed: () => list.reload() }),
  });
  return { title: 'Sessions', element: h('div', {}, heading('Sessions'),
    h('div', { class: 'filters' }, select('Status', [['active', 'Active'], ['', 'All'], ['pending', 'Pending'], ['ended', 'Ended'], ['revoked', 'Revoked'], ['removed', 'Removed']], { value: filter.status, onchange: value => { filter.status = value; list.restart(); } })),
    list.element) };
}
