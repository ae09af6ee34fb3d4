// Session tokens made by the test itself, with a key of its own: right ones, and every kind of wrong one.
import crypto from 'node:crypto';

const encode = value => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export class TokenMaker {
  /** `publishableKey` names the issuer, as in an instance. */
  constructor(publishableKey, { keyId = 'ins_twin', modulusLength = 2048 } = {}) {
    const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength });
    this.privateKey = privateKey;
    this.keyId = keyId;
    this.publicPem = publicKey.export({ type: 'spki', format: 'pem' });
    this.issuer = `https://${Buffer.from(publishableKey.split('_')[2], 'base64').toString().slice(0, -1)}`;
  }

  /** A session token; `claims` and `header` replace what is there, undefined leaves one out. Times are seconds from now. */
  make({ claims = {}, header = {}, age = 0, life = 60 } = {}) {
    const issued = Math.floor(Date.now() / 1000) - age;
    return this.sign(
      { alg: 'RS256', cat: 'cl_B7d4PD111AAA', kid: this.keyId, typ: 'JWT', ...header },
      {
        azp: undefined, exp: issued + life, fva: [0, -1], iat: issued, iss: this.issuer, jti: crypto.randomBytes(10).toString('hex'),
        nbf: issued - 10, sid: 'sess_2twin000000000000000000000', sts: 'active', sub: 'user_2twin000000000000000000000', v: 2, ...claims,
      });
  }

  sign(header, claims) {
    const signed = `${encode(header)}.${encode(claims)}`;
    return `${signed}.${crypto.sign('RSA-SHA256', Buffer.from(signed), this.privateKey).toString('base64url')}`;
  }
}

/** The claims of a token, unverified. */
export const claimsOf = token => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

/** The token with one bit of its signature turned over. */
export function tamperSignature(token) {
  const [header, claims, signature] = token.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[10] ^= 1;
  return `${header}.${claims}.${bytes.toString('base64url')}`;
}

/** The token with other claims under the old signature. */
export function tamperClaims(token, changes) {
  const [header, , signature] = token.split('.');
  return `${header}.${encode({ ...claimsOf(token), ...changes })}.${signature}`;
}

/** The suffix that Clerk's cookies of one instance carry. */
export const cookieSuffix = publishableKey =>
  crypto.createHash('sha1').update(publishableKey).digest('base64').replaceAll('+', '-').replaceAll('/', '_').slice(0, 8);
