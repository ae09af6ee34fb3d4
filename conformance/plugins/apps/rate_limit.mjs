import rateLimit from '@fastify/rate-limit';

export const apps = {
  async default(app) {
    await app.register(rateLimit, {});
    app.get('/', async () => 'ok');
  },
  async two(app) {
    await app.register(rateLimit, { max: 2, timeWindow: '1 minute' });
    app.get('/', async () => 'ok');
    app.get('/other', async () => 'ok');
    app.get('/free', { config: { rateLimit: false } }, async () => 'ok');
    app.get('/own', { config: { rateLimit: { max: 1, timeWindow: 3600000 } } }, async () => 'ok');
  },
  async draft(app) {
    await app.register(rateLimit, { max: 1, enableDraftSpec: true });
    app.get('/', async () => 'ok');
  },
  async banned(app) {
    await app.register(rateLimit, { max: 1, ban: 1 });
    app.get('/', async () => 'ok');
  },
  async keyed(app) {
    await app.register(rateLimit, { max: 1, allowList: ['friend'], keyGenerator: request => request.headers['x-key'] ?? 'none', addHeaders: { 'x-ratelimit-reset': false, 'retry-after': false }, addHeadersOnExceeding: { 'x-ratelimit-limit': false } });
    app.get('/', async () => 'ok');
  },
  async built(app) {
    await app.register(rateLimit, { max: 0, timeWindow: '90 s', errorResponseBuilder: (request, context) => ({ statusCode: 418, error: 'Teapot', message: `${context.max} ${context.after} ${context.ban}`, extra: 1 }) });
    app.get('/', async () => 'ok');
  },
  async local(app) {
    await app.register(rateLimit, { global: false, max: 1 });
    app.get('/', async () => 'ok');
    app.get('/on', { config: { rateLimit: { timeWindow: '2 hours' } } }, async () => 'ok');
  },
  async grouped(app) {
    await app.register(rateLimit, { global: false });
    app.get('/a', { config: { rateLimit: { max: 1, groupId: 'g' } } }, async () => 'ok');
    app.get('/b', { config: { rateLimit: { max: 1, groupId: 'g' } } }, async () => 'ok');
  },
  async proxied(app) {
    await app.register(rateLimit, { max: 1 });
    app.get('/', async () => 'ok');
  },
  async 'not found'(app) {
    await app.register(rateLimit, { max: 1 });
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => { reply.code(404).send('nothing here'); });
  },
};
export const options = { proxied: { trustProxy: true } };
const times = (count, request) => Array.from({ length: count }, () => request);
export const requests = [
  ...times(2, { app: 'default', url: '/' }),
  ...times(2, { app: 'two', url: '/' }), ...times(2, { app: 'two', url: '/other' }), { app: 'two', url: '/free' }, ...times(2, { app: 'two', url: '/own' }), { app: 'two', url: '/missing' },
  ...times(2, { app: 'draft', url: '/' }), ...times(4, { app: 'banned', url: '/' }),
  ...['a', 'b', 'a', 'friend', 'friend'].map(key => ({ app: 'keyed', url: '/', headers: { 'x-key': key } })),
  { app: 'built', url: '/' }, { app: 'local', url: '/' }, ...times(2, { app: 'local', url: '/on' }),
  ...['/a', '/b', '/a'].map(url => ({ app: 'grouped', url })),
  ...['2001:db8:1:2:3::1', '2001:db8:1:2:ffff::2', '2001:db8:1:3::1', '::ffff:10.0.0.1', '10.0.0.1', '10.0.0.2'].map(address => ({ app: 'proxied', url: '/', headers: { 'x-forwarded-for': address } })),
  ...times(2, { app: 'not found', url: '/x' }),
];
