import { startSamlProvider } from '@rollcall/testkit/saml-provider';
import { describe, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { openBrowser, provenAt } from '../single-sign-on/browser.ts';
import {
  adminSession,
  eventsOf,
  prove,
  provision,
  testResultAt,
  updateConnection,
} from '../single-sign-on/scene.ts';
import { ADMIN_ORIGIN } from '../world.ts';
import { assertionOf, encryptedByOaep11, inSeconds, responseOf, type Said, signed } from './messages.ts';
import { requestIn, SUBJECT, samlPath, samlScene } from './scene.ts';

const scene = samlScene();

test('whom the provider signs in is signed in, with what it said of them', async () => {
  await provision(scene.company, SUBJECT);
  await updateConnection(scene.company, { id: scene.connection.id, groupsClaim: 'groups' });
  const visit = await scene.signIn({
    attributes: [
      ['groups', 'Sales'],
      ['groups', 'Marketing &amp; more'],
    ],
    sessionEndsAt: inSeconds(3600),
  });
  expect(visit.location).toBe(`${ADMIN_ORIGIN}/activity`);
  expect(scene.browser.cookie(SESSION_COOKIE)).toBeDefined();
  const [event] = await eventsOf(scene.company, 'USER_SIGNED_IN');
  expect(event?.told).toMatchObject({
    method: 'SAML',
    subject: SUBJECT,
    acr: 'urn:oasis:names:tc:SAML:2.0:ac:classes:X509',
    groups: ['Sales', 'Marketing & more'],
  });
  const expires = /Expires=([^;]+)/.exec(visit.setCookies.join())?.[1] ?? '';
  expect(Date.parse(expires)).toBeLessThanOrEqual(inSeconds(3600).getTime());
});

test('the provider reads our metadata where they say that we are', async () => {
  const { text, status } = await scene.browser.open(samlPath(scene.connection, 'metadata'));
  expect(status).toBe(200);
  expect(text).toContain(`entityID="${samlPath(scene.connection, 'metadata')}"`);
  expect(text).toContain(`Location="${scene.connection.redirectUri}"`);
  expect(text).toMatch(/use="encryption"[\s\S]*<ds:X509Certificate>[\w+/=\s]+</);
  expect(text).not.toContain('PRIVATE');
});

test('a request goes by a form, and signed, where the provider wants it so', async () => {
  const posting = await scene.connect({}, { ssoBinding: 'POST', signRequests: true });
  const page = await scene.browser.open(posting.initiateLoginUri);
  const [, encoded = ''] = /name="SAMLRequest" value="([^"]+)"/.exec(page.text) ?? [];
  expect(Buffer.from(encoded, 'base64').toString()).toMatch(/<samlp:AuthnRequest[\s\S]*<Signature /);
  expect(page.text).toContain('action="https://login.example.com/sso"');
  const signing = await scene.connect({}, { signRequests: true });
  const { location } = await scene.browser.open(signing.initiateLoginUri);
  expect(new URL(location).searchParams.get('SigAlg')).toBe(
    'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  );
  expect(requestIn(location).xml).toContain(`AssertionConsumerServiceURL="${signing.redirectUri}"`);
});

test('a provider that others made, read from where its metadata are, signs people in with their groups', async () => {
  const provider = await startSamlProvider();
  await provision(scene.company, 'hedy');
  const connection = await scene.connect(
    { issuer: null, groupsClaim: 'groups' },
    { ssoUrl: null, certificates: null, metadataUrl: provider.metadataUrl },
  );
  provider.register((await scene.browser.open(samlPath(connection, 'metadata'))).text);
  provider.person = { nameId: 'hedy', attributes: { groups: ['Sales', 'Marketing'] } };
  const { location } = await scene.browser.open(connection.initiateLoginUri);
  const page = await scene.browser.open(location);
  const SAMLResponse = / value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  const posted = await scene.browser.post(connection.redirectUri, { SAMLResponse });
  expect((await scene.browser.open(posted.location)).location).toBe(`${ADMIN_ORIGIN}/activity`);
  const [event] = await eventsOf(scene.company, 'USER_SIGNED_IN');
  expect(event?.told).toMatchObject({ subject: 'hedy', groups: ['Sales', 'Marketing'] });
  await provider.close();
});

test('an assertion whose key is wrapped by RSA-OAEP with SHA-256 is taken by the signature of its assertion alone', async () => {
  const certificate = await scene.ownCertificate();
  const take = async (mask?: string, key = scene.key) => {
    const said = scene.says({ inResponseTo: await scene.begin() });
    const assertion = signed(assertionOf(said), 'Assertion', { key });
    const response = responseOf(said, encryptedByOaep11(assertion, certificate, mask));
    return scene.bring(signed(response, 'Response', { key: scene.key }));
  };
  expect((await take()).location).toBe(`${ADMIN_ORIGIN}/activity`);
  scene.browser = openBrowser(scene.server.origin);
  expect(await scene.expectRefusal(await take('mgf1sha1'), 'PROVIDER_ANSWER')).toMatch(/for its mask/);
  expect(await scene.expectRefusal(await take(undefined, scene.otherKey), 'PROVIDER_ANSWER')).toMatch(
    /not signed with a certificate/,
  );
});

