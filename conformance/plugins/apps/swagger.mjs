import swagger from '@fastify/swagger';

const with_ = (options, declare) => async app => {
  await app.register(swagger, { ...options, openapi: { openapi: '3.1.0', info: { title: 'Things', version: '1.2.3' }, ...options.openapi } });
  await declare(app);
  app.get('/document', { schema: { hide: true } }, async () => app.swagger());
};
const handler = async () => 'ok';

export const apps = {
  routes: with_({}, app => {
    app.get('/plain', handler);
    app.get('/users/:id/files/*', handler);
    app.get('/at/:hour(^\\d{2})h:minute(^\\d{2})m', handler);
    app.post('/things', { schema: {
      summary: 'Makes a thing', description: 'Long', tags: ['things'], operationId: 'makeThing', deprecated: true, 'x-own': { a: 1 }, consumes: ['application/json', 'text/yaml'], produces: ['application/json'],
      body: { type: 'object', description: 'A thing', required: ['name'], properties: { name: { type: 'string', minLength: 1 }, kind: { const: 'thing' }, note: { type: 'string', nullable: true }, raw: { type: 'string', contentEncoding: 'base64' } } },
      querystring: { type: 'object', required: ['page'], properties: { page: { type: 'integer', description: 'Which page', minimum: 1 }, size: { type: 'integer', default: 10, examples: [10, 20] } } },
      headers: { type: 'object', properties: { 'X-Key': { type: 'string' } } },
      response: { 201: { description: 'Made', type: 'object', properties: { id: { type: 'string' } }, headers: { 'X-Next': { type: 'string', description: 'Where to go on' } } }, 204: { description: 'Nothing', type: 'null' }, '4xx': { type: 'object', properties: { message: { type: 'string' } } }, default: { type: 'string' } },
    } }, handler);
    app.put('/things/:id', { schema: { params: { type: 'object', properties: { id: { type: 'integer', description: 'Its number' } } }, response: { 200: { content: { 'application/json': { schema: { type: 'string' } }, 'text/plain': { schema: { type: 'string' } } } } } } }, handler);
    app.get('/hidden', { schema: { hide: true } }, handler);
    app.get('/tagged-away', { schema: { tags: ['X-HIDDEN'] } }, handler);
    app.route({ method: ['PUT', 'PATCH'], url: '/both', handler });
  }),
  shared: with_({}, app => {
    app.addSchema({ $id: 'thing', type: 'object', description: 'The thing', properties: { id: { type: 'string' }, owner: { $ref: 'user#' } } });
    app.addSchema({ $id: 'user', type: 'object', title: 'A user', properties: { name: { type: 'string' } } });
    app.addSchema({ $id: 'paging', type: 'object', properties: { page: { type: 'integer' } } });
    app.post('/things', { schema: { body: { $ref: 'thing#' }, querystring: { $ref: 'paging#' }, response: { 200: { type: 'array', items: { $ref: 'thing#' } }, 404: { $ref: 'user#' } } } }, handler);
    app.get('/name', { schema: { response: { 200: { $ref: 'user#/properties/name' } } } }, handler);
  }),
  secured: with_({ openapi: { servers: [{ url: 'https://api.example/{stage}', variables: { stage: { default: 'v1' } } }], tags: [{ name: 'a' }], security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' }, bearer: { type: 'http', scheme: 'bearer' } } }, 'x-document': true } }, app => {
    app.get('/v1/things', { schema: { security: [{ bearer: [] }], headers: { type: 'object', properties: { 'X-Key': { type: 'string' }, authorization: { type: 'string' }, other: { type: 'string' } } } } }, handler);
  }),
  untagged: with_({ hideUntagged: true, exposeHeadRoutes: true }, async app => {
    app.get('/no', handler);
    app.get('/yes', { schema: { tags: ['t'], operationId: 'yes' } }, handler);
    await app.register(async child => { child.get('/deep', { schema: { tags: ['t'] } }, handler); }, { prefix: '/child' });
  }),
};
export const requests = Object.keys(apps).map(app => ({ app, url: '/document' }));
