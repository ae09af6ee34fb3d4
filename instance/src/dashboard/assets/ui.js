// What pages are made of: buttons, tables, dialogs, forms.

import { h, icon, replace } from './dom.js';

// ---- small things

export function button(text, { kind = '', icon: name, onclick, disabled, type = 'button', label, small } = {}) {
  return h('button', { type, class: `button ${kind} ${small ? 'small' : ''}`.trim(), onclick, disabled, 'aria-label': label, title: label },
    name && icon(name), text && h('span', {}, text));
}

/** `tone`: good, bad, warn, or none. */
export const badge = (text, tone = '') => h('span', { class: `badge ${tone}` }, text);

const TONES = {
  active: 'good', delivered: 'good', verified: 'good', accepted: 'good', queued: 'warn', waiting: 'warn', pending: 'warn',
  failed: 'bad', revoked: 'bad', banned: 'bad', locked: 'bad', unverified: 'warn',
};
export const status = name => badge(name.replaceAll('_', ' '), TONES[name] ?? '');

const exact = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [['year', 31536e6], ['month', 2592e6], ['week', 6048e5], ['day', 864e5], ['hour', 36e5], ['minute', 6e4]];

/** A moment as people say it, with the exact one when asked. */
export function time(milliseconds) {
  if (!milliseconds) return h('span', { class: 'muted' }, 'never');
  const apart = milliseconds - Date.now();
  const unit = UNITS.find(([, length]) => Math.abs(apart) >= length);
  const text = unit ? relative.format(Math.round(apart / unit[1]), unit[0]) : 'just now';
  return h('time', { datetime: new Date(milliseconds).toISOString(), title: exact.format(milliseconds) }, text);
}
export const date = milliseconds => milliseconds ? exact.format(milliseconds) : '—';

/** The first letters of a name on a colour of its own; the picture where it is the instance's own. */
export function avatar(name, { imageUrl, hasImage, square } = {}) {
  let hue = 0;
  for (const c of name) hue = (hue * 31 + c.codePointAt(0)) % 360;
  const initials = name.split(/[\s@._-]+/).filter(word => /^[\p{L}\p{N}]/u.test(word)).slice(0, 2).map(word => [...word][0].toUpperCase()).join('') || '?';
  const circle = h('span', { class: `avatar ${square ? 'square' : ''}`, 'aria-hidden': 'true' }, initials);
  circle.style.setProperty('--hue', hue);
  if (hasImage && imageUrl && new URL(imageUrl, location).origin === location.origin) {
    const image = h('img', { src: imageUrl, alt: '', loading: 'lazy' });
    image.addEventListener('error', () => image.remove());
    circle.append(image);
  }
  return circle;
}

/** A text in type of one width, with a button that copies it. */
export function copyable(text, { label = 'Copy', long } = {}) {
  const copy = h('button', { type: 'button', class: 'copy', 'aria-label': label, title: label }, icon('copy'));
  copy.addEventListener('click', async event => {
    event.preventDefault();
    event.stopPropagation();
    try { await navigator.clipboard.writeText(text); } catch { return toast('The browser does not let this page copy.', 'bad'); }
    replace(copy, icon('check'));
    setTimeout(() => replace(copy, icon('copy')), 1500);
  });
  return h('span', { class: `copyable ${long ? 'long' : ''}` }, h('code', {}, text), copy);
}

export const card = (title, { actions, text, footer, flush, id } = {}, ...children) => h('section', { class: 'card', 'aria-labelledby': id && `${id}-title` },
  title && h('header', { class: 'card-head' },
    h('div', {}, h('h2', { id: id && `${id}-title` }, title), text && h('p', { class: 'muted' }, text)),
    actions && h('div', { class: 'actions' }, actions)),
  children.length > 0 && h('div', { class: flush ? 'card-flush' : 'card-body' }, children),
  footer && h('footer', { class: 'card-foot' }, footer));

export const empty = (title, text, action) => h('div', { class: 'empty' }, h('h3', {}, title), text && h('p', { class: 'muted' }, text), action);

export const spinner = () => h('div', { class: 'spinner', role: 'status' }, h('span', { class: 'hidden' }, 'Loading'));

