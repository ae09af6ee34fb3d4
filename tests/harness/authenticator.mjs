// A passkey in software: one key on P-256, and what Clerk's browser client sends of its answers (Web Authentication Level 3).
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const encoded = bytes => Buffer.from(bytes).toString('base64url');
const sha256 = bytes => createHash('sha256').update(bytes).digest();

export class Authenticator {
  #id = randomBytes(16);
  #key = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  constructor(origin) { this.origin = origin; }

  /** For a registration; `options` is the text that the instance gives. */
  register(options) {
    const { x, y } = this.#key.publicKey.export({ format: 'jwk' });
    const cose = Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')]);
    const data = Buffer.concat([this.#data(0x45), Buffer.alloc(16), Buffer.from([0, 16]), this.#id, cose]);
    const attestation = Buffer.concat([Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'), Buffer.from([data.length]), data]);
    return this.#credential({ clientDataJSON: encoded(this.#client('webauthn.create', options)), attestationObject: encoded(attestation), transports: [] });
  }

  assert(options, userHandle) {
    const client = this.#client('webauthn.get', options), data = this.#data(0x05);
    const signature = sign('sha256', Buffer.concat([data, sha256(client)]), this.#key.privateKey);
    return this.#credential({ clientDataJSON: encoded(client), authenticatorData: encoded(data), signature: encoded(signature), userHandle: encoded(userHandle) });
  }

  #client(type, options) {
    return Buffer.from(JSON.stringify({ type, challenge: JSON.parse(options).challenge, origin: this.origin, crossOrigin: false }));
  }

  #data(flags) { return Buffer.concat([sha256(new URL(this.origin).hostname), Buffer.from([flags, 0, 0, 0, 0])]); }

  #credential(response) {
    const id = encoded(this.#id);
    return JSON.stringify({ type: 'public-key', id, rawId: id, authenticatorAttachment: 'platform', response });
  }
}
