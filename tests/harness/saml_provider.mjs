// An identity provider of SAML 2.0 for tests: it reads a request from an address and signs an answer to it. What it signs is written in
// canonical form to begin with (exclusive canonicalization: each element declares what it uses, attributes in order, no empty tags).
import { execFileSync } from 'node:child_process';
import { createHash, createSign, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { temporaryFolder } from './process.mjs';

const ASSERTION = 'urn:oasis:names:tc:SAML:2.0:assertion';
const PROTOCOL = 'urn:oasis:names:tc:SAML:2.0:protocol';
const SIGNATURE = 'http://www.w3.org/2000/09/xmldsig#';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const newId = () => `_${randomBytes(16).toString('hex')}`;
const at = milliseconds => new Date(milliseconds).toISOString();

export class SamlProvider {
  entityId = 'https://idp.example';
  ssoUrl = 'https://idp.example/sso';

  constructor() {
    const folder = temporaryFolder('saml-provider');
    const [key, certificate] = ['key.pem', 'certificate.pem'].map(name => path.join(folder, name));
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=idp.example', '-keyout', key, '-out', certificate],
      { stdio: 'ignore' });
    this.key = readFileSync(key, 'utf8');
    this.certificate = readFileSync(certificate, 'utf8');
  }

  /** What a connection must know of it. */
  get settings() { return { idp_entity_id: this.entityId, idp_sso_url: this.ssoUrl, idp_certificate: this.certificate }; }

  /** The id and state of the request that a browser was sent here with. */
  read(address) {
    const query = new URL(address).searchParams;
    const xml = inflateRawSync(Buffer.from(query.get('SAMLRequest'), 'base64')).toString();
    return { id: / ID="([^"]+)"/.exec(xml)[1], relayState: query.get('RelayState') };
  }

  /** The form that the browser posts: somebody with these attributes was signed in for `request`. */
  answer({ acs_url: consumer, sp_entity_id: audience }, request, nameId, attributes) {
    const now = Date.now();
    const id = newId();
    const issuer = `<saml:Issuer>${this.entityId}</saml:Issuer>`;
    const values = Object.entries(attributes).map(([name, value]) =>
      `<saml:Attribute Name="${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`).join('');
    const content = [
      `<saml:Subject><saml:NameID>${nameId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">`,
      `<saml:SubjectConfirmationData InResponseTo="${request.id}" NotOnOrAfter="${at(now + 300_000)}" Recipient="${consumer}"></saml:SubjectConfirmationData>`,
      '</saml:SubjectConfirmation></saml:Subject>',
      `<saml:Conditions NotBefore="${at(now - 1000)}" NotOnOrAfter="${at(now + 300_000)}"><saml:AudienceRestriction>`,
      `<saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
      `<saml:AuthnStatement AuthnInstant="${at(now)}"><saml:AuthnContext><saml:AuthnContextClassRef>`,
      'urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>',
      `<saml:AttributeStatement>${values}</saml:AttributeStatement>`,
    ].join('');
    const assertion = signature => `<saml:Assertion xmlns:saml="${ASSERTION}" ID="${id}" IssueInstant="${at(now)}" Version="2.0">${issuer}${signature}${content}</saml:Assertion>`;
    const response = `<samlp:Response xmlns:samlp="${PROTOCOL}" Destination="${consumer}" ID="${newId()}" InResponseTo="${request.id}" IssueInstant="${at(now)}" Version="2.0">`
      + issuer.replace('<saml:Issuer>', `<saml:Issuer xmlns:saml="${ASSERTION}">`)
      + '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode></samlp:Status>'
      + `${assertion(this.#signature(id, assertion('')))}</samlp:Response>`;
    return { SAMLResponse: Buffer.from(response).toString('base64'), RelayState: request.relayState };
  }

  #signature(id, canonical) {
    const digest = createHash('sha256').update(canonical).digest('base64');
    const signedInfo = namespace => `<ds:SignedInfo${namespace}><ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"></ds:CanonicalizationMethod>`
      + '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"></ds:SignatureMethod>'
      + `<ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="${SIGNATURE}enveloped-signature"></ds:Transform>`
      + `<ds:Transform Algorithm="${EXCLUSIVE}"></ds:Transform></ds:Transforms>`
      + `<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
    // Canonicalized alone, it declares the prefix that the signature around it declares.
    const value = createSign('sha256').update(signedInfo(` xmlns:ds="${SIGNATURE}"`)).sign(this.key, 'base64');
    return `<ds:Signature xmlns:ds="${SIGNATURE}">${signedInfo('')}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
  }
}
