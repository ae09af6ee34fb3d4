import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fastifyStatic from '@fastify/static';

// static_cases.cpp makes the same files: names, contents, and this time.
const time = 1700000000;
const folder = mkdtempSync(path.join(os.tmpdir(), 'static-'));
const files = {
  'index.html': '<p>index</p>', 'text.txt': '0123456789', 'empty.txt': '', 'data.json': '{}', 'a b#c?.txt': 'odd', '.hidden': 'hidden', 'x.unknown': 'x', 'page.html': 'page', 'script.js': '1',
  'deep/index.html': 'deep index', 'deep/.secret/a.txt': 'secret', 'bare/only.txt': 'only', 'é.txt': 'accent',
  'zip.txt': 'plain', 'zip.txt.gz': 'gzipped', 'zip.txt.br': 'brotli', 'only.txt': 'plain only', 'dir/index.html': 'plain index', 'dir/index.html.br': 'brotli index', 'image.svg': '<svg/>',
};
const others = { 'second.txt': 'from the second', 'text.txt': 'never' };
const lay = (root, all) => Object.entries(all).forEach(([name, content]) => {
  const file = path.join(folder, root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  utimesSync(file, time, time);
});
lay('first', files);
lay('second', others);
const root = path.join(folder, 'first'), second = path.join(folder, 'second');

const with_ = options => async app => { await app.register(fastifyStatic, { root, ...options }); };
export const apps = {
  default: with_({}),
  prefixed: with_({ prefix: '/public', redirect: true }),
  careful: with_({ dotfiles: 'ignore', index: false, etag: false, lastModified: false, acceptRanges: false, cacheControl: false, contentType: false }),
  denied: with_({ dotfiles: 'deny', extensions: ['html', 'txt'], maxAge: 3600000, immutable: true }),
  two: with_({ root: [root, second] }),
  compressed: with_({ preCompressed: true }),
  listed: with_({ wildcard: false, prefix: '/files/' }),
  allowed: with_({ allowedPath: pathname => pathname !== '/data.json', setHeaders: reply => { reply.header('x-set', 'yes'); } }),
  folders: with_({ list: true }),
  named: with_({ prefix: '/public', index: false, dotfiles: 'ignore', list: { format: 'json', names: ['index', 'index.json', '/'] } }),
  page: with_({ index: false, prefix: '/public/', list: { format: 'html', names: ['list', '/'], render: (dirs, files) => [...dirs, ...files].map(entry => `${entry.name} ${entry.href}`).join('\n') } }),
  narrow: with_({ extensions: ['html'], allowedPath: pathname => !pathname.endsWith('.html') }),
  sends: async app => {
    await app.register(fastifyStatic, { root, serve: false });
    app.get('/file', (request, reply) => reply.sendFile('text.txt'));
    app.get('/other', (request, reply) => reply.sendFile('second.txt', second));
    app.get('/aged', (request, reply) => reply.sendFile('text.txt', { maxAge: 10000 }));
    app.get('/up', (request, reply) => reply.sendFile('../second/second.txt'));
    app.get('/missing', (request, reply) => reply.sendFile('nope.txt'));
    app.get('/download', (request, reply) => reply.download('text.txt', 'name with "quotes".txt'));
    app.get('/download-plain', (request, reply) => reply.download('text.txt'));
    app.get('/teapot', (request, reply) => reply.code(418).sendFile('text.txt'));
  },
};

const etag = 'W/"a-18bcfe56800"', date = 'Tue, 14 Nov 2023 22:13:20 GMT';
const get = (app, url, headers = {}, method = 'GET') => ({ app, method, url, headers });
export const requests = [
  ...['/', '/index.html', '/text.txt', '/empty.txt', '/data.json', '/x.unknown', '/script.js', '/image.svg', '/a%20b%23c%3F.txt', '/%C3%A9.txt', '/.hidden', '/deep', '/deep/', '/bare', '/bare/', '/bare/only.txt', '/nope.txt', '/text.txt?x=1', '/text.txt/',
    '/..%2fsecond/second.txt', '//text.txt', '/deep//index.html', '/deep%2findex.html', '/text.txt%00', '/%5c..%5ctext.txt', '/deep/.secret/a.txt', '/...', '/%zz', '/%ff',
  ].map(url => get('default', url)),
  get('default', '/text.txt', {}, 'HEAD'), get('default', '/nope.txt', {}, 'HEAD'), get('default', '/text.txt', {}, 'POST'),
  ...['bytes=0-3', 'bytes=4-', 'bytes=-3', 'bytes=0-0', 'bytes=9-20', 'bytes=10-', 'bytes=-0', 'bytes=5-2', 'bytes=0-1,3-4', 'bytes=0-4,3-9', 'items=0-1', 'bytes=x', 'bytes=', 'bytes=-20', ' bytes=1-2'].map(range => get('default', '/text.txt', { range })),
  get('default', '/text.txt', { range: 'bytes=0-3' }, 'HEAD'), get('default', '/empty.txt', { range: 'bytes=0-' }),
  ...[{ 'if-none-match': etag }, { 'if-none-match': `"x", ${etag}` }, { 'if-none-match': '*' }, { 'if-none-match': 'W/"other"' }, { 'if-none-match': etag, 'cache-control': 'no-cache' },
    { 'if-modified-since': date }, { 'if-modified-since': 'Tue, 14 Nov 2023 22:13:19 GMT' }, { 'if-modified-since': 'never' }, { 'if-none-match': 'W/"other"', 'if-modified-since': date },
    { 'if-match': etag }, { 'if-match': '"x"' }, { 'if-match': '*' }, { 'if-unmodified-since': date }, { 'if-unmodified-since': 'Tue, 14 Nov 2023 22:13:19 GMT' },
    { range: 'bytes=0-3', 'if-range': etag }, { range: 'bytes=0-3', 'if-range': '"x"' }, { range: 'bytes=0-3', 'if-range': date }, { range: 'bytes=0-3', 'if-range': 'Tue, 14 Nov 2023 22:13:19 GMT' }, { range: 'bytes=0-3', 'if-range': 'never' },
  ].map(headers => get('default', '/text.txt', headers)),
  ...['/public', '/public?x=1', '/public/', '/public/text.txt', '/public/deep', '/public/deep?x=1', '/publicx', '/text.txt'].map(url => get('prefixed', url)),
  ...['/', '/text.txt', '/.hidden', '/deep/.secret/a.txt', '/deep/', '/deep'].map(url => get('careful', url)), get('careful', '/text.txt', { range: 'bytes=0-1' }),
  ...['/text.txt', '/.hidden', '/page', '/text', '/only', '/nope', '/deep/.secret/a.txt'].map(url => get('denied', url)),
  ...['/second.txt', '/text.txt', '/nope.txt'].map(url => get('two', url)),
  ...['/zip.txt', '/only.txt', '/dir/', '/dir'].flatMap(url => [undefined, 'br', 'gzip', 'gzip, br', 'br;q=0.1, gzip', '*', 'identity', 'br;q=0', 'deflate, gzip;q=0.5'].map(encoding => get('compressed', url, encoding ? { 'accept-encoding': encoding } : {}))),
  ...['/files/', '/files/text.txt', '/files/deep/', '/files/deep', '/files/nope.txt', '/files/a%20b%23c%3F.txt', '/text.txt'].map(url => get('listed', url)),
  ...['/text.txt', '/data.json'].map(url => get('allowed', url)),
  ...['/', '/deep', '/deep/', '/bare', '/bare/', '/nope', '/nope/', '/text.txt', '/bare?format=html', '/bare?format=other'].map(url => get('folders', url)),
  ...['/public', '/public/', '/public/index', '/public/index.json', '/public/deep', '/public/deep/', '/public/deep/index', '/public/nope/', '/public/nope/index', '/public/index.html', '/public/.secret/'].map(url => get('named', url)),
  ...['/public/', '/public/list', '/public/deep', '/public/deep/', '/public/deep/list', '/public/bare/list', '/public/bare?format=json', '/public/nope/list'].map(url => get('page', url)),
  get('page', '/public/bare', {}, 'HEAD'),
  ...['/', '/page', '/page.html', '/text.txt', '/deep/', '/deep', '/only.txt'].map(url => get('narrow', url)),
  ...['/file', '/other', '/aged', '/up', '/missing', '/download', '/download-plain', '/teapot'].map(url => get('sends', url)), get('sends', '/file', { range: 'bytes=0-1' }),
];
