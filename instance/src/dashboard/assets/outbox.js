// What was or will be sent: mails and text messages, and events to webhook endpoints.
import * as api from './api.js';
import { at } from './api.js';
import { h } from './dom.js';
import { badge, button, card, copyable, dialog, empty, facts, heading, pagedList, select, searchField, status, table, tabs, time, toast } from './ui.js';

const STATUSES = [['', 'All'], ['queued', 'Queued'], ['delivered', 'Delivered'], ['failed', 'Failed']];
const DELIVERY_STATUSES = [['', 'All'], ['waiting', 'Waiting'], ['delivered', 'Delivered'], ['failed', 'Failed']];

async function again(path, text, list) {
  try { await api.post(path); toast(text); list.reload(); } catch (error) { toast(error.message, 'bad'); }
}

const messageDialog = message => dialog(message.subject || 'Message', () => h('div', { class: 'dialog-body' },
  message.code && h('p', { class: 'code' }, copyable(message.code, { label: 'Copy code' })),
  facts([['To', message.to], ['Kind', message.slug.replaceAll('_', ' ')], ['Status', status(message.status)], ['Written', time(message.created_at)], ['Attempts', String(message.attempts)], message.last_error && ['Last error', message.last_error]]),
  message.body ? h('pre', { class: 'json', tabindex: '0' }, message.body)
    : h('p', { class: 'muted' }, 'What it said is not shown: it would sign somebody in, or is forgotten since it was sent.')), { wide: true });

function messagesTab() {
  const filter = { status: '', to: '' };
  const list = pagedList({
    load: (cursor, signal) => api.get('/lists/messages', { query: { ...filter, starting_after: cursor }, signal }),
    nothing: () => filter.status || filter.to ? empty('Nothing matches', 'Addresses have to be whole.') : empty('Nothing was sent yet', 'Codes, links and invitations appear here.'),
    show: rows => table({
      label: 'Messages', rows,
      columns: [
        { title: 'To', cell: each => h('span', { class: 'two-lines' }, h('strong', {}, each.to), h('span', { class: 'muted' }, each.subject)) },
        { title: 'Code', cell: each => each.code ? copyable(each.code, { label: 'Copy code' }) : null },
        { title: 'Status', cell: each => status(each.status) },
        { title: 'Kind', wide: true, cell: each => badge(each.channel === 'sms' ? 'text message' : each.slug.replaceAll('_', ' ')) },
        { title: 'Written', wide: true, cell: each => time(each.created_at) },
      ],
      actions: each => [each.status === 'queued' && each.attempts > 0 && button('Try now', { small: true, onclick: () => again(at`/messages/${each.id}/retry`, 'It is tried now.', list) }),
        button('Show', { small: true, onclick: () => messageDialog(each), label: `Show message to ${each.to}` })],
    }),
  });
  return card('Messages', { flush: true, actions: [searchField('To', text => { filter.to = text; list.restart(); }, { placeholder: 'Address or number' }),
    select('Status', STATUSES, { onchange: value => { filter.status = value; list.restart(); } }), button('', { icon: 'refresh', small: true, label: 'Refresh messages', onclick: () => list.reload() })] }, list.element);
}

const pretty = text => { try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text ?? ''; } };

const deliveryDialog = delivery => dialog(delivery.event_type ?? 'Delivery', () => h('div', { class: 'dialog-body' },
  facts([['Endpoint', delivery.endpoint], ['Event id', copyable(delivery.event_id)], ['Status', status(delivery.status)], ['Attempts', String(delivery.attempts)],
    ['Last answer', delivery.last_status ? String(delivery.last_status) : null], delivery.last_error && ['Last error', delivery.last_error]]),
  h('pre', { class: 'json', tabindex: '0', 'aria-label': 'Payload' }, pretty(delivery.payload))), { wide: true });

function deliveriesTab() {
  const filter = { status: '' };
  const list = pagedList({
    load: (cursor, signal) => api.get('/lists/webhook_deliveries', { query: { ...filter, starting_after: cursor }, signal }),
    nothing: () => filter.status ? empty('Nothing matches') : empty('No deliveries', 'Events go to the endpoints that the instance is started with: clerkd serve --webhook https://…'),
    show: rows => table({
      label: 'Webhook deliveries', rows,
      columns: [
        { title: 'Event', cell: each => h('span', { class: 'two-lines' }, h('strong', {}, each.event_type ?? 'gone'), h('span', { class: 'muted' }, each.endpoint ?? 'no longer configured')) },
        { title: 'Status', cell: each => status(each.status) },
        { title: 'Answer', wide: true, cell: each => each.last_status ? badge(String(each.last_status), each.last_status < 300 ? 'good' : 'bad') : h('span', { class: 'muted' }, each.last_error ?? '—') },
        { title: 'Attempts', wide: true, cell: each => String(each.attempts) },
        { title: 'When', wide: true, cell: each => time(each.created_at) },
      ],
      actions: each => [button(each.status === 'waiting' ? 'Try now' : 'Send again', { small: true, onclick: () => again(at`/webhook_deliveries/${each.id}/retry`, 'It is sent now.', list) }),
        button('Show', { small: true, onclick: () => deliveryDialog(each), label: `Show ${each.event_type}` })],
    }),
  });
  return card('Webhook deliveries', { flush: true, actions: [select('Status', DELIVERY_STATUSES, { onchange: value => { filter.status = value; list.restart(); } }), button('', { icon: 'refresh', small: true, label: 'Refresh deliveries', onclick: () => list.reload() })] }, list.element);
}

export function outboxPage({ query }) {
  return { title: 'Outbox', element: h('div', {}, heading('Outbox', { text: 'What was or will be sent to people and to webhook endpoints.' }),
    tabs('Outbox', [['messages', 'Messages', messagesTab], ['deliveries', 'Webhooks', deliveriesTab]], { first: query.get('tab') ?? 'messages' })) };
}
