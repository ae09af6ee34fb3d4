// What apps need to know of the instance, and what was given to programs.
import * as api from './api.js';
import { at } from './api.js';
import { h } from './dom.js';
import { badge, button, card, confirm, copyable, empty, facts, heading, pagedList, table, time, toast } from './ui.js';

function apiKeys(link) {
  const subject = id => id.startsWith('user_') ? h('a', { class: 'mono', href: link(`users/${id}`) }, id) : id.startsWith('org_') ? h('a', { class: 'mono', href: link(`organizations/${id}`) }, id) : h('code', {}, id);
  const state = key => key.revoked ? badge('revoked', 'bad') : key.expired ? badge('expired') : badge('active', 'good');
  const list = pagedList({
    load: (cursor, signal) => api.get('/lists/api_keys', { query: { starting_after: cursor }, signal }),
    nothing: () => empty('No API keys', 'Users and organizations make them for their own programs.'),
    show: rows => table({
      label: 'API keys', rows,
      columns: [{ title: 'Name', cell: key => h('span', { class: 'two-lines' }, h('strong', {}, key.name), h('span', { class: 'muted mono' }, key.id)) }, { title: 'Of', wide: true, cell: key => subject(key.subject) },
        { title: 'State', cell: state }, { title: 'Last used', wide: true, cell: key => time(key.last_used_at) }, { title: 'Made', wide: true, cell: key => time(key.created_at) }],
      actions: key => !key.revoked && button('Revoke', { small: true, onclick: () => confirm('Revoke this key?', `Programs that use ${key.name} are refused at once.`, { action: 'Revoke', act: () => api.post(at`/api_keys/${key.id}/revoke`) }).then(done => { if (done) { toast('Key revoked.'); list.reload(); } }) }),
    }),
  });
  return card('API keys', { flush: true, text: 'Long-lived secrets of users and organizations, by name: the keys themselves are not kept readable here.' }, list.element);
}

export async function keysPage({ link }) {
  const keys = await api.get('/keys');
  return { title: 'Keys', element: h('div', {}, heading('Keys'), h('div', { class: 'stack' },
    card('Keys of the instance', {}, facts([
      ['Publishable key', copyable(keys.publishable_key)],
      ['Secret key', h('span', { class: 'inline' }, h('code', {}, keys.secret_key.masked), badge(keys.secret_key.fingerprint))]]),
      h('p', { class: 'help' }, 'The secret key is shown on the machine itself, by ', h('code', {}, 'clerkd keys'), '. The name beside it is what the audit log calls it.')),
    card('Where apps find it', {}, facts([
      ['Frontend API', copyable(keys.frontend_api_url)], ['Backend API', copyable(keys.backend_api_url)], ['JWKS', copyable(keys.jwks_url)], ['Issuer of tokens', copyable(keys.issuer)]])),
    card('Verifying tokens', { text: 'The public key that signs session tokens are checked with: CLERK_JWT_KEY.' },
      h('div', { class: 'stack-small' }, keys.jwks.keys.map(key => facts([['Key id', copyable(key.kid)], ['Algorithm', key.alg]])),
        h('pre', { class: 'json', tabindex: '0', 'aria-label': 'Public key' }, keys.jwt_key.trim()), copyButton('Copy public key', keys.jwt_key),
        copyButton('Copy JWKS', JSON.stringify(keys.jwks, null, 2)))),
    apiKeys(link))) };
}

const copyButton = (text, value) => button(text, { icon: 'copy', small: true, onclick: async () => {
  try { await navigator.clipboard.writeText(value); toast('Copied.'); } catch { toast('The browser does not let this page copy.', 'bad'); }
} });
