import { X509Certificate } from 'node:crypto';

/** A certificate of a provider that can be used. */
export interface ReadCertificate {
  /** As PEM. */
  readonly pem: string;
  readonly subject: string;
  /** SHA-256, as colon-separated hexadecimal numbers. */
  readonly fingerprint: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
}

const MIN_BITS = 2048;
/** While one replaces another there are two; some providers list the next ones as well. */
export const MAX_CERTIFICATES = 10;

/** Reads a certificate as PEM, or as the text between the lines of PEM. Answers what is wrong with it as a text. */
export function readCertificate(text: string): ReadCertificate | string {
  const base64 = text.replaceAll(/-----(BEGIN|END) CERTIFICATE-----/g, '').replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+=*$/.test(base64)) return 'is no certificate: copy it as PEM.';
  let read: X509Certificate;
  try {
    read = new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    return 'is no certificate: copy it as PEM.';
  }
  const { asymmetricKeyType, asymmetricKeyDetails } = read.publicKey;
  if (asymmetricKeyType !== 'rsa')
    return `has a key of the kind ${asymmetricKeyType}: messages are verified with RSA keys.`;
  if ((asymmetricKeyDetails?.modulusLength ?? 0) < MIN_BITS)
    return `has a key of ${asymmetricKeyDetails?.modulusLength} bits: ${MIN_BITS} are the least.`;
  return {
    pem: read.toString(),
    subject: read.subject,
    fingerprint: read.fingerprint256,
    validFrom: read.validFromDate,
    validUntil: read.validToDate,
  };
}

/** The SHA-256 fingerprint of a certificate that is kept, as PEM. */
export const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256;

/** Until when a certificate that is kept says that it is valid. */
export const expiryOf = (pem: string): Date => new X509Certificate(pem).validToDate;