export const problem = (error, again) => h('div', { class: 'problem', role: 'alert' }, icon('warning'),
  h('div', {}, h('strong', {}, 'This did not work.'), h('p', {}, error.message)), again && button('Try again', { icon: 'refresh', onclick: again }));

/** Pairs of a name and what it is. */
export const facts = pairs => h('dl', { class: 'facts' }, pairs.filter(Boolean).map(([name, value]) =>
  h('div', {}, h('dt', {}, name), h('dd', {}, value === null || value === undefined || value === '' ? h('span', { class: 'muted' }, '—') : value))));

export function toast(text, tone = 'good') {
  const it = h('div', { class: `toast ${tone}` }, icon(tone === 'good' ? 'check' : 'warning'), h('span', {}, text));
  document.getElementById('toasts').append(it);
  setTimeout(() => it.remove(), tone === 'good' ? 4000 : 8000);
}

/** The heading of a page, with what can be done there. */
export const heading = (title, { text, actions, back, before } = {}) => h('header', { class: 'page-head' },
  back && h('a', { class: 'back', href: back.href }, icon('back'), back.text),
  h('div', { class: 'page-title' }, before, h('div', { class: 'grow' }, h('h1', { tabindex: '-1' }, title), text && h('div', { class: 'muted' }, text)),
    actions && h('div', { class: 'actions' }, actions)));

// ---- tables

/**
 * `columns`: `{title, cell(row), class, wide}`; wide ones are left out where the screen is narrow. `href(row)` makes the first
 * cell a link that the whole row follows. `actions(row)`: buttons at its end.
 */
export function table({ label, columns, rows, href, actions }) {
  const cells = row => columns.map((column, i) => {
    const content = column.cell(row);
    return h('td', { class: `${column.class ?? ''} ${column.wide ? 'wide' : ''}`.trim() },
      i === 0 && href ? h('a', { class: 'row-link', href: href(row) }, content) : content);
  });
  return h('div', { class: 'table-frame' }, h('table', { 'aria-label': label },
    h('thead', {}, h('tr', {}, columns.map(column => h('th', { scope: 'col', class: column.wide ? 'wide' : null }, column.title)),
      actions && h('th', { scope: 'col' }, h('span', { class: 'hidden' }, 'Actions')))),
    h('tbody', {}, rows.map(row => h('tr', { class: href ? 'linked' : null }, cells(row),
      actions && h('td', { class: 'row-actions' }, actions(row)))))));
}

/**
 * A list that is fetched page by page: `load(cursor, signal)` gives `{data, next}`; `next` null is the last page. `show(rows)` makes the
 * element, `nothing(isFirst)` what stands there instead. `reload()` fetches the page again, `restart()` begins anew.
 */
export function pagedList({ load, show, nothing }) {
  const body = h('div', { class: 'list-body' });
  const bar = h('nav', { class: 'pager', 'aria-label': 'Pages' });
  const element = h('div', { class: 'paged' }, body, bar);
  let cursors = [null];
  let running = null;
  async function go(trail, { quiet } = {}) {
    running?.abort();
    const mine = running = new AbortController();
    cursors = trail;
    if (!quiet) replace(body, spinner());
    element.setAttribute('aria-busy', 'true');
    try {
      const { data, next } = await load(trail.at(-1), mine.signal);
      if (mine.signal.aborted) return;
      replace(body, data.length ? show(data) : nothing(trail.length === 1));
      const several = trail.length > 1 || next;
      replace(bar, several && [h('span', { class: 'muted' }, `Page ${trail.length}`),
        button('Previous', { icon: 'back', small: true, disabled: trail.length === 1, onclick: () => go(trail.slice(0, -1)) }),
        button('Next', { kind: 'after', icon: 'next', small: true, disabled: !next, onclick: () => go([...trail, next]) })]);
    } catch (error) {
      if (error.name === 'AbortError') return;
      replace(body, problem(error, () => go(trail)));
      replace(bar);
    } finally {
      if (running === mine) element.removeAttribute('aria-busy');
    }
  }
  go(cursors);
  return { element, reload: () => go(cursors, { quiet: true }), restart: () => go([null]) };
}

