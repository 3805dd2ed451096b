import { constants, createPublicKey, privateDecrypt, publicEncrypt } from 'node:crypto';
import { XMLENC, XMLENC11 } from './namespaces.ts';
import { NotDecrypted, SamlRefused } from './saml-refused.ts';
import { attributeOf, elementsIn, isNamed, onlyChild, textOf } from './xml.ts';

const OAEP = `${XMLENC}rsa-oaep-mgf1p`;
const OAEP_11 = `${XMLENC11}rsa-oaep`;

/** How Node calls the digests of RSA-OAEP. Node takes the same one for the mask, as providers do. */
const digests: Readonly<Record<string, { readonly hash: string; readonly mask: string }>> = {
  [`${XMLENC}sha256`]: { hash: 'sha256', mask: `${XMLENC11}mgf1sha256` },
  [`${XMLENC}sha512`]: { hash: 'sha512', mask: `${XMLENC11}mgf1sha512` },
};

/**
 * Wraps the key of what is encrypted anew, by the RSA-OAEP of XML Encryption 1.0, where it is wrapped by that of 1.1: the library
 * knows the former alone, and Keycloak sends the latter. Answers whether it did; what was signed around it is changed by it.
 *
 * @throws SamlRefused
 */
export function rewrapKey(encrypted: Element, privateKey: string): boolean {
  const key = [...elementsIn(encrypted)].find((each) => isNamed(each, XMLENC, 'EncryptedKey'));
  if (key === undefined) return false;
  const method = onlyChild(key, XMLENC, 'EncryptionMethod');
  if (attributeOf(method, 'Algorithm') !== OAEP_11) return false;
  const value = onlyChild(onlyChild(key, XMLENC, 'CipherData'), XMLENC, 'CipherValue');
  const contentKey = unwrapped(textOf(value), { hash: hashIn(method), privateKey });
  const wrapped = publicEncrypt(
    { key: createPublicKey(privateKey), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    contentKey,
  );
  method.setAttribute('Algorithm', OAEP);
  for (const part of [...elementsIn(method)]) if (part !== method) method.removeChild(part);
  value.textContent = wrapped.toString('base64');
  return true;
}

/** The digest that the method names for itself and for its mask. */
function hashIn(method: Element): string {
  const algorithmOf = (name: string) =>
    [...elementsIn(method)].find(({ localName }) => localName === name)?.getAttribute('Algorithm') ?? '';
  const digest = digests[algorithmOf('DigestMethod')];
  if (digest !== undefined && digest.mask === algorithmOf('MGF')) return digest.hash;
  throw new SamlRefused(
    'The key of the assertion is wrapped by RSA-OAEP with another digest than SHA-256 or SHA-512, or one for itself and another for its mask (MGF).',
  );
}

function unwrapped(
  value: string,
  { hash, privateKey }: { readonly hash: string; readonly privateKey: string },
): Buffer {
  try {
    return privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: hash },
      Buffer.from(value, 'base64'),
    );
  } catch (cause) {
    throw new NotDecrypted('The assertion can not be decrypted: it is encrypted with another key.', {
      cause,
    });
  }
}
