import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { exchange, type HttpAnswer } from '../clients/http-exchange.ts';
import { type Signing, SUBJECT } from './hostile-provider.ts';
import { hostileScene, later } from './hostile-scene.ts';
import { connect, eventsOf, isSignedIn, type TestConnection, updateConnection } from './scene.ts';

const scene = hostileScene();
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';

/** A logout token of the subject, with other claims where a test says so. */
const logoutToken = (claims: object = {}, signing: Signing = {}): Promise<string> =>
  scene.provider.sign(
    {
      iss: scene.provider.issuer,
      aud: 'rollcall',
      iat: later(0),
      exp: later(120),
      jti: randomUUID(),
      events: { [EVENT]: {} },
      sub: SUBJECT,
      ...claims,
    },
    { ...signing, header: { typ: 'logout+jwt', ...signing.header } },
  );

const send = (logout_token: string, { id }: TestConnection = scene.connection): Promise<HttpAnswer> =>
  exchange(scene.server.origin, {
    method: 'POST',
    path: `/auth/oidc/${id}/backchannel-logout`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token }).toString(),
  });

const isIn = () => isSignedIn(scene.server, scene.browser.cookie(SESSION_COOKIE));

/** It is refused in the words of the standard and with an event, and the session goes on. */
async function expectRefused(answer: HttpAnswer, reason: string, detail: RegExp): Promise<void> {
  expect(answer).toMatchObject({ status: 400, headers: { 'cache-control': 'no-store' } });
  const { error, error_description } = JSON.parse(answer.text);
  expect(error).toBe('invalid_request');
  expect(error_description).toMatch(detail);
  const [event] = await eventsOf(scene.company, 'SIGN_OUT_REFUSED');
  expect(event).toMatchObject({
    requestId: answer.headers['x-request-id'],
    subject: { id: scene.connection.id },
    told: { reason, detail: expect.stringMatching(detail), address: '127.0.0.1' },
  });
  expect(await isIn()).toBe(true);
}

type Claims = Readonly<Record<string, unknown>>;

test.each<[name: string, claims: () => Claims, signing: Signing, reason: string, detail: RegExp]>([
  ['that is not signed', () => ({}), { signed: 'not at all' }, 'FORM', /alg is "none"/],
  [
    'signed with the public key as a secret',
    () => ({}),
    { signed: 'with the public key as a secret' },
    'FORM',
    /alg is "HS256"/,
  ],
  [
    'signed with another key',
    () => ({}),
    { signed: 'with another key' },
    'SIGNATURE',
    /signature verification failed/,
  ],
  [
    'by a key that nobody published',
    () => ({}),
    { header: { kid: 'new' } },
    'SIGNATURE',
    /no applicable key/,
  ],
  ['of another kind', () => ({}), { header: { typ: 'secevent+jwt' } }, 'FORM', /typ is "secevent\+jwt"/],
  [
    'of another issuer',
    () => ({ iss: 'https://login.example.com' }),
    {},
    'ISSUER',
    /iss is "https:\/\/login/,
  ],
  ['for another client', () => ({ aud: 'another' }), {}, 'AUDIENCE', /aud is "another"/],
  ['that is an ID token', () => ({ nonce: 'n' }), {}, 'FORM', /nonce is in it/],
  ['without the event', () => ({ events: { 'urn:another': {} } }), {}, 'FORM', /backchannel-logout/],
  ['with the event as a text', () => ({ events: EVENT }), {}, 'FORM', /backchannel-logout/],
  ['that names nobody', () => ({ sub: undefined }), {}, 'FORM', /Neither sub nor sid/],
  ['that names a number', () => ({ sub: 7 }), {}, 'FORM', /sub is not a text/],
  ['that names NUL', () => ({ sid: 'a\0b' }), {}, 'FORM', /sid is not a text/],
  ['without an id', () => ({ jti: undefined }), {}, 'FORM', /jti is not a text/],
  ['with an endless id', () => ({ jti: 'x'.repeat(513) }), {}, 'FORM', /jti is not a text/],
  ['that does not say when', () => ({ iat: undefined }), {}, 'TIME', /iat is not a number/],
  ['of tomorrow', () => ({ iat: later(86_400), exp: later(86_500) }), {}, 'TIME', /iat is ahead/],
  ['of yesterday', () => ({ iat: later(-86_400) }), {}, 'TIME', /issued more than 600 seconds ago/],
  ['that has expired', () => ({ exp: later(-120) }), {}, 'TIME', /expired/],
  ['that never expires', () => ({ exp: undefined }), {}, 'TIME', /exp is not a number/],
  ['good for a year', () => ({ exp: later(31_536_000) }), {}, 'TIME', /exp is more than 600/],
  ['good from tomorrow on', () => ({ nbf: later(86_400) }), {}, 'TIME', /nbf is ahead/],
])('a logout token %s ends nothing', async (_, claims, signing, reason, detail) => {
  await scene.signIn();
  await expectRefused(await send(await logoutToken(claims(), signing)), reason, detail);
});

