// The plugins' example (examples/plugins) in a real browser: the documentation's page, requests of a page of another origin, WebSockets.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { Steps } from '../harness/steps.mjs';
import { startApp } from '../harness/instance.mjs';
import { binaries, root } from '../harness/process.mjs';

const PICTURES = path.join(root, 'build/plugins');
const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost',
];
const steps = new Steps('plugins', { onFailure: name => page?.screenshot({ path: path.join(PICTURES, `failed-${name.replace(/\W+/g, '-')}.png`) }) });
const outside = new Set(), complaints = [];
let app, browser, page, pageOrigin, strangeOrigin;
const pages = [];

/** Serves an empty page; returns its origin. */
const servePage = async () => {
  const server = createServer((request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>page</title>'));
  pages.push(server);
  await new Promise(resolve => server.listen(0, resolve));
  return `http://localhost:${server.address().port}`;
};

mkdirSync(PICTURES, { recursive: true });

await steps.run('an app with the plugins, pages of two other origins and a browser start', async () => {
  [pageOrigin, strangeOrigin] = [await servePage(), await servePage()];
  app = await startApp(path.join(binaries, 'plugins'), [], { APP_ORIGIN: pageOrigin, SWAGGER_UI: path.join(root, 'tests/node_modules/swagger-ui-dist'), COOKIE_SECRET: 'secret of this test' });
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
  context.setDefaultTimeout(20_000);
  await context.route('**/*', route => {
    const { hostname, protocol, origin, pathname } = new URL(route.request().url());
    if (['localhost', '127.0.0.1'].includes(hostname) || ['data:', 'blob:'].includes(protocol)) return route.continue();
    outside.add(origin + pathname);
    return route.abort();
  });
  page = await context.newPage();
  page.on('pageerror', error => complaints.push(String(error)));
  page.on('console', message => { if (/Content.Security.Policy/i.test(message.text())) complaints.push(message.text()); });
});

for (const address of ['/documentation', '/documentation/']) {
  await steps.run(`${address} shows the routes as their schemas describe them`, async () => {
    await page.goto(app.origin + address);
    await page.getByText('Lists things').waitFor();
    await page.getByText('Replaces a thing').waitFor();
    assert.equal(await page.locator('h1.title, h2.title').first().evaluate(title => title.firstChild.textContent.trim()), 'Things');
    assert.equal(await page.getByText('Takes a photo').count(), 0);
  });
}

await steps.run('a request made on the page is answered', async () => {
  await page.getByText('Lists things').click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  await page.getByRole('button', { name: 'Execute' }).click();
  await page.locator('.live-responses-table .response .microlight').filter({ hasText: 'anvil' }).first().waitFor();
  await page.screenshot({ path: path.join(PICTURES, 'documentation.png'), fullPage: true });
});

await steps.run('the page needs nothing of other machines and breaks no rule of its policy', async () => {
  assert.deepEqual([...outside], []);
  assert.deepEqual(complaints, []);
});

const inPage = (action, argument) => page.evaluate(action, argument);

await steps.run('a page of the allowed origin reads, writes and keeps cookies', async () => {
  await page.goto(pageOrigin);
  const seen = await inPage(async origin => {
    const call = async (url, options) => { const response = await fetch(origin + url, { credentials: 'include', ...options }); return [response.status, await response.json()]; };
    return {
      things: (await call('/things'))[1].length,
      put: await call('/things/7', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id: 7, name: 'gong' }) }),
      refused: (await call('/things/x', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' }))[0],
      visits: [await call('/visits'), await call('/visits')].map(([, { visits }]) => visits),
    };
  }, app.origin);
  assert.deepEqual(seen, { things: 2, put: [200, { id: 7, name: 'gong' }], refused: 400, visits: [1, 2] });
});

await steps.run('a form with a file arrives', async () => {
  const answer = await inPage(async origin => {
    const form = new FormData();
    form.append('title', 'é');
    form.append('photo', new Blob([new Uint8Array(300_000)]), 'photo.png');
    return (await fetch(`${origin}/photos`, { method: 'POST', body: form })).json();
  }, app.origin);
  assert.deepEqual(answer, { name: 'photo.png', bytes: 300_000 });
});

await steps.run('a WebSocket carries texts both ways and ends as it should', async () => {
  const seen = await inPage(async origin => {
    const talk = (texts) => new Promise(resolve => {
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/echo`), received = [];
      socket.onopen = () => texts.forEach(text => socket.send(text));
      socket.onmessage = ({ data }) => { received.push(data.length > 100 ? data.length : data); if (received.length === texts.length) socket.close(1000, 'done'); };
      socket.onclose = ({ code, wasClean }) => resolve({ received, code, wasClean });
    });
    return [await talk(['héllo', '', 'x'.repeat(60_000)]), await talk(['x'.repeat(70_000)])];
  }, app.origin);
  assert.deepEqual(seen, [{ received: ['héllo', '', 60_000], code: 1000, wasClean: true }, { received: [], code: 1009, wasClean: true }]);
});

await steps.check('a page of an origin that is not allowed reads nothing', async () => {
  await page.goto(strangeOrigin);
  const outcomes = await inPage(async origin => Promise.all([['/things', {}], ['/things/7', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{}' }]]
    .map(([url, options]) => fetch(origin + url, options).then(() => 'read', () => 'refused'))), app.origin);
  assert.deepEqual(outcomes, ['refused', 'refused']);
});

await steps.check('the requests were counted', async () => {
  const text = await (await fetch(`${app.origin}/metrics`)).text();
  assert.match(text, /http_request_duration_seconds_count\{method="PUT",route="\/things\/:id",status_code="200"\} 1\n/);
  assert.match(text, /process_resident_memory_bytes \d+/);
  assert.equal((await (await fetch(`${app.origin}/status`)).json()).status, 'ok');
});

await browser?.close();
for (const server of pages) server.close();
if (app) await steps.check('the app stops when it is asked to', async () => assert.equal(await app.stop(), 0));
steps.finish();