describe('by an address of a proven domain', () => {
  test('somebody is created, and the next time signed in', async () => {
    await prove(scene.company, 'example.org');
    scene.connection = await scene.connect({
      linkRule: 'VERIFIED_EMAIL',
      connectionId: null,
      jitPolicy: 'DOMAIN',
      preset: 'ONELOGIN',
    });
    const attributes = [
      ['User.email', 'grace@example.org'],
      ['User.FirstName', 'Grace'],
    ] as const;
    expect((await scene.signIn({ nameId: 'grace', attributes })).location).toBe(`${ADMIN_ORIGIN}/activity`);
    expect((await scene.signIn({ nameId: 'grace' })).location).toBe(`${ADMIN_ORIGIN}/activity`);
    const linked = await eventsOf(scene.company, 'IDENTITY_LINKED');
    expect(linked[0]?.told).toEqual({ subject: 'grace', rule: 'VERIFIED_EMAIL' });
  });

  test('that is not proven nobody is', async () => {
    const attributes = [['User.email', 'grace@example.net']] as const;
    const visit = await scene.signIn({ nameId: 'another grace', attributes });
    expect(await scene.expectRefusal(visit, 'NOBODY')).toContain('VERIFIED_EMAIL');
  });

  test('of which there are two nobody can say which is meant', async () => {
    const attributes = [
      ['User.email', 'grace@example.org'],
      ['User.email', 'ada@example.org'],
    ] as const;
    const visit = await scene.signIn({ nameId: 'two', attributes });
    expect(await scene.expectRefusal(visit, 'PROVIDER_ANSWER')).toContain('User.email has 2 values');
  });
});

test('who begins at the provider is sent back to it with a request of ours, where that is allowed', async () => {
  const allowing = await scene.connect({}, { idpInitiated: true });
  const response = scene.response(scene.says({ inResponseTo: null }, allowing));
  const posted = await scene.browser.post(allowing.redirectUri, {
    SAMLResponse: Buffer.from(response).toString('base64'),
    RelayState: '/people',
  });
  expect(posted.location).toBe(`${allowing.initiateLoginUri}?next=%2Fpeople`);
  expect(scene.browser.cookie(SESSION_COOKIE)).toBeUndefined();
});

describe('a proof by somebody who is signed in', () => {
  const X509 = 'urn:oasis:names:tc:SAML:2.0:ac:classes:X509';
  const stepUp = async () =>
    requestIn((await scene.browser.open(`/auth/sso/${scene.connection.id}/step-up?next=/tokens`)).location);
  /** Goes to the provider and comes back with what it says. */
  const proveWith = async (more: Partial<Said>) =>
    provenAt(await scene.bring(scene.response(scene.says({ inResponseTo: (await stepUp()).id, ...more }))));

  test('is an answer to a request that forces one, by the same subject, in the same session', async () => {
    scene.connection = await scene.connect();
    await scene.signIn();
    const session = scene.browser.cookie(SESSION_COOKIE);
    expect((await stepUp()).xml).toContain('ForceAuthn="true"');
    expect(await proveWith({ authenticatedAt: inSeconds(0) })).toEqual(['/tokens', 'given']);
    expect(scene.browser.cookie(SESSION_COOKIE)).toBe(session);
    expect(await proveWith({ authenticatedAt: inSeconds(-120) })).toEqual(['/tokens', 'NOT_ANEW']);
    expect(await proveWith({ nameId: 'another' })).toEqual(['/tokens', 'OTHER_PERSON']);
    await updateConnection(scene.company, { id: scene.connection.id, stepUpAcrValues: [X509] });
    expect((await stepUp()).xml).toMatch(new RegExp(`AuthnContextClassRef[^>]*>${X509}<`));
    expect(await proveWith({})).toEqual(['/tokens', 'given']);
    await updateConnection(scene.company, { id: scene.connection.id, stepUpAcrValues: [`${X509}:other`] });
    expect(await proveWith({})).toEqual(['/tokens', 'WRONG_CONTEXT']);
    const told = await eventsOf(scene.company, 'USER_IDENTITY_PROVEN');
    expect(told.map(({ told: { method } }) => method)).toEqual(['PROVIDER', 'PROVIDER']);
  });
});

describe('a test', () => {
  /** What comes of a test whose answer the provider signs with a key. */
  async function tested(more: object, key = scene.key) {
    const connection = await scene.connect({ enabled: false, groupsClaim: 'groups', ...more });
    const session = await adminSession(scene.server, scene.company);
    const { location } = await scene.browser.open(samlPath(connection, 'test'), {
      authorization: `Bearer ${session}`,
    });
    const said = scene.says(
      { inResponseTo: requestIn(location).id, nameId: 'tested', attributes: [['groups', 'Sales']] },
      connection,
    );
    const xml = responseOf(said, signed(assertionOf(said), 'Assertion', { key }));
    const visit = await scene.bring(xml, scene.browser, connection);
    const { path, result } = await testResultAt(scene.server, visit.location, session);
    expect(path).toBe(`/sign-in-settings/${connection.id}`);
    expect(scene.browser.cookie(SESSION_COOKIE)).toBeUndefined();
    for (const type of ['USER_SIGNED_IN', 'SIGN_IN_REFUSED', 'IDENTITY_LINKED'])
      expect(
        (await eventsOf(scene.company, type)).filter(({ subject }) => subject.id === connection.id),
      ).toEqual([]);
    return result;
  }

  test('signs nobody in and says what arrived, whom it means and with which roles', async () => {
    await provision(scene.company, 'tested');
    expect(await tested({})).toMatchObject({
      problem: null,
      subject: 'tested',
      foundBy: 'EXTERNAL_ID',
      groups: ['Sales'],
      claims: [{ name: 'groups', value: '["Sales"]' }],
      user: { id: expect.any(String) },
      ssoRoles: [],
    });
  });

  test('says why an answer was not taken', async () => {
    const result = await tested({}, scene.otherKey);
    expect(result).toMatchObject({
      problem: expect.stringContaining('is not signed with a certificate of the sign-in connection'),
      claims: [],
      user: null,
    });
    expect(result.checks.find(({ passed }: { passed: boolean }) => passed === false).name).toBe('TRUSTED');
  });
});
