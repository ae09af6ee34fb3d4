// All organizations: looking for one, making one.
import * as api from './api.js';
import { h } from './dom.js';
import { avatar, button, copyable, empty, formDialog, heading, pagedList, searchField, table, time, toast } from './ui.js';

export const createOrganization = go => formDialog('Create organization', [
  { name: 'name', label: 'Name', required: true },
  { name: 'slug', label: 'Slug', help: 'Stands in addresses; made from the name when it is left out.' },
  { name: 'created_by', label: 'First member', placeholder: 'user_…', help: 'Becomes its admin.' }], {
  action: 'Create organization',
  submit: async values => {
    const organization = await api.post('/organizations', Object.fromEntries(Object.entries(values).filter(([, value]) => value)));
    toast('Organization created.');
    go(`organizations/${organization.id}`);
  },
});

export function organizationsPage({ link, go }) {
  const filter = { query: '' };
  const create = kind => button('Create organization', { kind, icon: 'plus', onclick: () => createOrganization(go) });
  const list = pagedList({
    load: (cursor, signal) => api.get('/lists/organizations', { query: { query: filter.query, starting_after: cursor }, signal }),
    nothing: () => filter.query ? empty('Nothing matches', 'Search by name or slug.') : empty('No organizations yet', 'They appear here when users or you make them.', create('primary')),
    show: rows => table({
      label: 'Organizations', rows, href: each => link(`organizations/${each.id}`),
      columns: [
        { title: 'Organization', cell: each => h('span', { class: 'who' }, avatar(each.name, { square: true, imageUrl: each.image_url, hasImage: each.has_image }), h('span', {}, h('strong', {}, each.name), h('span', { class: 'muted' }, each.slug ?? ''))) },
        { title: 'Members', cell: each => String(each.members_count) },
        { title: 'Organization id', wide: true, cell: each => copyable(each.id, { label: 'Copy organization id' }) },
        { title: 'Created', wide: true, cell: each => time(each.created_at) },
      ],
    }),
  });
  return { title: 'Organizations', element: h('div', {}, heading('Organizations', { actions: create('primary') }),
    h('div', { class: 'filters' }, searchField('Search organizations', text => { filter.query = text; list.restart(); }, { placeholder: 'Name or slug' })),
    list.element) };
}
