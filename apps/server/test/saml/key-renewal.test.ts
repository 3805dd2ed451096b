import { verify, X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { openBrowser } from '../single-sign-on/browser.ts';
import { provision } from '../single-sign-on/scene.ts';
import { ADMIN_ORIGIN } from '../world.ts';
import { assertionOf, encrypted, encryptedByOaep11, responseOf, signed } from './messages.ts';
import { SUBJECT, samlPath, samlScene } from './scene.ts';

const scene = samlScene();

/** The certificates that our metadata have, as PEM. */
async function published(use: 'signing' | 'encryption'): Promise<string[]> {
  const { text } = await scene.browser.open(samlPath(scene.connection, 'metadata'));
  const found = text.matchAll(new RegExp(`use="${use}".*?<ds:X509Certificate>([^<]+)<`, 'g'));
  return [...found].map(([, base64 = '']) => new X509Certificate(Buffer.from(base64, 'base64')).toString());
}

/** Which of the certificates our requests are signed with. */
async function signerAmong(certificates: readonly string[]): Promise<string | undefined> {
  const { location } = await scene.browser.open(scene.connection.initiateLoginUri);
  const { search, searchParams } = new URL(location);
  const text = search.slice(1).replace(/&Signature=.*$/, '');
  const signature = Buffer.from(searchParams.get('Signature') ?? '', 'base64');
  return certificates.find((pem) => verify('sha256', Buffer.from(text), pem, signature));
}

/** Somebody signs in with an assertion that the provider encrypted for a certificate. */
async function signInWith(certificate: string, encrypt: typeof encrypted = encrypted) {
  scene.browser = openBrowser(scene.server.origin);
  const said = scene.says({ inResponseTo: await scene.begin() });
  const assertion = signed(assertionOf(said), 'Assertion', { key: scene.key });
  return scene.bring(responseOf(said, await encrypt(assertion, certificate)));
}
const byOaep11 = async (assertion: string, certificate: string) => encryptedByOaep11(assertion, certificate);

const change = (act: string, certificate?: string) =>
  scene.company.admin.query(
    `mutation ($input: ${certificate === undefined ? 'RenewSamlKeyPairInput' : 'SamlKeyPairInput'}!) {
      ${act}(input: $input) { signInConnection { id } } }`,
    {
      input: {
        signInConnectionId: scene.connection.id,
        ...(certificate !== undefined && { fingerprint: new X509Certificate(certificate).fingerprint256 }),
      },
    },
  );

test('our key pair is renewed while people sign in with assertions that are encrypted for us', async () => {
  await provision(scene.company, SUBJECT);
  scene.connection = await scene.connect({}, { signRequests: true });
  const [older = ''] = await published('encryption');
  expect((await signInWith(older)).location).toBe(`${ADMIN_ORIGIN}/activity`);

  await change('renewSamlKeyPair');
  const both = await published('encryption');
  const [newer = ''] = both;
  expect(both).toEqual([newer, older]);
  expect(newer).not.toBe(older);
  expect(await published('signing')).toEqual(both);
  for (const signs of [older, newer]) {
    if (signs === newer) await change('switchSamlKeyPair', newer);
    expect(await signerAmong(both)).toBe(signs);
    for (const certificate of both)
      for (const encrypt of [encrypted, byOaep11])
        expect((await signInWith(certificate, encrypt)).location).toBe(`${ADMIN_ORIGIN}/activity`);
  }

  await change('retireSamlKeyPair', older);
  expect(await published('encryption')).toEqual([newer]);
  expect((await signInWith(newer)).location).toBe(`${ADMIN_ORIGIN}/activity`);
  expect(await scene.expectRefusal(await signInWith(older), 'PROVIDER_ANSWER')).toContain(
    'can not be decrypted: it is encrypted with another key',
  );
});

test('a sign-in that is on its way goes on when our key pair is renewed', async () => {
  scene.browser = openBrowser(scene.server.origin);
  scene.connection = await scene.connect();
  const response = scene.response(scene.says({ inResponseTo: await scene.begin() }));
  const SAMLResponse = Buffer.from(response).toString('base64');
  const posted = await scene.browser.post(scene.connection.redirectUri, { SAMLResponse });
  await change('renewSamlKeyPair');
  expect((await scene.browser.open(posted.location)).location).toBe(`${ADMIN_ORIGIN}/activity`);
});
