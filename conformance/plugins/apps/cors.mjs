import cors from '@fastify/cors';

const with_ = options => async app => {
  app.register(cors, options);
  app.get('/', async () => 'ok');
  app.put('/', async () => 'ok');
};

export const apps = {
  default: with_({}),
  reflect: with_({ origin: true, credentials: true, methods: ['GET', 'PUT'], allowedHeaders: ['x-a', 'x-b'], exposedHeaders: ['x-c', 'x-d'], maxAge: 600, cacheControl: 30 }),
  fixed: with_({ origin: 'https://app.example', cacheControl: 'public, max-age=5' }),
  list: with_({ origin: ['https://a.example', /\.b\.example$/] }),
  star: with_({ origin: ['https://a.example', '*'] }),
  off: with_({ origin: false }),
  fails: with_({ origin: (origin, callback) => callback(new Error('no such origin')) }),
  chosen: with_({ origin: async origin => origin === 'https://a.example' }),
  loose: with_({ strictPreflight: false, optionsSuccessStatus: 200 }),
  continues: async app => {
    app.register(cors, { preflightContinue: true });
    app.options('/own', async () => 'own answer');
    app.get('/', async () => 'ok');
  },
  'no preflight': async app => {
    app.register(cors, { preflight: false });
    app.options('/own', async () => 'own answer');
  },
  'guarded late': async app => {
    app.register(cors, { origin: ['http://localhost:5173'], methods: ['GET', 'PUT'], credentials: true });
    app.addHook('onRequest', async (request, reply) => reply.code(401).send({ error: 'unauthorized' }));
    app.put('/api/me', async () => 'ok');
  },
  routes: async app => {
    app.register(cors, { origin: 'https://a.example' });
    app.get('/none', { config: { cors: false } }, async () => 'ok');
    app.get('/other', { config: { cors: { origin: 'https://b.example', exposedHeaders: 'x-e' } } }, async () => 'ok');
    app.get('/usual', async () => 'ok');
  },
  vary: async app => {
    app.addHook('onRequest', async (request, reply) => { reply.header('vary', request.headers['x-vary'] ?? 'Accept'); });
    app.register(cors, { origin: true });
    app.get('/', async () => 'ok');
  },
  'pre-validation': with_({ hook: 'preValidation', origin: 'https://a.example' }),
  delegated: async app => {
    app.register(cors, { delegator: async request => ({ origin: request.headers.origin?.endsWith('.b.example') ? 'https://b.example' : false, credentials: true }) });
    app.get('/', async () => 'ok');
  },
};

const origins = [undefined, 'https://a.example', 'https://x.b.example', 'https://app.example', 'null'];
const simple = app => origins.map(origin => ({ app, url: '/', headers: origin ? { origin } : {} }));
const preflight = (app, url = '/', headers = {}) => ({ app, method: 'OPTIONS', url, headers: { origin: 'https://a.example', 'access-control-request-method': 'PUT', ...headers } });
export const requests = [
  ...['default', 'reflect', 'fixed', 'list', 'star', 'off', 'fails', 'chosen', 'pre-validation', 'delegated'].flatMap(app => [
    ...simple(app), preflight(app), preflight(app, '/nowhere'), preflight(app, '/', { 'access-control-request-headers': 'X-One, x-two' }),
    { app, method: 'OPTIONS', url: '/', headers: {} }, { app, method: 'OPTIONS', url: '/', headers: { origin: 'https://a.example' } },
  ]),
  preflight('loose'), { app: 'loose', method: 'OPTIONS', url: '/', headers: {} },
  preflight('continues'), preflight('continues', '/own'),
  preflight('no preflight', '/own'), preflight('no preflight'),
  preflight('guarded late', '/api/me', { origin: 'http://localhost:5173' }), { app: 'guarded late', method: 'PUT', url: '/api/me', headers: { origin: 'http://localhost:5173' } },
  { app: 'guarded late', method: 'PUT', url: '/api/me', headers: { origin: 'http://evil.example' } },
  ...['/none', '/other', '/usual', '/missing'].map(url => ({ app: 'routes', url, headers: { origin: 'https://b.example' } })),
  ...['Accept', '*', 'origin', 'Accept, Origin', 'Accept,*', ''].map(value => ({ app: 'vary', url: '/', headers: { origin: 'https://a.example', 'x-vary': value } })),
  preflight('vary', '/', { 'x-vary': 'Accept-Encoding' }),
];
