import {
  type CacheProvider,
  SAML as NodeSaml,
  type SamlConfig,
  ValidateInResponseTo,
} from '@node-saml/node-saml';
import { decrypt } from 'xml-encryption';
import { checkSender, type Expected, readAssertion, type VerifiedAssertion } from './assertion.ts';
import { decodeMessage } from './decode-message.ts';
import { DSIG, SAML, SAMLP, SUCCESS } from './namespaces.ts';
import { rewrapKey } from './rewrap-key.ts';
import { NotDecrypted, ProviderSaidNo, SamlRefused } from './saml-refused.ts';
import { checkSignatures } from './signature-rules.ts';
import { signersOf } from './signers.ts';
import { attributeOf, child, children, elementsIn, isNamed, onlyChild, readMessage, textOf } from './xml.ts';

/** By what a response is verified. */
export interface ResponseRules extends Expected {
  /** Certificates of the provider, as PEM; those in a message are never looked at. */
  readonly certificates: readonly string[];
  readonly wantAssertionsSigned: boolean;
  readonly wantResponseSigned: boolean;
  /** Our keys that open what is encrypted for us, as PEM: two while one replaces the other. */
  readonly privateKeys: readonly string[];
}

/** The same, to be tried with one of our keys. */
interface RulesOfKey extends ResponseRules {
  readonly privateKey: string;
}

/**
 * Verifies the value of the form field SAMLResponse, and reads who it says somebody is. The message passes our own rules
 * first, which leave it one meaning; then node-saml verifies the signatures; and what is read is the text that was verified,
 * parsed once.
 *
 * @throws SamlRefused, ProviderSaidNo
 */
export async function verifyResponse(samlResponse: string, rules: ResponseRules): Promise<VerifiedAssertion> {
  const [privateKey = '', ...others] = rules.privateKeys;
  try {
    return await verifyWith(samlResponse, { ...rules, privateKey });
  } catch (error) {
    if (!(error instanceof NotDecrypted) || others.length === 0) throw error;
    return verifyResponse(samlResponse, { ...rules, privateKeys: others });
  }
}

async function verifyWith(samlResponse: string, rules: RulesOfKey): Promise<VerifiedAssertion> {
  const response = readMessage(decodeMessage(samlResponse), 'The response');
  checkSignatures(response);
  checkResponse(response, rules);
  const isRewrapped = makeReadable(response, rules);
  const assertion = await theAssertion(response, rules);
  checkWhatIsSigned(response, assertion, rules);
  const certificates = signersOfAny(isRewrapped ? [assertion] : [response, assertion], rules);
  const readable = isRewrapped ? withoutSignature(response) : samlResponse;
  const text = await verifiedText(readable, { ...rules, certificates });
  const verified = readAssertion(readMessage(text, 'The assertion'), rules);
  if (verified.id !== attributeOf(assertion, 'ID'))
    throw new SamlRefused('What was verified is another assertion than the one of the message.');
  const answered = attributeOf(response, 'InResponseTo');
  if (answered !== null && answered !== verified.inResponseTo)
    throw new SamlRefused(`The response answers ${answered}, its assertion ${verified.inResponseTo}.`);
  return verified;
}

function checkResponse(response: Element, { issuer, acsUrl }: ResponseRules): void {
  if (!isNamed(response, SAMLP, 'Response') || attributeOf(response, 'Version') !== '2.0')
    throw new SamlRefused('The message is no response of SAML 2.0.');
  const destination = attributeOf(response, 'Destination');
  const isSigned = child(response, DSIG, 'Signature') !== undefined;
  if (destination !== acsUrl && (destination !== null || isSigned))
    throw new SamlRefused(`The Destination is ${destination}, and not ${acsUrl}.`);
  const from = child(response, SAML, 'Issuer');
  if (from !== undefined) checkSender(from, issuer);
  checkStatus(onlyChild(response, SAMLP, 'Status'));
}

function checkStatus(status: Element): void {
  const outer = onlyChild(status, SAMLP, 'StatusCode');
  if (attributeOf(outer, 'Value') === SUCCESS) return;
  const codes = [...elementsIn(outer)].map((code) => attributeOf(code, 'Value')?.split(':').at(-1));
  const message = child(status, SAMLP, 'StatusMessage');
  const said = message === undefined ? 'without a message' : textOf(message);
  throw new ProviderSaidNo(`The provider answered ${codes.join(', ')}: ${said}`);
}

/** Whether the key of what is encrypted had to be wrapped anew: the signature of the whole does not fit any more then. */
function makeReadable(response: Element, { privateKey, wantResponseSigned }: RulesOfKey): boolean {
  const [encrypted] = children(response, SAML, 'EncryptedAssertion');
  if (encrypted === undefined || !rewrapKey(encrypted, privateKey)) return false;
  if (!wantResponseSigned) return true;
  throw new SamlRefused(
    'The key of the assertion is wrapped by RSA-OAEP of XML Encryption 1.1, with which the signature of the whole response is not verified. Have the provider wrap it by rsa-oaep-mgf1p, or sign the assertion and set wantResponseSigned to false.',
  );
}

