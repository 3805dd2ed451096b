import { constants, verify } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { DSIG } from './namespaces.ts';
import { SamlRefused } from './saml-refused.ts';
import { attributeOf, onlyChild, textOf } from './xml.ts';

/** What is signed of a message is its SignedInfo, which names the digest of the rest. Providers write less than a thousand. */
const MAX_SIGNED_INFO = 8192;

/**
 * Those of the certificates with which a signature was made that passed the rules. Whether the message is what it refers to is not
 * looked at: that takes seconds of a long one, and is for what a provider signed, not for what anybody sends.
 *
 * @throws SamlRefused
 */
export function signersOf(signature: Element, certificates: readonly string[]): string[] {
  const info = onlyChild(signature, DSIG, 'SignedInfo');
  if (String(info).length > MAX_SIGNED_INFO)
    throw new SamlRefused(`A SignedInfo is longer than ${MAX_SIGNED_INFO} characters.`);
  const [canonical, method] = ['CanonicalizationMethod', 'SignatureMethod'].map(
    (name) => attributeOf(onlyChild(info, DSIG, name), 'Algorithm') ?? '',
  );
  const text = new SignedXml().getCanonXml([canonical ?? ''], info, {
    ancestorNamespaces: namespacesAbove(info),
  });
  const value = Buffer.from(textOf(onlyChild(signature, DSIG, 'SignatureValue')), 'base64');
  const hash = method?.endsWith('sha512') ? 'sha512' : 'sha256';
  const padding = method?.endsWith('MGF1') ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return certificates.filter((key) => verify(hash, Buffer.from(text), { key, padding }, value));
}

/** The prefixes that count at an element, of each the nearest. */
function namespacesAbove(element: Element): { prefix: string; namespaceURI: string }[] {
  const found = new Map<string, string>();
  for (let each = element.parentNode; each?.nodeType === element.nodeType; each = each.parentNode)
    for (const { name, value } of Array.from((each as Element).attributes)) {
      const [, prefix] = /^xmlns:(.+)$/.exec(name) ?? [];
      if (prefix !== undefined && !found.has(prefix)) found.set(prefix, value);
    }
  return [...found].map(([prefix, namespaceURI]) => ({ prefix, namespaceURI }));
}
