// A small OpenID Connect provider on this machine: it says yes to everybody, as the person it was started with.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';

const encoded = value => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** `person`: { sub, email, given_name, family_name }. Gives its origin and how to stop it. */
export async function startIssuer(person) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const codes = new Map();
  let origin;
  const idToken = claims => {
    const text = `${encoded({ alg: 'RS256', kid: 'k1' })}.${encoded(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const answers = {
    '/.well-known/openid-configuration': () => ({
      issuer: origin, authorization_endpoint: `${origin}/authorize`, token_endpoint: `${origin}/token`,
      userinfo_endpoint: `${origin}/userinfo`, jwks_uri: `${origin}/jwks`,
    }),
    '/jwks': () => ({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] }),
    '/userinfo': () => ({ email_verified: true, ...person }),
    '/token': form => {
      const asked = codes.get(form.get('code'));
      codes.delete(form.get('code'));
      const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
      if (!asked || asked.get('code_challenge') !== challenge) return { error: 'invalid_grant' };
      const now = Math.floor(Date.now() / 1000);
      return {
        access_token: randomUUID(), token_type: 'Bearer', scope: asked.get('scope'),
        id_token: idToken({ iss: origin, aud: asked.get('client_id'), sub: person.sub, nonce: asked.get('nonce'), iat: now, exp: now + 60 }),
      };
    },
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, origin);
    if (url.pathname === '/authorize') {
      const code = randomUUID();
      codes.set(code, url.searchParams);
      const back = new URL(url.searchParams.get('redirect_uri'));
      back.searchParams.set('state', url.searchParams.get('state'));
      back.searchParams.set('code', code);
      return response.writeHead(302, { location: back.href }).end();
    }
    let body = '';
    for await (const chunk of request) body += chunk;
    const answer = answers[url.pathname]?.(new URLSearchParams(body));
    response.writeHead(!answer ? 404 : answer.error ? 400 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${server.address().port}`;
  return { origin, stop: () => new Promise(resolve => server.close(resolve)) };
}