/** The message without the signature of the whole, which was never asked for: the assertion has its own. */
function withoutSignature(response: Element): string {
  const signature = child(response, DSIG, 'Signature');
  if (signature !== undefined) response.removeChild(signature);
  return Buffer.from(String(response)).toString('base64');
}

/** The one assertion, decrypted. Whoever knows our certificate can encrypt, so what was inside passes the same rules. */
async function theAssertion(response: Element, { privateKey }: RulesOfKey): Promise<Element> {
  const all = [...elementsIn(response)].filter(({ localName }) =>
    ['Assertion', 'EncryptedAssertion', 'Response'].includes(localName),
  );
  const [plain, encrypted] = [
    children(response, SAML, 'Assertion'),
    children(response, SAML, 'EncryptedAssertion'),
  ];
  const [found] = [...plain, ...encrypted];
  if (found === undefined) throw new SamlRefused('The response has no assertion.');
  if (all.length !== 2) throw new SamlRefused('The response has more than one assertion or response in it.');
  if (plain.length === 1) return found;
  const decrypted = readMessage(await opened(found, privateKey), 'The encrypted assertion');
  if (!isNamed(decrypted, SAML, 'Assertion'))
    throw new SamlRefused('What is encrypted is no assertion of SAML 2.0.');
  if ([...elementsIn(decrypted)].filter(({ localName }) => localName === 'Assertion').length !== 1)
    throw new SamlRefused('The encrypted assertion has another one in it.');
  checkSignatures(decrypted);
  return decrypted;
}

function opened(encrypted: Element, key: string): Promise<string> {
  const options = { key, disallowDecryptionWithInsecureAlgorithm: true, warnInsecureAlgorithm: false };
  return new Promise((resolve, reject) => {
    decrypt(String(encrypted), options, (error, text) => {
      if (error !== null && error !== undefined)
        reject(
          new NotDecrypted(
            'The assertion can not be decrypted: it is encrypted with another key, or by RSA 1.5 or Triple DES.',
          ),
        );
      else resolve(text);
    });
  });
}

function checkWhatIsSigned(
  response: Element,
  assertion: Element,
  { wantAssertionsSigned, wantResponseSigned }: ResponseRules,
): void {
  const [whole, part] = [response, assertion].map((each) => child(each, DSIG, 'Signature') !== undefined);
  if (!whole && !part) throw new SamlRefused('Neither the response nor the assertion is signed.');
  if (wantResponseSigned && !whole)
    throw new SamlRefused('The response is not signed, as the sign-in connection wants it.');
  if (wantAssertionsSigned && !part)
    throw new SamlRefused('The assertion is not signed, as the sign-in connection wants it.');
}

/** The certificates with which one of these is signed. @throws SamlRefused where there are none */
function signersOfAny(signed: readonly Element[], { certificates }: ResponseRules): string[] {
  const signers = signed.flatMap((each) => {
    const signature = child(each, DSIG, 'Signature');
    return signature === undefined ? [] : signersOf(signature, certificates);
  });
  if (signers.length > 0) return [...new Set(signers)];
  throw new SamlRefused(
    'It is not signed with a certificate of the sign-in connection, or was changed afterwards.',
  );
}

/** The text of the assertion as it was verified: the bytes whose digest is signed, or the part of them. */
async function verifiedText(SAMLResponse: string, rules: RulesOfKey): Promise<string> {
  const options: SamlConfig = {
    callbackUrl: rules.acsUrl,
    issuer: rules.entityId,
    // For whom and until when it is, is checked where the rest of it is read.
    audience: false,
    acceptedClockSkewMs: -1,
    idpCert: [...rules.certificates],
    wantAssertionsSigned: rules.wantAssertionsSigned,
    wantAuthnResponseSigned: rules.wantResponseSigned,
    decryptionPvk: rules.privateKey,
    // It is bound to the browser that began, which the library knows nothing of.
    validateInResponseTo: ValidateInResponseTo.never,
    cacheProvider: withoutCache,
  };
  try {
    const { profile } = await new NodeSaml(options).validatePostResponseAsync({ SAMLResponse });
    const text = profile?.getAssertionXml?.();
    if (text !== undefined) return text;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new SamlRefused(
      `It is not signed with a certificate of the sign-in connection, or was changed afterwards: ${error.message}.`,
      { cause: error },
    );
  }
  throw new SamlRefused('The response has no assertion.');
}

/** What is remembered of requests and answers is in PostgreSQL, for all servers. */
export const withoutCache: CacheProvider = {
  saveAsync: async () => null,
  getAsync: async () => null,
  removeAsync: async () => null,
};
