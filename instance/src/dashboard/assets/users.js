// All users: looking for one, making one.
import * as api from './api.js';
import { h } from './dom.js';
import { avatar, badge, button, copyable, empty, formDialog, heading, pagedList, searchField, select, table, time, toast } from './ui.js';
import { nameOf, primaryAddress, primaryPhone } from './people.js';

const PAGE = 25;
// Walking on from the last user costs the same on every page; other orders count their way.
const ORDERS = [['-created_at', 'Newest first'], ['+created_at', 'Oldest first'], ['-last_active_at', 'Active last'], ['-last_sign_in_at', 'Signed in last']];

async function load(filter, cursor, signal) {
  const byCreation = filter.order.endsWith('created_at');
  const query = { limit: PAGE + 1, order_by: filter.order, query: filter.query, banned: filter.banned };
  if (cursor) query[byCreation ? 'starting_after' : 'offset'] = cursor;
  const users = await api.get('/users', { query, signal });
  const more = users.length > PAGE;
  const data = users.slice(0, PAGE);
  return { data, next: more ? (byCreation ? data.at(-1).id : (cursor ?? 0) + PAGE) : null };
}

export function createUser(go) {
  return formDialog('Create user', [
    { name: 'email_address', label: 'Email address', type: 'email', required: true },
    { name: 'first_name', label: 'First name' },
    { name: 'last_name', label: 'Last name' },
    { name: 'username', label: 'Username' },
    { name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password', help: 'Without one, the user signs in by a code, or sets one later.' },
    { name: 'skip_password_checks', label: 'Take the password even if it is weak', type: 'checkbox' },
  ], {
    action: 'Create user',
    submit: async values => {
      const body = { email_address: [values.email_address] };
      for (const name of ['first_name', 'last_name', 'username', 'password']) if (values[name]) body[name] = values[name];
      if (values.skip_password_checks) body.skip_password_checks = true;
      if (!values.password) body.skip_password_requirement = true;
      const user = await api.post('/users', body);
      toast('User created.');
      go(`users/${user.id}`);
    },
  });
}

export function usersPage({ query, link, go }) {
  const filter = { query: query.get('query') ?? '', order: '-created_at', banned: '' };
  const list = pagedList({
    load: (cursor, signal) => load(filter, cursor, signal),
    nothing: () => filter.query || filter.banned
      ? empty('Nobody matches', 'Search by name, email address, phone number, username or user id.')
      : empty('No users yet', 'Users appear here when they sign up, or when you make them.', button('Create user', { kind: 'primary', icon: 'plus', onclick: () => createUser(go) })),
    show: users => table({
      label: 'Users', rows: users, href: user => link(`users/${user.id}`),
      columns: [
        { title: 'User', cell: user => h('span', { class: 'who' }, avatar(nameOf(user), { imageUrl: user.image_url, hasImage: user.has_image }),
          h('span', {}, h('strong', {}, nameOf(user)), h('span', { class: 'muted' }, primaryAddress(user) || primaryPhone(user) || user.username || ''))) },
        { title: 'Status', cell: user => [user.banned && badge('banned', 'bad'), user.locked && badge('locked', 'bad'), !user.banned && !user.locked && badge('active', 'good')] },
        { title: 'User id', wide: true, cell: user => copyable(user.id, { label: 'Copy user id' }) },
        { title: 'Last signed in', wide: true, cell: user => time(user.last_sign_in_at) },
        { title: 'Joined', wide: true, cell: user => time(user.created_at) },
      ],
    }),
  });
  return { title: 'Users', element: h('div', {},
    heading('Users', { actions: button('Create user', { kind: 'primary', icon: 'plus', onclick: () => createUser(go) }) }),
    h('div', { class: 'filters' },
      searchField('Search users', text => { filter.query = text; list.restart(); }, { placeholder: 'Name, address, username or id', value: filter.query }),
      select('Status', [['', 'All users'], ['false', 'Not banned'], ['true', 'Banned']], { onchange: value => { filter.banned = value; list.restart(); } }),
      select('Order', ORDERS, { value: filter.order, onchange: value => { filter.order = value; list.restart(); } })),
    list.element) };
}

