import { createVerify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { exchange } from '../clients/http-exchange.ts';
import { openBrowser, type Visit } from '../single-sign-on/browser.ts';
import { eventsOf, isSignedIn, provision } from '../single-sign-on/scene.ts';
import { ADMIN_ORIGIN } from '../world.ts';
import { inSeconds, logoutOf, newMessageId, type SaidLogout, signed, signedQuery } from './messages.ts';
import { ISSUER, requestIn, samlPath, samlScene } from './scene.ts';

const SLO = 'https://login.example.com/slo';
const SHA1 = 'http://www.w3.org/2000/09/xmldsig#rsa-sha1';
const scene = samlScene();
let secret: string;
let nameId: string;

// Of refusals that are alike the log tells the first five.
let tried = 0;
beforeEach(async ({ task }) => {
  if (tried++ % 5 === 0) scene.connection = await scene.connect({ signOutAtProvider: true }, { sloUrl: SLO });
  await provision(scene.company, task.id);
  await scene.signIn({ nameId: task.id });
  secret = scene.browser.cookie(SESSION_COOKIE) ?? '';
  nameId = task.id;
});

const says = (more: Partial<SaidLogout> = {}): SaidLogout => ({
  id: newMessageId(),
  issuer: ISSUER,
  destination: samlPath(scene.connection, 'logout'),
  issuedAt: new Date(),
  nameId,
  sessionIndexes: [`session-${nameId}`],
  ...more,
});
const signing = (said: SaidLogout): string => signed(logoutOf(said), 'LogoutRequest', { key: scene.key });
const post = (xml: string): Promise<Visit> =>
  scene.browser.post(samlPath(scene.connection, 'logout'), {
    SAMLRequest: Buffer.from(xml).toString('base64'),
    RelayState: 'back',
  });
const open = (query: string): Promise<Visit> =>
  scene.browser.open(`${samlPath(scene.connection, 'logout')}?${query}`);
const addressed = (more: Partial<SaidLogout> = {}): string => signedQuery(logoutOf(says(more)), scene.key);

/** Whether an address of ours is signed by the key that our metadata name. */
async function isSignedByUs(address: string): Promise<boolean> {
  const [query = '', signature = ''] = (address.split('?')[1] ?? '').split('&Signature=');
  const { text } = await scene.browser.open(samlPath(scene.connection, 'metadata'));
  const [, base64 = ''] = /<ds:X509Certificate>([\s\S]*?)</.exec(text) ?? [];
  const certificate = `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/\s/g, '').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
  const bytes = Buffer.from(decodeURIComponent(signature), 'base64');
  return createVerify('sha256').update(query).verify(certificate, bytes);
}

test('whoever signs out here goes on to the provider with a signed request of their session there', async () => {
  const { text } = await exchange(scene.server.origin, {
    method: 'POST',
    path: '/auth/sign-out',
    headers: { 'content-type': 'application/json', cookie: `${SESSION_COOKIE}=${secret}` },
    body: '{}',
  });
  const { redirectUrl } = JSON.parse(text);
  expect(redirectUrl).toMatch(/^https:\/\/login\.example\.com\/slo\?SAMLRequest=/);
  const { xml } = requestIn(redirectUrl);
  expect(xml).toContain(`>${nameId}</saml:NameID>`);
  expect(xml).toContain(`>session-${nameId}</saml2p:SessionIndex>`);
  expect(await isSignedByUs(redirectUrl)).toBe(true);
  expect((await open('SAMLResponse=whatever')).location).toBe(`${ADMIN_ORIGIN}/sign-in`);
});

test.each([
  ['a form', () => post(signing(says({ id: '_by-form' })))],
  ['an address', () => open(addressed({ id: '_by-address' }))],
])('a provider ends its sessions here by %s, and is answered', async (_, bring) => {
  const there = openBrowser(scene.server.origin);
  const other = scene.response(scene.says({ nameId, inResponseTo: await scene.begin(there) }));
  await scene.bring(other, there);
  const visit = await bring();
  expect(await isSignedIn(scene.server, secret)).toBe(false);
  const [event] = await eventsOf(scene.company, 'USER_SESSIONS_ENDED');
  expect(event).toMatchObject({
    related: { id: scene.connection.id },
    told: { sessions: 2, cause: 'SAML_SINGLE_LOGOUT' },
  });
  const { origin, pathname, searchParams } = new URL(visit.location);
  expect(origin + pathname).toBe(SLO);
  expect(searchParams.get('RelayState')).toBe('back');
  const answer = inflateRawSync(Buffer.from(searchParams.get('SAMLResponse') ?? '', 'base64')).toString();
  expect(answer).toMatch(/InResponseTo="_by-\w+"/);
  expect(answer).toContain('status:Success');
  expect(await isSignedByUs(visit.location)).toBe(true);
});

describe('a request to sign out', () => {
  test.each<[string, () => Promise<Visit>, RegExp]>([
    ['that is not signed', () => post(logoutOf(says())), /not signed/],
    ['in an address that is not signed', () => open(addressed().replace(/&Signature=.*/, '')), /not signed/],
    [
      'signed with another key',
      () => post(signed(logoutOf(says()), 'LogoutRequest', { key: scene.otherKey })),
      /not signed with a certificate/,
    ],
    [
      'in an address signed with another key',
      () => open(signedQuery(logoutOf(says()), scene.otherKey)),
      /not signed with a certificate/,
    ],
    [
      'that was changed',
      () => post(signing(says({ nameId: 'x' })).replace('>x<', `>${nameId}<`)),
      /changed afterwards/,
    ],
    [
      'with another request in its signature',
      () =>
        post(
          signing(says({ nameId: 'x' })).replace(
            '</Signature>',
            `<Object>${logoutOf(says())}</Object></Signature>`,
          ),
        ),
      /Object/,
    ],
    ['in an address that has it twice', () => open(`SAMLRequest=x&${addressed()}`), /more than once/],
    ['in an address signed by SHA-1', () => open(signedQuery(logoutOf(says()), scene.key, SHA1)), /SigAlg/],
    [
      'signed by SHA-1',
      () => post(signed(logoutOf(says()), 'LogoutRequest', { key: scene.key, signature: SHA1 })),
      /SignatureMethod/,
    ],
    [
      'for somebody else',
      () => post(signing(says({ destination: 'https://another.example/logout' }))),
      /Destination/,
    ],
    ['from another provider', () => post(signing(says({ issuer: 'https://evil.example' }))), /is from/],
    ['that is too old', () => post(signing(says({ issuedAt: inSeconds(-700) }))), /too old/],
    [
      'with a comment in the NameID',
      () => post(signing(says({ nameId: 'x' })).replace('>x<', `>${nameId}<!---->x<`)),
      /comment/,
    ],
    ['that is a bomb', () => open(signedQuery(' '.repeat(2_000_000), scene.key)), /longer than/],
    [
      'that was taken before',
      async () => {
        const request = signing(says({ nameId: 'x' }));
        await post(request);
        return post(request);
      },
      /taken before/,
    ],
  ])('%s is refused, and ends nothing', async (_, bring, detail) => {
    const visit = await bring();
    expect(visit.status).toBe(400);
    expect(visit.text).toMatch(detail);
    expect(await isSignedIn(scene.server, secret)).toBe(true);
    const [event] = await eventsOf(scene.company, 'SIGN_OUT_REFUSED');
    expect(event).toMatchObject({ requestId: visit.requestId, subject: { id: scene.connection.id } });
    expect(String(event?.told.detail)).toMatch(detail);
  });
});
