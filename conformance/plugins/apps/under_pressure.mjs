import underPressure from '@fastify/under-pressure';

const with_ = options => async app => {
  await app.register(underPressure, options);
  app.get('/', async () => 'ok');
};

export const apps = {
  status: with_({ exposeStatusRoute: true }),
  healthy: with_({ healthCheck: async () => ({ metric: 1, secret: 'x' }), exposeStatusRoute: { url: '/alive', routeResponseSchemaOpts: { metric: { type: 'number' } } } }),
  unhealthy: with_({ healthCheck: async () => false, healthCheckInterval: 100000, exposeStatusRoute: '/alive', retryAfter: 50, message: 'Under pressure!' }),
  failing: with_({ healthCheck: async () => { throw new Error('down'); }, healthCheckInterval: 100000 }),
};
const urls = ['/', '/status', '/alive', '/missing'];
export const requests = Object.keys(apps).flatMap(app => urls.map(url => ({ app, url })));