/** A field that narrows a list while one types. */
export function searchField(label, onchange, { placeholder = label, value = '' } = {}) {
  let waiting;
  const input = h('input', { type: 'search', 'aria-label': label, placeholder, value, autocomplete: 'off', spellcheck: 'false' });
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => onchange(input.value.trim()), 200);
  });
  return h('div', { class: 'search' }, icon('search'), input);
}

/** `choices`: `[value, text]`. */
export function select(label, choices, { value = '', onchange } = {}) {
  const element = h('select', { 'aria-label': label, onchange: event => onchange?.(event.target.value) },
    choices.map(([each, text]) => h('option', { value: each, selected: each === value }, text)));
  return element;
}

/** `tabs`: `[name, title, make()]`; what a tab shows is made when it is first looked at. */
export function tabs(label, list, { first = list[0][0], onchange } = {}) {
  const panel = h('div', { class: 'tab-panel', role: 'tabpanel', tabindex: '-1' });
  const made = new Map();
  const buttons = list.map(([name, title]) => h('button', { type: 'button', role: 'tab', id: `tab-${name}`, onclick: () => choose(name) }, title));
  function choose(name) {
    const index = list.findIndex(([each]) => each === name);
    buttons.forEach((each, i) => {
      each.setAttribute('aria-selected', String(i === index));
      each.tabIndex = i === index ? 0 : -1;
    });
    if (!made.has(name)) made.set(name, list[index][2]());
    panel.setAttribute('aria-labelledby', `tab-${name}`);
    replace(panel, made.get(name));
    onchange?.(name);
  }
  const bar = h('div', { class: 'tabs', role: 'tablist', 'aria-label': label }, buttons);
  bar.addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const index = buttons.indexOf(document.activeElement);
    const next = buttons[(index + step + buttons.length) % buttons.length];
    next.focus();
    next.click();
  });
  choose(list.some(([name]) => name === first) ? first : list[0][0]);
  return h('div', {}, bar, panel);
}

// ---- dialogs and forms

/** A dialog; `make(close)` gives its content. Resolves with what `close` was given; Escape closes it with nothing. */
export function dialog(title, make, { wide } = {}) {
  return new Promise(resolve => {
    const close = value => { result = value; element.close(); };
    let result;
    const id = `dialog-${Math.random().toString(36).slice(2)}`;
    const element = h('dialog', { class: wide ? 'wide' : null, 'aria-labelledby': id },
      h('header', { class: 'dialog-head' }, h('h2', { id }, title), button('', { kind: 'ghost', icon: 'close', label: 'Close', onclick: () => close() })));
    element.append(make(close));
    element.addEventListener('close', () => { element.remove(); resolve(result); });
    element.addEventListener('mousedown', event => { if (event.target === element) close(); });
    document.body.append(element);
    element.showModal();
    element.querySelector('[autofocus]')?.focus();
  });
}

/** Asks before something is done; `typed`: a text that has to be entered first. `act()` runs before it closes. */
export function confirm(title, text, { action = 'Confirm', danger = true, typed, act }) {
  return dialog(title, close => {
    const button_ = button(action, { kind: danger ? 'danger' : 'primary', type: 'submit', disabled: Boolean(typed) });
    const trouble = h('div', {});
    const input = typed && h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', autofocus: true, id: 'confirm-text',
      oninput: event => { button_.disabled = event.target.value !== typed; } });
    const form = h('form', { class: 'form', novalidate: true }, h('p', {}, text),
      typed && h('div', { class: 'field' }, h('label', { for: 'confirm-text' }, 'Type ', h('code', {}, typed), ' to confirm'), input),
      trouble, h('footer', { class: 'dialog-foot' }, button('Cancel', { onclick: () => close(false) }), button_));
    form.addEventListener('submit', async event => {
      event.preventDefault();
      button_.disabled = true;
      try {
        await act?.();
        close(true);
      } catch (error) {
        replace(trouble, h('p', { class: 'form-error', role: 'alert' }, error.message));
        button_.disabled = false;
      }
    });
    return form;
  });
}

let fieldNumber = 0;

/**
 * A labelled field: `{name, label, type, value, help, required, disabled, choices, rows, min, placeholder, autocomplete}`; types are text,
 * email, password, number, textarea, json, list (one a line), checkbox, select. `read()` gives its value and throws what is wrong with it.
 */
