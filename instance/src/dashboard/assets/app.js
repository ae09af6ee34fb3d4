// Begins: asks whether somebody is signed in, shows the frame, and leads from address to page.
import * as api from './api.js';
import { h, icon, replace } from './dom.js';
import { badge, button, problem, spinner, toast } from './ui.js';
import { signInPage } from './sign_in.js';
import { overviewPage } from './overview.js';
import { usersPage } from './users.js';
import { userPage } from './user.js';
import { sessionsPage } from './sessions.js';
import { organizationsPage } from './organizations.js';
import { organizationPage } from './organization.js';
import { outboxPage } from './outbox.js';
import { settingsPage } from './settings.js';
import { keysPage } from './keys.js';
import { auditPage } from './audit_log.js';

const base = document.documentElement.dataset.base;
const root = document.getElementById('app');

const NAVIGATION = [
  ['overview', 'Overview', ''], ['users', 'Users', 'users'], ['sessions', 'Sessions', 'sessions'],
  ['organizations', 'Organizations', 'organizations'], ['outbox', 'Outbox', 'outbox'], ['settings', 'Settings', 'settings'],
  ['keys', 'Keys', 'keys'], ['audit', 'Audit log', 'audit-log'],
];

/** A page gets `{id, query, link, go}` and gives `{title, element}`, now or later. */
const ROUTES = [
  [/^$/, overviewPage], [/^users$/, usersPage], [/^users\/([^/]+)$/, userPage], [/^sessions$/, sessionsPage],
  [/^organizations$/, organizationsPage], [/^organizations\/([^/]+)$/, organizationPage], [/^outbox$/, outboxPage],
  [/^settings$/, settingsPage], [/^keys$/, keysPage], [/^audit-log$/, auditPage],
];

export const link = path => `${base}/${path}`;

// ---- light and dark

const THEMES = [['auto', 'device', 'As the device says'], ['light', 'sun', 'Light'], ['dark', 'moon', 'Dark']];
const remembered = { get: () => { try { return localStorage.getItem('clerkd-theme'); } catch { return null; } },
  set: value => { try { localStorage.setItem('clerkd-theme', value); } catch { /* private windows may refuse */ } } };
let theme = THEMES.some(([name]) => name === remembered.get()) ? remembered.get() : 'auto';
const applyTheme = () => { document.documentElement.dataset.theme = theme; };
applyTheme();

function themeButton() {
  const element = button('', { kind: 'ghost', icon: 'device', label: 'Colours' });
  const show = () => {
    const [, name, title] = THEMES.find(([each]) => each === theme);
    replace(element, icon(name));
    element.title = `Colours: ${title}`;
    element.setAttribute('aria-label', element.title);
  };
  element.addEventListener('click', () => {
    theme = THEMES[(THEMES.findIndex(([name]) => name === theme) + 1) % THEMES.length][0];
    remembered.set(theme);
    applyTheme();
    show();
  });
  show();
  return element;
}

// ---- the frame

let main = null;
let links = [];

function frame(session) {
  links = NAVIGATION.map(([name, title, path]) => h('a', { href: link(path), class: 'nav-link', dataset: { path } }, icon(name), h('span', {}, title)));
  const menu = button('', { kind: 'ghost', icon: 'menu', label: 'Menu', onclick: () => setMenu(!document.body.classList.contains('menu-open')) });
  menu.classList.add('menu-button');
  menu.setAttribute('aria-expanded', 'false');
  menu.setAttribute('aria-controls', 'navigation');
  const setMenu = open => {
    document.body.classList.toggle('menu-open', open);
    menu.setAttribute('aria-expanded', String(open));
  };
  links.forEach(each => each.addEventListener('click', () => setMenu(false)));
  main = h('main', { id: 'main', tabindex: '-1' });
  replace(root, h('a', { class: 'skip', href: '#main', onclick: event => { event.preventDefault(); main.focus(); } }, 'Skip to content'),
    h('div', { class: 'frame' },
      h('aside', { class: 'side' },
        h('div', { class: 'brand' }, h('img', { src: `${base}/assets/favicon.svg`, alt: '', width: 28, height: 28 }),
          h('div', { class: 'brand-text' }, h('strong', {}, session.application_name), badge(session.environment === 'production' ? 'Production' : 'Development', session.environment === 'production' ? 'good' : 'warn')), menu),
        h('nav', { id: 'navigation', class: 'nav', 'aria-label': 'Dashboard' }, links,
          h('div', { class: 'nav-foot' }, themeButton(), button('Sign out', { kind: 'ghost', icon: 'out', onclick: signOut })))),
      main));
}

