import 'reflect-metadata';
import { X509CertificateGenerator } from '@peculiar/x509';

/** A key of ours and the certificate that providers know it by, as PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly privateKey: string;
}

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
/** Providers take a certificate for a key with a name; few look at when it ends. */
const YEARS = 10;

/** Makes a key and a certificate that it signs itself. */
export async function makeKeyPair(): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const now = new Date();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: ['Rollcall'] }],
    notBefore: now,
    notAfter: new Date(Date.UTC(now.getUTCFullYear() + YEARS, now.getUTCMonth(), now.getUTCDate())),
    signingAlgorithm: ALGORITHM,
    keys,
  });
  const exported = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  const lines = exported.toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
  };
}