export function field(spec) {
  const id = `field-${++fieldNumber}`;
  const { name, label, type = 'text', value, help, required, choices, rows = 4 } = spec;
  const described = help ? `${id}-help` : null;
  const shared = { id, name, required, disabled: spec.disabled, 'aria-describedby': described, placeholder: spec.placeholder, autocomplete: spec.autocomplete ?? 'off', autofocus: spec.autofocus };
  let input;
  if (type === 'textarea' || type === 'json' || type === 'list') {
    const text = type === 'json' ? JSON.stringify(value ?? {}, null, 2) : type === 'list' ? (value ?? []).join('\n') : value ?? '';
    input = h('textarea', { ...shared, rows, spellcheck: 'false', class: type === 'textarea' ? null : 'mono', value: text });
  } else if (type === 'select') {
    input = h('select', shared, choices.map(([each, text]) => h('option', { value: each, selected: each === value }, text)));
  } else if (type === 'checkbox') {
    input = h('input', { ...shared, type, checked: Boolean(value), class: 'switch', role: 'switch' });
  } else {
    input = h('input', { ...shared, type, min: spec.min, value: value ?? '', spellcheck: 'false' });
  }
  const error = h('p', { class: 'field-error', id: `${id}-error`, role: 'alert' });
  const helpText = help && h('p', { class: 'help', id: described }, help);
  const element = type === 'checkbox'
    ? h('div', { class: 'field check' }, h('div', {}, h('label', { for: id }, label), helpText, error), input)
    : h('div', { class: 'field' }, h('label', { for: id }, label, !required && spec.optional !== false && h('span', { class: 'optional' }, 'Optional')), input, helpText, error);
  return {
    name, element, input,
    read() {
      if (type === 'checkbox') return input.checked;
      if (type === 'number') return input.value === '' ? null : Number(input.value);
      if (type === 'list') return input.value.split('\n').map(line => line.trim()).filter(Boolean);
      if (type === 'json') {
        let parsed;
        try { parsed = JSON.parse(input.value); } catch (wrong) { throw new Error(`This is no JSON: ${wrong.message}`); }
        if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) throw new Error('This must be a JSON object.');
        return parsed;
      }
      const text = type === 'password' ? input.value : input.value.trim();
      if (required && !text) throw new Error('This is needed.');
      return text;
    },
    complain(text) {
      replace(error, text ?? null);
      input.setAttribute('aria-invalid', String(Boolean(text)));
      input.setAttribute('aria-describedby', text ? `${id}-error` : described ?? '');
    },
  };
}

/** A form of fields; `submit(values)` sends them, and what it throws is told beside the field that it is about. */
export function form(specs, { action = 'Save', submit, cancel, danger, foot = 'dialog-foot', children = [] }) {
  const fields = specs.map(field);
  const trouble = h('div', {});
  const send = button(action, { kind: danger ? 'danger' : 'primary', type: 'submit' });
  const element = h('form', { class: 'form', novalidate: true }, fields.map(each => each.element), children, trouble,
    h('footer', { class: foot }, cancel && button('Cancel', { onclick: cancel }), send));
  element.addEventListener('submit', async event => {
    event.preventDefault();
    replace(trouble);
    const values = {};
    let wrong = null;
    for (const each of fields) {
      try { values[each.name] = each.read(); each.complain(); } catch (error) { each.complain(error.message); wrong ??= each; }
    }
    if (wrong) return wrong.input.focus();
    send.disabled = true;
    try {
      await submit(values);
    } catch (error) {
      const named = fields.filter(each => error.fields?.[each.name]);
      for (const each of named) each.complain(error.fields[each.name]);
      if (named.length) named[0].input.focus();
      else replace(trouble, h('p', { class: 'form-error', role: 'alert' }, error.message));
    } finally {
      send.disabled = false;
    }
  });
  return element;
}

/** A form in a dialog: true when it was sent. */
export const formDialog = (title, specs, { action, submit, text, wide }) => dialog(title, close => h('div', {}, text && h('p', { class: 'muted dialog-text' }, text),
  form(specs.map((spec, i) => ({ autofocus: i === 0, ...spec })), { action, cancel: () => close(false), submit: async values => { await submit(values); close(true); } })), { wide });
