// What apps keep with a user or an organization.
import * as api from './api.js';
import { h } from './dom.js';
import { button, card, formDialog, toast } from './ui.js';

const KINDS = {
  public: ['Public metadata', 'Apps and browsers read it; your backend writes it.'],
  private: ['Private metadata', 'Your backend alone reads and writes it.'],
  unsafe: ['Unsafe metadata', 'The user reads and writes it: trust nothing in it.'],
};

export function metadataCard(thing, { kinds, path, saved }) {
  return h('div', { class: 'stack' }, kinds.map(kind => {
    const [title, text] = KINDS[kind];
    const name = `${kind}_metadata`;
    const edit = () => formDialog(title, [{ name, label: 'JSON', type: 'json', value: thing[name], rows: 14, required: true }],
      { wide: true, text, submit: async values => { await api.put(path, values); toast('Metadata saved.'); saved(); } });
    return card(title, { text, actions: button('Edit', { small: true, onclick: edit, label: `Edit ${title.toLowerCase()}` }) },
      h('pre', { class: 'json', tabindex: '0', 'aria-label': title }, JSON.stringify(thing[name] ?? {}, null, 2)));
  }));
}
