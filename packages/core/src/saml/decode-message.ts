import { SamlRefused } from './saml-refused.ts';

const BASE64 = /^[A-Za-z0-9+/\s]+=?\s*=?\s*$/;

/** The XML of a form field. @throws SamlRefused */
export function decodeMessage(base64: string): string {
  if (!BASE64.test(base64)) throw new SamlRefused('The message is not written in Base64.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    throw new SamlRefused('The message is not written in UTF-8.');
  }
}
