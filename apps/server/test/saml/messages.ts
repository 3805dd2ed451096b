import { constants, createCipheriv, publicEncrypt, randomBytes, randomUUID, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import type { KeyPair } from '@rollcall/testkit/key-pair';
import { SignedXml } from 'xml-crypto';
import { encrypt } from 'xml-encryption';

/** What a message says; a provider that lies says something else in one of them. */
export interface Said {
  readonly issuer: string;
  readonly responseId: string;
  readonly assertionId: string;
  readonly inResponseTo: string | null;
  readonly destination: string | null;
  readonly recipient: string;
  readonly audience: string;
  readonly nameId: string;
  readonly nameIdFormat: string;
  readonly notBefore: Date;
  readonly notOnOrAfter: Date;
  readonly authenticatedAt: Date;
  readonly sessionEndsAt: Date | null;
  readonly status: string;
  /** Name and value; a name can come twice. */
  readonly attributes: readonly (readonly [string, string])[];
}

export const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1000);
export const newMessageId = (): string => `_${randomUUID()}`;

const attribute = (name: string, value: string | null): string =>
  value === null ? '' : ` ${name}="${value}"`;

export function assertionOf(said: Said): string {
  const attributes = said.attributes.map(
    ([name, value]) =>
      `<saml:Attribute Name="${name}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`,
  );
  const window = `NotBefore="${said.notBefore.toISOString()}" NotOnOrAfter="${said.notOnOrAfter.toISOString()}"`;
  const data = `Recipient="${said.recipient}" NotOnOrAfter="${said.notOnOrAfter.toISOString()}"${attribute('InResponseTo', said.inResponseTo)}`;
  return [
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${said.assertionId}" Version="2.0" IssueInstant="${new Date().toISOString()}">`,
    `<saml:Issuer>${said.issuer}</saml:Issuer>`,
    `<saml:Subject><saml:NameID Format="${said.nameIdFormat}">${said.nameId}</saml:NameID>`,
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData ${data}/></saml:SubjectConfirmation></saml:Subject>`,
    `<saml:Conditions ${window}><saml:AudienceRestriction><saml:Audience>${said.audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${said.authenticatedAt.toISOString()}" SessionIndex="session-${said.nameId}"${attribute('SessionNotOnOrAfter', said.sessionEndsAt?.toISOString() ?? null)}>`,
    '<saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:X509</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>',
    attributes.length === 0
      ? ''
      : `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement>`,
    '</saml:Assertion>',
  ].join('');
}

export function responseOf(said: Said, assertion: string): string {
  return [
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${said.responseId}" Version="2.0" IssueInstant="${new Date().toISOString()}"${attribute('Destination', said.destination)}${attribute('InResponseTo', said.inResponseTo)}>`,
    `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${said.issuer}</saml:Issuer>`,
    `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${said.status}"/></samlp:Status>`,
    assertion,
    '</samlp:Response>',
  ].join('');
}

export interface Signing {
  readonly key: KeyPair;
  readonly signature?: string;
  readonly digest?: string;
  readonly transforms?: readonly string[];
}

const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
export const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

/** Signs the element of this name, whose certificate it puts beside the signature as providers do. */
export function signed(xml: string, name: string, { key, signature, digest, transforms }: Signing): string {
  const signer = new SignedXml({
    privateKey: key.privateKey,
    publicCert: key.certificate,
    signatureAlgorithm: signature ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: EXCLUSIVE,
  });
  const element = `//*[local-name(.)='${name}']`;
  signer.addReference({
    xpath: element,
    transforms: [...(transforms ?? [ENVELOPED, EXCLUSIVE])],
    digestAlgorithm: digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
  });
  signer.computeSignature(xml, {
    location: { reference: `${element}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signer.getSignedXml();
}

/** Encrypts an assertion for whoever has the key of this certificate. */
export async function encrypted(assertion: string, certificate: string, key?: string): Promise<string> {
  const data = await promisify(encrypt)(assertion, {
    rsa_pub: certificate,
    pem: certificate,
    encryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    keyEncryptionAlgorithm: (key ?? 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p') as never,
    warnInsecureAlgorithm: false,
  });
  return `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${data}</saml:EncryptedAssertion>`;
}

const XMLENC = 'http://www.w3.org/2001/04/xmlenc#';
const XMLENC11 = 'http://www.w3.org/2009/xmlenc11#';

/** The same as Keycloak does it: the key is wrapped by RSA-OAEP of XML Encryption 1.1. */
export function encryptedByOaep11(assertion: string, certificate: string, mask = 'mgf1sha256'): string {
  const [key, iv] = [randomBytes(32), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const content = Buffer.concat([iv, cipher.update(assertion), cipher.final(), cipher.getAuthTag()]);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const wrapped = publicEncrypt({ key: certificate, padding, oaepHash: 'sha256' }, key);
  const dataOf = (bytes: Buffer) =>
    `<xenc:CipherData><xenc:CipherValue>${bytes.toString('base64')}</xenc:CipherValue></xenc:CipherData>`;
  return [
    `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"><xenc:EncryptedData xmlns:xenc="${XMLENC}" Type="${XMLENC}Element">`,
    `<xenc:EncryptionMethod Algorithm="${XMLENC11}aes256-gcm"/><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedKey>`,
    `<xenc:EncryptionMethod Algorithm="${XMLENC11}rsa-oaep"><ds:DigestMethod Algorithm="${XMLENC}sha256"/>`,
    `<xenc11:MGF xmlns:xenc11="${XMLENC11}" Algorithm="${XMLENC11}${mask}"/></xenc:EncryptionMethod>${dataOf(wrapped)}`,
    `</xenc:EncryptedKey></ds:KeyInfo>${dataOf(content)}</xenc:EncryptedData></saml:EncryptedAssertion>`,
  ].join('');
}

/** The parts of a message that was signed. */
export const signatureIn = (xml: string): string => /<Signature [\s\S]*?<\/Signature>/.exec(xml)?.[0] ?? '';
export const assertionIn = (xml: string): string =>
  /<saml:Assertion [\s\S]*<\/saml:Assertion>/.exec(xml)?.[0] ?? '';

/** What a request to sign out says. */
export interface SaidLogout {
  readonly id: string;
  readonly issuer: string;
  readonly destination: string;
  readonly issuedAt: Date;
  readonly nameId: string;
  readonly sessionIndexes: readonly string[];
}

export const logoutOf = (said: SaidLogout): string =>
  [
    `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${said.id}" Version="2.0" IssueInstant="${said.issuedAt.toISOString()}" Destination="${said.destination}">`,
    `<saml:Issuer>${said.issuer}</saml:Issuer><saml:NameID>${said.nameId}</saml:NameID>`,
    ...said.sessionIndexes.map((index) => `<samlp:SessionIndex>${index}</samlp:SessionIndex>`),
    '</samlp:LogoutRequest>',
  ].join('');

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';

/** The query of an address that is signed as a whole. */
export function signedQuery(
  xml: string,
  { privateKey }: KeyPair,
  algorithm = RSA_SHA256,
  relayState = 'back',
): string {
  const message = new URLSearchParams({
    SAMLRequest: deflateRawSync(xml).toString('base64'),
    RelayState: relayState,
    SigAlg: algorithm,
  }).toString();
  const signature = sign(algorithm.endsWith('sha1') ? 'sha1' : 'sha256', Buffer.from(message), privateKey);
  return `${message}&Signature=${encodeURIComponent(signature.toString('base64'))}`;
}