async function signOut() {
  try { await api.session.signOut(); } catch (error) { return toast(error.message, 'bad'); }
  showSignIn();
}

// ---- from address to page

const here = () => location.pathname.slice(base.length).replace(/^\/+|\/+$/g, '');
let shown = 0;

export function go(path) {
  history.pushState(null, '', link(path));
  show({ focus: true });
}

async function show({ focus } = {}) {
  const mine = ++shown;
  const path = here();
  for (const each of links) {
    const own = each.dataset.path;
    const current = own === path || (own !== '' && path.startsWith(`${own}/`));
    if (current) each.setAttribute('aria-current', 'page'); else each.removeAttribute('aria-current');
  }
  const [pattern, page] = ROUTES.find(([each]) => each.test(path)) ?? [];
  const context = { id: decodeURIComponent(pattern?.exec(path)[1] ?? ''), query: new URLSearchParams(location.search), link, go };
  const waiting = setTimeout(() => { if (mine === shown) replace(main, spinner()); }, 150);
  let made;
  try {
    made = page ? await page(context) : { title: 'Not found', element: h('div', { class: 'empty' }, h('h1', { tabindex: '-1' }, 'There is no such page'), h('a', { class: 'button', href: link('') }, 'To the overview')) };
  } catch (error) {
    made = error.status === 404
      ? { title: 'Not found', element: h('div', { class: 'empty' }, h('h1', { tabindex: '-1' }, 'It is not here'), h('p', { class: 'muted' }, 'It was deleted, or never was.'), h('a', { class: 'button', href: link(path.split('/')[0]) }, 'Back')) }
      : { title: 'Error', element: problem(error, () => show()) };
  }
  clearTimeout(waiting);
  if (mine !== shown) return;
  document.title = `${made.title} · Dashboard`;
  replace(main, made.element);
  if (focus) {
    window.scrollTo(0, 0);
    main.querySelector('h1')?.focus({ preventScroll: true });
  }
}

document.addEventListener('click', event => {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const row = event.target.closest('tr.linked');
  const anchor = event.target.closest('a[href]') ?? (event.target.closest('button, input, select, .row-actions, .copy') ? null : row?.querySelector('.row-link'));
  if (!anchor || anchor.target || anchor.origin !== location.origin || !(anchor.pathname === base || anchor.pathname.startsWith(`${base}/`))) return;
  event.preventDefault();
  if (anchor.href !== location.href) history.pushState(null, '', anchor.href);
  show({ focus: true });
});
window.addEventListener('popstate', () => { if (main) show({ focus: true }); });

// ---- coming and going

function showSignIn(session, notice) {
  shown++;
  main = null;
  document.querySelectorAll('dialog').forEach(each => each.close());
  document.title = 'Sign in · Dashboard';
  replace(root, signInPage({ session, notice, themeButton: themeButton(), signedIn: enter }));
  root.querySelector('input')?.focus();
}

function enter(session) {
  frame(session);
  show({ focus: true });
}

api.onSignedOut(error => { if (main) api.session.read().then(session => showSignIn(session, error.message), () => showSignIn(null, error.message)); });

try {
  const session = await api.session.read();
  if (session.signed_in) enter(session); else showSignIn(session);
} catch (error) {
  replace(root, problem(error, () => location.reload()));
}
