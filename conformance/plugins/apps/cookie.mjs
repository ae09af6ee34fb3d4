import cookie from '@fastify/cookie';

const echo = app => app.get('/', async request => ({ cookies: request.cookies }));

export const apps = {
  async default(app) {
    app.register(cookie);
    echo(app);
    app.get('/set', (request, reply) => reply.setCookie('foo', 'foo', { path: '/' }).send({ ok: true }));
    app.get('/set-all', (request, reply) => reply
      .setCookie('a', 'one two', { path: '/x', domain: 'example.com', maxAge: 60, httpOnly: true, secure: true, sameSite: 'strict', priority: 'high', partitioned: true, expires: new Date(1700000000000) })
      .setCookie('b', 'é;,"%', { sameSite: 'none', secure: true })
      .setCookie('c', 'plain', { sameSite: false })
      .setCookie('d', 'x', { sameSite: true, priority: 'low' })
      .send('ok'));
    app.get('/twice', (request, reply) => reply.setCookie('a', '1').setCookie('a', '2').setCookie('a', '3', { path: '/other' }).send('ok'));
    app.get('/with-header', (request, reply) => reply.header('set-cookie', 'raw=1').setCookie('a', '1').send('ok'));
    app.get('/clear', (request, reply) => reply.clearCookie('foo').clearCookie('bar', { path: '/p', domain: 'a.example' }).send('ok'));
    app.get('/auto', (request, reply) => reply.setCookie('foo', 'foo', { path: '/', secure: 'auto' }).send('ok'));
    app.get('/bad-name', (request, reply) => reply.setCookie('a;b', 'x').send('ok'));
    app.get('/bad-domain', (request, reply) => reply.setCookie('a', 'x', { domain: 'exa mple' }).send('ok'));
    app.get('/bad-path', (request, reply) => reply.setCookie('a', 'x', { path: '/a;b' }).send('ok'));
    app.get('/bad-same-site', (request, reply) => reply.setCookie('a', 'x', { sameSite: 'loose' }).send('ok'));
    app.get('/bad-priority', (request, reply) => reply.setCookie('a', 'x', { priority: 'urgent' }).send('ok'));
  },
  async signed(app) {
    app.register(cookie, { secret: ['new secret', 'old secret'], parseOptions: { path: '/', httpOnly: true } });
    app.get('/set', (request, reply) => reply.setCookie('user', 'ada.lovelace', { signed: true }).send('ok'));
    app.get('/clear', (request, reply) => reply.clearCookie('user', { signed: true }).send('ok'));
    app.get('/unsign', async request => request.unsignCookie(request.cookies.user));
  },
  async off(app) {
    app.register(cookie, { hook: false });
    app.get('/', async request => ({ cookies: request.cookies ?? null }));
    app.get('/set', (request, reply) => reply.setCookie('a', '1').send({ cookies: request.cookies }));
  },
  async sha512(app) {
    app.register(cookie, { secret: 'k', algorithm: 'sha512' });
    app.get('/set', (request, reply) => reply.setCookie('user', 'ada', { signed: true }).send('ok'));
  },
};

const get = (app, url, cookie) => ({ app, url, ...(cookie === undefined ? {} : { headers: { cookie } }) });
export const requests = [
  ...[undefined, '', 'a=1', 'a=1; b=2', 'a=1;b=2; a=3', 'a', 'a;b=1', '=x', 'a=', 'a="quoted"', 'a=%20x%zz', 'a=%20x', 'a=%C3%A9', ' a = b ; c=d;', '__proto__=x; b=1',
    'a=b=c', 'toString=1', 'a=%FF', ';;;a=1;;', 'a=1,b=2'].map(header => get('default', '/', header)),
  ...['/set', '/set-all', '/twice', '/with-header', '/clear', '/auto', '/bad-name', '/bad-domain', '/bad-path', '/bad-same-site', '/bad-priority'].map(url => get('default', url)),
  get('signed', '/set'), get('signed', '/clear'),
  ...['ada.lovelace.', 'ada', 'ada.x', ''].map(value => get('signed', '/unsign', `user=${value}`)),
  get('signed', '/unsign', 'user=ada.lovelace.eVc1pubvJfCdG90pzY9iRUb2o2dgPgB80vsQ/IREQ/0'),
  get('off', '/', 'a=1'), get('off', '/set', 'a=1'), get('sha512', '/set'),
];
