import { describe, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { openBrowser, refusedAt } from '../single-sign-on/browser.ts';
import { provision } from '../single-sign-on/scene.ts';
import { ADMIN_ORIGIN } from '../world.ts';
import {
  assertionIn,
  assertionOf,
  EXCLUSIVE,
  encrypted,
  inSeconds,
  newMessageId,
  responseOf,
  type Said,
  type Signing,
  signatureIn,
  signed,
} from './messages.ts';
import { SUBJECT, samlScene } from './scene.ts';

const scene = samlScene();
const VICTIM = 'victim';

/** What is brought, of a provider that is asked what SUBJECT may say. */
type Attack = () => string | Promise<string>;

const honest = (more: Partial<Said> = {}): string => scene.response(scene.says(more));
const saying =
  (more: Partial<Said> | (() => Partial<Said>)): Attack =>
  () =>
    honest(typeof more === 'function' ? more() : more);
const signing =
  (how: Partial<Signing>, more: Partial<Said> = {}): Attack =>
  () => {
    const said = scene.says(more);
    return responseOf(said, signed(assertionOf(said), 'Assertion', { key: scene.key, ...how }));
  };
/** An honest response, changed on its way. */
const changed =
  (change: (xml: string) => string): Attack =>
  () => {
    const [before, after] = [honest(), change(honest())];
    if (before === after) throw new Error('The attack changes nothing.');
    return after;
  };
const replaced = (what: string | RegExp, by: string): Attack => changed((xml) => xml.replace(what, by));

/** The assertion of SUBJECT with its signature, and the same that says to be the victim's. */
function wrapping(
  build: (parts: { good: string; bare: string; signature: string; evil: string }) => string,
): Attack {
  return () => {
    const xml = honest();
    const good = assertionIn(xml);
    const signature = signatureIn(good);
    const bare = good.replace(signature, '');
    const evil = bare.replace(SUBJECT, VICTIM).replace(/ ID="[^"]+"/, ` ID="${newMessageId()}"`);
    return xml.replace(good, build({ good, bare, signature, evil }));
  };
}

/** The same with a response that is signed as a whole. */
function wrappingResponse(
  build: (parts: { good: string; signature: string; evil: string }) => string,
): Attack {
  return () => {
    const said = scene.says();
    const good = signed(responseOf(said, assertionOf(said)), 'Response', { key: scene.key });
    const signature = signatureIn(good);
    const evil = good
      .replace(signature, '<at/>')
      .replace(SUBJECT, VICTIM)
      .replace(/ ID="[^"]+"/, ` ID="${newMessageId()}"`);
    return build({ good, signature, evil });
  };
}

const into = (xml: string, end: string, what: string): string => xml.replace(end, `${what}${end}`);
const inside = (signature: string, what: string): string => into(signature, '</Signature>', what);
const object = (what: string): string => `<Object>${what}</Object>`;
const END = '</saml:Assertion>';

/** Where the response is signed as a whole, and the connection wants no more. */
const whole =
  (change: (xml: string) => string): Attack =>
  () => {
    const said = scene.says();
    return change(signed(responseOf(said, assertionOf(said)), 'Response', { key: scene.key }));
  };

const certificateOfOurs = () => scene.ownCertificate();
const encrypting =
  (change: (assertion: string) => string, certificate = certificateOfOurs, key?: string): Attack =>
  async () => {
    const said = scene.says();
    const assertion = change(signed(assertionOf(said), 'Assertion', { key: scene.key }));
    return responseOf(said, await encrypted(assertion, await certificate(), key));
  };

const entities = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>';
const file = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>';

const attacks: readonly (readonly [string, Attack, RegExp])[] = [
  ['with its signature stripped', changed((xml) => xml.replace(signatureIn(xml), '')), /signed/],
  [
    'signed with another key, whose certificate it brings',
    () => signing({ key: scene.otherKey })(),
    /certificate of the sign-in connection/,
  ],
  ['changed after it was signed', replaced(SUBJECT, VICTIM), /changed afterwards/],
  [
    'signed by SHA-1',
    signing({ signature: 'http://www.w3.org/2000/09/xmldsig#rsa-sha1' }),
    /SignatureMethod .*sha1/,
  ],
  ['digested by SHA-1', signing({ digest: 'http://www.w3.org/2000/09/xmldsig#sha1' }), /DigestMethod .*sha1/],
  [
    'that takes the certificate for a secret',
    replaced('xmldsig-more#rsa-sha256', 'xmldsig-more#hmac-sha256'),
    /SignatureMethod/,
  ],
  [
    'signed with a transform that is none',
    replaced(
      `<Transform Algorithm="${EXCLUSIVE}"`,
      '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"',
    ),
    /transforms/,
  ],
  [
    'signed with no transform',
    changed((xml) => xml.replace(/<Transforms>.*<\/Transforms>/, '')),
    /no Transforms/,
  ],

  [
    'wrapped: the response in its signature (XSW 1)',
    wrappingResponse(({ good, signature, evil }) =>
      evil.replace('<at/>', inside(signature, good.replace(signature, ''))),
    ),
    /refers to/,
  ],
  [
    'wrapped: the response before its signature (XSW 2)',
    wrappingResponse(({ good, signature, evil }) =>
      evil.replace('<at/>', good.replace(signature, '') + signature),
    ),
    /refers to|more than one/,
  ],
  [
    'wrapped: another assertion before it (XSW 3)',
    wrapping(({ good, evil }) => evil + good),
    /more than one/,
  ],
  [
    'wrapped: inside of another assertion (XSW 4)',
    wrapping(({ good, evil }) => into(evil, END, good)),
    /more than one/,
  ],
  [
    'wrapped: its signature in another assertion (XSW 5)',
    wrapping(({ bare, signature, evil }) => into(evil, END, signature) + bare),
    /refers to/,
  ],
  [
    'wrapped: in the signature of another assertion (XSW 6)',
    wrapping(({ bare, signature, evil }) => into(evil, END, inside(signature, object(bare)))),
    /Object/,
  ],
  [
    'wrapped: another one in Extensions (XSW 7)',
    wrapping(({ good, evil }) => `<samlp:Extensions>${evil}</samlp:Extensions>${good}`),
    /more than one/,
  ],
  [
    'wrapped: itself in an Object (XSW 8)',
    wrapping(({ bare, signature, evil }) => into(evil, END, inside(signature, object(bare)))),
    /Object/,
  ],
  [
    'with another assertion of the same id',
    wrapping(({ good, bare }) => bare.replace(SUBJECT, VICTIM) + good),
    /id/,
  ],
  [
    'with its id once more as Id',
    wrapping(({ good }) => good + good.replace(/[\s\S]*? ID="([^"]+)"[\s\S]*/, '<x Id="$1"/>')),
    /the id/,
  ],
  [
    'with the assertion in another namespace as well',
    wrapping(({ good }) => `<Assertion xmlns="urn:other">${SUBJECT}</Assertion>${good}`),
    /more than one/,
  ],
  [
    'with a second signature',
    wrapping(({ good, signature }) => good.replace(signature, signature + signature)),
    /several Signature/,
  ],
  [
    'with two SignedInfo',
    changed((xml) => xml.replace(/<SignedInfo>.*<\/SignedInfo>/, '$&$&')),
    /several SignedInfo/,
  ],
  [
    'with SignedInfo of another namespace before it',
    changed((xml) =>
      xml.replace('<SignedInfo>', '<SignedInfo xmlns="urn:other"><x/></SignedInfo><SignedInfo>'),
    ),
    /certificate of the sign-in connection/,
  ],
  [
    'with two references',
    changed((xml) => xml.replace(/<Reference .*<\/Reference>/, '$&$&')),
    /several Reference/,
  ],
  ['with a comment in the digest', replaced('<DigestValue>', '<DigestValue><!--forged-->'), /comment/],
  [
    'with two digests',
    changed((xml) => xml.replace(/<DigestValue>.*<\/DigestValue>/, '<DigestValue>forged</DigestValue>$&')),
    /several DigestValue/,
  ],
  [
    'with an element in the digest',
    replaced('<DigestValue>', '<DigestValue><x/>'),
    /DigestValue has elements/,
  ],
  [
    'with a signature of no namespace',
    changed((xml) => xml.replace('xmlns="http://www.w3.org/2000/09/xmldsig#"', 'xmlns="urn:other"')),
    /Signature is not one/,
  ],
  [
    'with the signature elsewhere',
    wrapping(({ bare, signature }) => bare.replace('</saml:Subject>', `${signature}</saml:Subject>`)),
    /stands in Subject/,
  ],

  ['with a comment in the NameID', replaced(SUBJECT, `${VICTIM}<!---->.${SUBJECT}`), /comment/],
  [
    'with a comment that signing leaves out',
    () =>
      signing({}, { nameId: `${SUBJECT}.evil` })()
        .toString()
        .replace(`${SUBJECT}.evil`, `${SUBJECT}<!---->.evil`),
    /comment/,
  ],
  ['with a CDATA section', replaced(SUBJECT, `<![CDATA[${SUBJECT}]]>`), /CDATA/],
  ['with a processing instruction', replaced(SUBJECT, `${SUBJECT}<?x y?>`), /processing instruction/],
  [
    'with a second declaration of XML',
    replaced(SUBJECT, `<?xml version="1.0"?>${SUBJECT}`),
    /processing instruction/,
  ],
  [
    'with two NameIDs',
    wrapping(({ good }) => good.replace(/<saml:NameID .*<\/saml:NameID>/, '$&$&')),
    /certificate of the sign-in connection/,
  ],
  ['with an attribute twice', replaced(' Version="2.0"', ' Version="2.0" Version="2.0"'), /well-formed/],
  [
    'with an attribute of an unknown prefix',
    replaced('<saml:NameID ', '<saml:NameID evil:Format="x" '),
    /well-formed|certificate/,
  ],
  [
    'with xmlns rebound',
    replaced('<saml:Subject>', '<saml:Subject xmlns:saml="urn:other">'),
    /certificate of the sign-in connection/,
  ],
  ['with two roots', changed((xml) => xml + xml), /well-formed|several roots|the id/],
  ['that ends too early', changed((xml) => xml.slice(0, -20)), /well-formed/],
  ['with an entity bomb', changed((xml) => entities + xml), /document type/],
  ['with an entity from a file (XXE)', changed((xml) => file + xml.replace(SUBJECT, '&x;')), /document type/],
  [
    'of too many elements',
    changed((xml) => xml.replace('</samlp:Response>', `${'<x/>'.repeat(20_001)}</samlp:Response>`)),
    /more than 10000 tags/,
  ],
  [
    'of too many attributes',
    changed((xml) =>
      xml.replace(
        '</samlp:Response>',
        `<x ${Array.from({ length: 20_001 }, (_, n) => `a${n}=""`).join(' ')}/></samlp:Response>`,
      ),
    ),
    /more than 20000 attributes/,
  ],
  [
    'of elements too deep in each other',
    changed((xml) =>
      xml.replace('</samlp:Response>', `${'<x>'.repeat(60)}${'</x>'.repeat(60)}</samlp:Response>`),
    ),
    /more than 50 in each other/,
  ],
  ['that is too long', changed((xml) => xml + ' '.repeat(530_000)), /longer than/],
  ['that is no XML', () => 'hello', /well-formed/],
  ['that is empty', () => '', /Base64/],

  [
    'for another audience',
    saying({ audience: 'https://another.example/metadata' }),
    /is for https:\/\/another/,
  ],
  ['for another destination', saying({ destination: 'https://another.example/acs' }), /Destination/],
  ['for another recipient', saying({ recipient: 'https://another.example/acs' }), /Recipient/],
  ['from another provider', saying({ issuer: 'https://login.evil.example' }), /is from https:\/\/login.evil/],
  ['that is over', saying(() => ({ notOnOrAfter: inSeconds(-61) })), /valid no more/],
  ['that is not valid yet', saying(() => ({ notBefore: inSeconds(90) })), /not valid yet/],
  ['whose session is over', saying(() => ({ sessionEndsAt: inSeconds(-1) })), /SessionNotOnOrAfter/],
  [
    'with a NameID that is another one each time',
    async () =>
      honest({
        nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
        inResponseTo: await scene.begin(),
      }),
    /transient/,
  ],
  [
    'that answers another request than its assertion',
    changed((xml) => xml.replace(/InResponseTo="[^"]+"/, 'InResponseTo="_another"')),
    /answers _another/,
  ],
  [
    'that is no response',
    changed((xml) => xml.replaceAll('samlp:Response', 'samlp:ArtifactResponse')),
    /no response/,
  ],

  [
    'encrypted for somebody else',
    encrypting(
      (xml) => xml,
      async () => scene.otherKey.certificate,
    ),
    /decrypted/,
  ],
  [
    'encrypted by RSA 1.5',
    encrypting((xml) => xml, certificateOfOurs, 'http://www.w3.org/2001/04/xmlenc#rsa-1_5'),
    /decrypted/,
  ],
  [
    'encrypted with a comment in the NameID',
    encrypting((xml) => xml.replace(SUBJECT, `${SUBJECT}<!---->x`)),
    /comment/,
  ],
  ['encrypted, and changed before', encrypting((xml) => xml.replace(SUBJECT, VICTIM)), /changed afterwards/],
  ['encrypted, and not signed', encrypting((xml) => xml.replace(signatureIn(xml), '')), /signed/],
  [
    'encrypted, and in another assertion',
    encrypting((xml) => xml.replace(/<saml:Issuer>/, `${xml}$&`)),
    /another one in it/,
  ],
];

describe('a response', () => {
  // Of refusals that are alike the log tells the first five.
  let tried = 0;
  test.each(attacks)('%s is refused', async (_, attack, detail) => {
    if (tried++ % 5 === 0) scene.connection = await scene.connect();
    const visit = await scene.bring(await attack());
    expect(await scene.expectRefusal(visit, 'PROVIDER_ANSWER')).toMatch(detail);
  });

  test('signed as a whole is taken where that is wanted, and not where each assertion is to be signed', async () => {
    await provision(scene.company, SUBJECT);
    const wanting = { wantAssertionsSigned: false, wantResponseSigned: true };
    scene.connection = await scene.connect({}, wanting);
    const said = scene.says({ inResponseTo: await scene.begin() });
    const response = signed(responseOf(said, assertionOf(said)), 'Response', { key: scene.key });
    expect((await scene.bring(response)).location).toBe(`${ADMIN_ORIGIN}/activity`);
    scene.browser = openBrowser(scene.server.origin);
    expect(await scene.expectRefusal(await scene.bring(honest()), 'PROVIDER_ANSWER')).toMatch(
      /response is not signed/,
    );
    const victim = await scene.bring(whole((xml) => xml.replace(SUBJECT, VICTIM))() as string);
    expect(await scene.expectRefusal(victim, 'PROVIDER_ANSWER')).toMatch(/changed afterwards/);
    scene.connection = await scene.connect();
    const visit = await scene.bring(whole((xml) => xml)() as string);
    expect(await scene.expectRefusal(visit, 'PROVIDER_ANSWER')).toMatch(/assertion is not signed/);
  });

  test('that is encrypted for us and signed is taken', async () => {
    const said = scene.says({ inResponseTo: await scene.begin() });
    const assertion = signed(assertionOf(said), 'Assertion', { key: scene.key });
    const response = responseOf(said, await encrypted(assertion, await certificateOfOurs()));
    expect((await scene.bring(response)).location).toBe(`${ADMIN_ORIGIN}/activity`);
  });

  test('that says no is told', async () => {
    const visit = await scene.bring(responseOf(scene.says({ status: 'Responder' }), ''));
    expect(await scene.expectRefusal(visit, 'PROVIDER_REFUSED')).toMatch(/answered Responder/);
  });

  test('is good once, also when it is brought before the first has finished', async () => {
    const response = honest({ inResponseTo: await scene.begin() });
    const SAMLResponse = Buffer.from(response).toString('base64');
    const first = await scene.browser.post(scene.connection.redirectUri, { SAMLResponse });
    const again = await scene.bring(response);
    expect(await scene.expectRefusal(again, 'PROVIDER_ANSWER')).toMatch(/used before/);
    expect((await scene.browser.open(first.location)).location).toBe(`${ADMIN_ORIGIN}/activity`);
    expect(refusedAt(await scene.browser.open(first.location))).toBe('NOT_BEGUN');
  });

  test('of another account and its provider, signed by a key that is right there, is refused here', async () => {
    scene.connection = await scene.connect();
    const theirs = await scene.connect({}, {}, await scene.server.company());
    const [inResponseTo, { redirectUri }] = [await scene.begin(), scene.connection];
    const sentOn = scene.says({ inResponseTo }, theirs);
    const visit = await scene.bring(scene.response(sentOn));
    expect(await scene.expectRefusal(visit, 'PROVIDER_ANSWER')).toMatch(/Destination/);
    const pretending = { ...sentOn, destination: redirectUri, recipient: redirectUri };
    const again = await scene.bring(scene.response(pretending));
    expect(await scene.expectRefusal(again, 'PROVIDER_ANSWER')).toMatch(/is for .*, and not for/);
  });
});

describe('a sign-in', () => {
  test('that another browser began is not finished here, and that nobody began nowhere', async () => {
    scene.connection = await scene.connect();
    const attacker = openBrowser(scene.server.origin);
    const response = honest({ inResponseTo: await scene.begin(attacker) });
    const SAMLResponse = Buffer.from(response).toString('base64');
    const { location } = await attacker.post(scene.connection.redirectUri, { SAMLResponse });
    const visit = await scene.browser.open(location);
    expect(await scene.expectRefusal(visit, 'NOT_BEGUN')).toMatch(/in this browser/);
    // The attacker's own answer is used up with it.
    expect(refusedAt(await attacker.open(location))).toBe('NOT_BEGUN');
    await scene.begin();
    const unasked = await scene.bring(honest());
    expect(await scene.expectRefusal(unasked, 'NOT_BEGUN')).toMatch(/in this browser/);
  });

  test('that the provider begins is refused unless that is allowed', async () => {
    const visit = await scene.bring(honest({ inResponseTo: null }));
    expect(await scene.expectRefusal(visit, 'NOT_BEGUN')).toMatch(/no InResponseTo/);
  });

  test('goes nowhere but to our pages, whatever RelayState says', async () => {
    const SAMLResponse = Buffer.from(honest({ inResponseTo: await scene.begin() })).toString('base64');
    const posted = await scene.browser.post(scene.connection.redirectUri, {
      SAMLResponse,
      RelayState: 'https://evil.example/',
    });
    expect((await scene.browser.open(posted.location)).location).toBe(`${ADMIN_ORIGIN}/activity`);
    expect(scene.browser.cookie(SESSION_COOKIE)).toBeDefined();
  });
});
