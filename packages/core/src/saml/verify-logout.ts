import { verify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import { parseInstant } from '../text/instant.ts';
import { CLOCK_SKEW_MS, checkSender } from './assertion.ts';
import { decodeMessage } from './decode-message.ts';
import { DSIG, SAML, SAMLP } from './namespaces.ts';
import { SamlRefused } from './saml-refused.ts';
import { checkSignatures } from './signature-rules.ts';
import { signersOf } from './signers.ts';
import { attributeOf, child, children, isNamed, MAX_XML, onlyChild, readMessage, textOf } from './xml.ts';

/** By what a request to sign out is verified. */
export interface LogoutRules {
  readonly issuer: string;
  /** Where it has to be meant for. */
  readonly logoutUrl: string;
  readonly certificates: readonly string[];
  readonly now: number;
}

/** Whose sessions a provider has ended. */
export interface VerifiedLogout {
  readonly id: string;
  readonly nameId: string;
  /** None for all of them. */
  readonly sessionIndexes: readonly string[];
  /** From when on it is refused for its age. */
  readonly expiresAt: number;
}

const MAX_AGE_MS = 10 * 60 * 1000;
const MAX_TEXT = 1024;
const MAX_SESSIONS = 100;

/** Verifies the value of the form field SAMLRequest (HTTP-POST binding). @throws SamlRefused */
export function verifyPostedLogout(samlRequest: string, rules: LogoutRules): VerifiedLogout {
  const xml = decodeMessage(samlRequest);
  const message = readMessage(xml, 'The request');
  checkSignatures(message);
  const signature = child(message, DSIG, 'Signature');
  if (signature === undefined) throw new SamlRefused('The request is not signed.');
  return readLogout(readMessage(signedText(xml, signature, rules), 'The request'), rules);
}

/** The text whose digest is signed. The rules before it see to it that this is the message, whole. */
function signedText(xml: string, signature: Element, { certificates }: LogoutRules): string {
  for (const publicCert of signersOf(signature, certificates)) {
    const signed = new SignedXml({ publicCert });
    signed.loadSignature(String(signature));
    if (isRight(signed, xml)) return signed.getSignedReferences()[0] ?? '';
  }
  throw notOurs();
}

function isRight(signed: SignedXml, xml: string): boolean {
  try {
    return signed.checkSignature(xml.replaceAll(/\r\n?/g, '\n'));
  } catch {
    // By another certificate it may be right.
    return false;
  }
}

/** How an address may be signed (SAML 2.0 Bindings §3.4.4.1). */
const hashes = new Map([
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', 'sha512'],
]);

/** Verifies the query of an address (HTTP-Redirect binding), as the provider wrote it. @throws SamlRefused */
export function verifyRedirectedLogout(query: string, rules: LogoutRules): VerifiedLogout {
  const parameters = query.split('&').map((part) => part.split('=')[0] ?? '');
  const written = (name: string): string | undefined => {
    const [found, another] = query.split('&').filter((part) => part.startsWith(`${name}=`));
    if (another !== undefined) throw new SamlRefused(`The address has ${name} more than once.`);
    return found;
  };
  const parts = ['SAMLRequest', 'RelayState', 'SigAlg'].flatMap((name) => written(name) ?? []);
  const signature = meantBy(written('Signature'));
  const hash = hashes.get(meantBy(written('SigAlg')));
  if (signature === '' || !parameters.includes('SigAlg')) throw new SamlRefused('The address is not signed.');
  if (hash === undefined)
    throw new SamlRefused(
      `The SigAlg ${meantBy(written('SigAlg'))} is not taken. Have the provider sign with RSA and SHA-256.`,
    );
  const [bytes, signed] = [Buffer.from(signature, 'base64'), Buffer.from(parts.join('&'))];
  if (!rules.certificates.some((certificate) => verify(hash, signed, certificate, bytes))) throw notOurs();
  return readLogout(readMessage(inflated(meantBy(written('SAMLRequest'))), 'The request'), rules);
}

/** A parameter as it is meant, of `name=value` as it is written. */
function meantBy(written: string | undefined): string {
  const [, value = ''] = written?.split(/=(.*)/s) ?? [];
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    throw new SamlRefused('The address has an escape in it that is none.');
  }
}

function inflated(base64: string): string {
  try {
    return inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: MAX_XML }).toString();
  } catch {
    throw new SamlRefused(`The request is not deflated, or longer than ${MAX_XML} characters.`);
  }
}

function readLogout(request: Element, { issuer, logoutUrl, now }: LogoutRules): VerifiedLogout {
  if (!isNamed(request, SAMLP, 'LogoutRequest') || attributeOf(request, 'Version') !== '2.0')
    throw new SamlRefused('The message is no LogoutRequest of SAML 2.0.');
  checkSender(onlyChild(request, SAML, 'Issuer'), issuer);
  const destination = attributeOf(request, 'Destination');
  if (destination !== logoutUrl)
    throw new SamlRefused(`The Destination is ${destination}, and not ${logoutUrl}.`);
  const id = attributeOf(request, 'ID') ?? '';
  const nameId = textOf(onlyChild(request, SAML, 'NameID'));
  const sessionIndexes = children(request, SAMLP, 'SessionIndex').map(textOf);
  if ([id, nameId, ...sessionIndexes].some((text) => text === '' || text.length > MAX_TEXT))
    throw new SamlRefused(`ID, NameID and SessionIndex have 1 to ${MAX_TEXT} characters.`);
  if (sessionIndexes.length > MAX_SESSIONS)
    throw new SamlRefused(`The request has more than ${MAX_SESSIONS} SessionIndex.`);
  return { id, nameId, sessionIndexes, expiresAt: endOf(request, now) };
}

function endOf(request: Element, now: number): number {
  const [issued, until] = ['IssueInstant', 'NotOnOrAfter'].map((name) => {
    const text = attributeOf(request, name);
    return text === null ? undefined : parseInstant(text)?.getTime();
  });
  if (issued === undefined || issued > now + CLOCK_SKEW_MS)
    throw new SamlRefused(`The IssueInstant is ${attributeOf(request, 'IssueInstant')}.`);
  const end = Math.min(issued + MAX_AGE_MS, until ?? Number.POSITIVE_INFINITY) + CLOCK_SKEW_MS;
  if (end <= now) throw new SamlRefused('The request is too old.');
  return end;
}

const notOurs = (): SamlRefused =>
  new SamlRefused(
    'It is not signed with a certificate of the sign-in connection, or was changed afterwards.',
  );
