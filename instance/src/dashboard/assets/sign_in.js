// The secret key, once; afterwards a cookie speaks that scripts cannot read.
import * as api from './api.js';
import { h } from './dom.js';
import { form } from './ui.js';

export function signInPage({ session, notice, themeButton, signedIn }) {
  const base = document.documentElement.dataset.base;
  return h('main', { class: 'door', id: 'main' },
    h('div', { class: 'door-theme' }, themeButton),
    h('section', { class: 'card door-card', 'aria-labelledby': 'door-title' },
      h('img', { src: `${base}/assets/favicon.svg`, alt: '', width: 44, height: 44 }),
      h('h1', { id: 'door-title' }, session?.application_name ? `${session.application_name} dashboard` : 'Dashboard'),
      h('p', { class: 'muted' }, 'Enter the secret key of this instance. It is not kept: you stay signed in for as long as you use the page, at most 12 hours.'),
      notice && h('p', { class: 'notice', role: 'status' }, notice),
      form([{ name: 'secret_key', label: 'Secret key', type: 'password', required: true, placeholder: 'sk_…', autocomplete: 'off' }], {
        action: 'Sign in', foot: 'door-foot',
        submit: async ({ secret_key }) => signedIn(await api.session.signIn(secret_key.trim())),
      }),
      h('p', { class: 'help' }, 'On the machine itself, ', h('code', {}, 'clerkd keys'), ' prints it.')));
}
