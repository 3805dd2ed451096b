import { DSIG, SAML, SAMLP } from './namespaces.ts';
import { SamlRefused } from './saml-refused.ts';
import { attributeOf, child, children, elementsIn, isNamed, onlyChild, textOf } from './xml.ts';

/** How a message may be signed; SHA-1 and what takes the key for a shared secret are not among it. */
const signatureMethods = new Set([
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
]);
const digestMethods = new Set([
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
]);
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const canonicalizations = new Set([EXCLUSIVE, `${EXCLUSIVE}WithComments`]);

/** What may be signed as a whole. */
const signed = [
  [SAMLP, 'Response'],
  [SAML, 'Assertion'],
  [SAMLP, 'LogoutRequest'],
  [SAMLP, 'LogoutResponse'],
] as const;

/**
 * Refuses signatures that mean anything but "the element right above me, whole", before any is verified (SAML 2.0 Core §5.4),
 * and ids that two elements have, so that nobody can look at one and read another.
 *
 * @throws SamlRefused
 */
export function checkSignatures(root: Element): void {
  const ids = new Set<string>();
  for (const element of elementsIn(root)) {
    for (const id of ['ID', 'Id', 'id', 'AssertionID'].map((name) => attributeOf(element, name))) {
      if (id === null) continue;
      if (ids.has(id)) throw new SamlRefused(`Two elements have the id ${id}.`);
      ids.add(id);
    }
    if (element.localName === 'Signature') checkSignature(element);
  }
}

function checkSignature(signature: Element): void {
  if (signature.namespaceURI !== DSIG) throw new SamlRefused('A Signature is not one of XML Signature.');
  const above = signature.parentNode as Element;
  if (!signed.some(([space, name]) => isNamed(above, space, name)))
    throw new SamlRefused(`A signature stands in ${above.localName}, where none belongs.`);
  if (child(above, DSIG, 'Signature') !== signature) throw new SamlRefused('A signature is misplaced.');
  if (children(signature, DSIG, 'Object').length > 0)
    throw new SamlRefused('A signature has an Object in it, which nothing here signs.');
  const info = onlyChild(signature, DSIG, 'SignedInfo');
  checkAlgorithm(info, 'CanonicalizationMethod', canonicalizations);
  checkAlgorithm(info, 'SignatureMethod', signatureMethods);
  textOf(onlyChild(signature, DSIG, 'SignatureValue'));
  checkReference(onlyChild(info, DSIG, 'Reference'), attributeOf(above, 'ID'));
}

function checkReference(reference: Element, id: string | null): void {
  if (id === null || id === '') throw new SamlRefused('What is signed has no ID.');
  if (attributeOf(reference, 'URI') !== `#${id}`)
    throw new SamlRefused(`The signature of ${id} refers to ${attributeOf(reference, 'URI')}.`);
  checkAlgorithm(reference, 'DigestMethod', digestMethods);
  textOf(onlyChild(reference, DSIG, 'DigestValue'));
  const transforms = children(onlyChild(reference, DSIG, 'Transforms'), DSIG, 'Transform').map((each) =>
    attributeOf(each, 'Algorithm'),
  );
  const [enveloped, canonical, ...more] = transforms;
  if (enveloped !== ENVELOPED || !canonicalizations.has(canonical ?? '') || more.length > 0)
    throw new SamlRefused(`A signature has the transforms ${transforms.join(', ')}.`);
}

function checkAlgorithm(parent: Element, name: string, allowed: ReadonlySet<string>): void {
  const algorithm = attributeOf(onlyChild(parent, DSIG, name), 'Algorithm');
  if (!allowed.has(algorithm ?? ''))
    throw new SamlRefused(
      `The ${name} ${algorithm} is not taken. Have the provider sign with RSA and SHA-256.`,
    );
}
