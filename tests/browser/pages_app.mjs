// An app with pages of its own origin that mount Clerk's components, and a protected route: Fastify with Clerk's own SDK for Node.
// PAGES_PROXY=1: the app is also where the browser finds the Frontend API (frontendApiProxy); else its pages go to the instance.
import Fastify from 'fastify';
import { clerkClient, clerkPlugin, getAuth } from '@clerk/fastify';

const { CLERK_API_URL: apiUrl, CLERK_FAPI_URL: instance, PAGES_PROXY: proxies } = process.env;
const app = Fastify({ logger: true });

if (proxies) {
  // The proxy wants bodies as they came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request, payload, done) => done(null));
  app.register(clerkPlugin, { apiUrl, frontendApiProxy: { enabled: true }, hookName: 'onRequest' });
  app.all('/__clerk/*', (request, reply) => reply.code(404).send('the proxy did not answer'));
} else {
  app.register(clerkPlugin, { apiUrl, proxyUrl: `${instance}/__clerk` });
}

/** The instance's page as if it were written for this app: scripts come from there, and so does the Frontend API unless it is proxied. */
async function page(request, reply) {
  let html = (await (await fetch(instance + new URL(request.url, instance).pathname)).text()).replaceAll('src="/', `src="${instance}/`);
  if (!proxies) html = html.replace('"proxyUrl":"/__clerk"', `"proxyUrl":"${instance}/__clerk"`);
  return reply.type('text/html').send(html);
}
for (const path of ['/', '/sign-in', '/sign-in/*', '/sign-up', '/sign-up/*', '/user', '/organization']) app.get(path, page);

app.get('/me', async (request, reply) => {
  const { isAuthenticated, userId, orgSlug } = getAuth(request);
  if (!isAuthenticated) return reply.code(401).send({ error: 'signed out' });
  const { firstName } = await clerkClient.users.getUser(userId);
  return { userId, firstName, orgSlug };
});

await app.listen({ port: Number(process.env.PORT), host: 'localhost' });
