import helmet from '@fastify/helmet';

const with_ = options => async app => {
  await app.register(helmet, options);
  app.get('/', async () => 'ok');
};

export const apps = {
  default: with_({}),
  'no csp': with_({ contentSecurityPolicy: false, crossOriginEmbedderPolicy: true }),
  directives: with_({ contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], 'script-src': ["'self'", 'https://cdn.example'], styleSrc: null, imgSrc: '*', sandbox: [] } } }),
  'no defaults': with_({ contentSecurityPolicy: { useDefaults: false, reportOnly: true, directives: { 'default-src': ["'none'"], 'report-uri': ['/csp'] } } }),
  options: with_({
    crossOriginEmbedderPolicy: { policy: 'credentialless' }, crossOriginOpenerPolicy: { policy: 'unsafe-none' }, crossOriginResourcePolicy: { policy: 'cross-origin' },
    referrerPolicy: { policy: ['origin', 'unsafe-url'] }, strictTransportSecurity: { maxAge: 123.9, includeSubDomains: false, preload: true },
    xDnsPrefetchControl: { allow: true }, xFrameOptions: { action: 'deny' }, xPermittedCrossDomainPolicies: { permittedPolicies: 'by-content-type' },
  }),
  off: with_({ strictTransportSecurity: false, xContentTypeOptions: false, xDnsPrefetchControl: false, xDownloadOptions: false, xFrameOptions: { action: 'same-origin' }, xPermittedCrossDomainPolicies: false, xPoweredBy: false, xXssProtection: false, originAgentCluster: false }),
  local: async app => {
    await app.register(helmet, { global: false });
    app.get('/', async () => 'ok');
    app.get('/on', { helmet: { xFrameOptions: false } }, async () => 'ok');
  },
  routes: async app => {
    await app.register(helmet, { contentSecurityPolicy: false });
    app.get('/', async () => 'ok');
    app.get('/off', { helmet: false }, async () => 'ok');
    app.get('/own', { helmet: { xFrameOptions: { action: 'deny' }, contentSecurityPolicy: { directives: { 'script-src': ["'none'"] } } } }, async () => 'ok');
    app.get('/throws', async () => { throw new Error('no'); });
  },
  nonces: with_({ enableCSPNonces: true }),
  'nonces and directives': with_({ enableCSPNonces: true, contentSecurityPolicy: { directives: { 'script-src': ["'self'"], 'style-src': ["'self'"] } } }),
};
export const requests = [
  ...Object.keys(apps).map(app => ({ app, url: '/' })),
  { app: 'default', url: '/missing' }, { app: 'local', url: '/on' }, { app: 'routes', url: '/off' }, { app: 'routes', url: '/own' }, { app: 'routes', url: '/throws' },
];