test('of what is no token, of none, and of no connection nothing ends', async () => {
  await scene.signIn();
  await expectRefused(await send('hello'), 'FORM', /no signed JWT/);
  await expectRefused(await send(`${'a'.repeat(17_000)}.b.c`), 'FORM', /longer than 16384/);
  expect((await send('')).status).toBe(400);
  const token = await logoutToken();
  expect((await send(token, { ...scene.connection, id: randomUUID() })).status).toBe(400);
  expect((await send(token, { ...scene.connection, id: 'x' })).status).toBe(400);
  expect(await isIn()).toBe(true);
});

test('a logout token is taken once, and ends the session that it names, by a list of recipients as well', async () => {
  await scene.signIn();
  const token = await logoutToken({ aud: ['another', 'rollcall'] }, { header: { typ: undefined } });
  expect(await send(token)).toMatchObject({
    status: 200,
    text: '',
    headers: { 'cache-control': 'no-store' },
  });
  expect(await isIn()).toBe(false);
  const [ended] = await eventsOf(scene.company, 'USER_SESSIONS_ENDED');
  expect(ended).toMatchObject({
    related: { id: scene.connection.id },
    told: { sessions: 1, cause: 'BACK_CHANNEL_LOGOUT' },
  });
  await scene.signIn();
  await expectRefused(await send(token), 'REPLAYED', /this jti was taken before/);
});

test("a connection's token ends nothing by another connection, of this account or of another", async () => {
  const other = await scene.server.company();
  const elsewhere = await connect(other, { issuer: scene.provider.issuer });
  const beside = await connect(scene.company, { issuer: scene.provider.issuer });
  await scene.signIn();
  for (const at of [elsewhere, beside]) expect((await send(await logoutToken(), at)).status).toBe(200);
  expect(await isIn()).toBe(true);
});

test('sessions that go on by a connection that is switched off end', async () => {
  await scene.signIn();
  await updateConnection(scene.company, { id: scene.connection.id, enabled: false });
  expect((await send(await logoutToken())).status).toBe(200);
  expect(await isIn()).toBe(false);
});

test("strangers neither fill the log nor have the provider's keys fetched", async () => {
  await scene.signIn();
  let fetched = 0;
  scene.provider.lies = {
    at: {
      '/keys': (_request, response) => {
        fetched += 1;
        response.writeHead(500).end();
      },
    },
  };
  for (let times = 0; times < 12; times += 1)
    expect((await send(await logoutToken({}, { header: { kid: `made up ${times}` } }))).status).toBe(400);
  for (let times = 0; times < 12; times += 1)
    await send(await logoutToken({ iss: 'https://elsewhere.example' }));
  expect(fetched).toBeLessThanOrEqual(1);
  const told = (await eventsOf(scene.company, 'SIGN_OUT_REFUSED')).slice(0, 10);
  expect(
    told.filter(({ told: { reason } }) => reason === 'ISSUER').map((event) => event.told.attempts),
  ).toEqual([10, 5, 4, 3, 2, 1]);
});
