import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { exchange, type HttpAnswer } from '../clients/http-exchange.ts';
import type { Signing } from './hostile-provider.ts';
import { hostileScene, later } from './hostile-scene.ts';
import { eventsOf, isSignedIn, prove, provision } from './scene.ts';

const scene = hostileScene({ worksInBackground: true });
const CAEP = 'https://schemas.openid.net/secevent/caep/event-type/';
const SSF = 'https://schemas.openid.net/secevent/ssf/event-type/';
const AUDIENCE = 'https://rollcall.example.com/signals';

/** What the transmitter has for whoever fetches, and what it was told of it. */
const queue: Record<string, string> = {};
const answered: { ack: string[]; setErrs: Record<string, { err: string }> } = { ack: [], setErrs: {} };

const json = (response: ServerResponse, body: object) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));

async function poll(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.headers.authorization !== 'Bearer fetch-me') return void response.writeHead(401).end();
  const parts: Buffer[] = [];
  for await (const each of request) parts.push(each);
  const { ack = [], setErrs = {} } = JSON.parse(Buffer.concat(parts).toString());
  answered.ack.push(...ack);
  Object.assign(answered.setErrs, setErrs);
  for (const id of [...ack, ...Object.keys(setErrs)]) delete queue[id];
  json(response, { sets: queue, moreAvailable: false });
}

let token: string;
let person: string;
beforeAll(async () => {
  await prove(scene.company, 'signals.example');
  person = await provision(scene.company, 'signalled', { userName: 'Ada@signals.example' });
});
beforeEach(async () => {
  const { issuer } = scene.provider;
  scene.provider.lies = {
    claims: { sub: 'signalled' },
    at: {
      '/.well-known/ssf-configuration': (_request, response) =>
        json(response, { issuer, jwks_uri: `${issuer}/keys` }),
      '/poll': (request, response) => void poll(request, response),
    },
  };
  token = (await setStream({ delivery: 'PUSH' })) ?? '';
});

async function setStream(more: object): Promise<string | null> {
  const { setSignalStream } = await scene.company.admin.query<{ setSignalStream: { secret: string | null } }>(
    'mutation ($input: SetSignalStreamInput!) { setSignalStream(input: $input) { secret } }',
    {
      input: {
        signInConnectionId: scene.connection.id,
        issuer: scene.provider.issuer,
        audience: AUDIENCE,
        ...more,
      },
    },
  );
  return setSignalStream.secret;
}

const stream = async () => {
  const { node } = await scene.company.admin.query<{
    node: { signalStream: Record<string, unknown> | null };
  }>(
    'query ($id: ID!) { node(id: $id) { ... on SignInConnection { signalStream { lastFour lastReceivedAt verifiedAt verificationState problem } } } }',
    { id: scene.connection.id },
  );
  return node.signalStream;
};

const linked = () => ({ format: 'iss_sub', iss: scene.provider.issuer, sub: 'signalled' });

/** A security event as the transmitter signs it, with other claims where a test says so. */
const signed = (claims: object = {}, { header, ...signing }: Signing = {}): Promise<string> =>
  scene.provider.sign(
    {
      iss: scene.provider.issuer,
      aud: AUDIENCE,
      iat: later(0),
      jti: randomUUID(),
      sub_id: linked(),
      events: { [`${CAEP}session-revoked`]: { event_timestamp: later(0) } },
      ...claims,
    },
    { ...signing, header: { typ: 'secevent+jwt', ...header } },
  );

const push = (body: string, authorization = `Bearer ${token}`): Promise<HttpAnswer> =>
  exchange(scene.server.origin, {
    method: 'POST',
    path: `/auth/signals/${scene.connection.id}`,
    headers: { 'content-type': 'application/secevent+jwt', authorization },
    body,
  });

async function signIn(): Promise<string> {
  await scene.signIn();
  return scene.browser.cookie(SESSION_COOKIE) ?? '';
}

const isIn = (secret: string) => isSignedIn(scene.server, secret);

async function expectRefused(answer: HttpAnswer, err: string, reason: string, detail: RegExp): Promise<void> {
  expect(JSON.parse(answer.text)).toEqual({ err, description: expect.stringMatching(detail) });
  expect(answer.status).toBe(err === 'authentication_failed' ? 401 : 400);
  expect(answer.headers['content-language']).toBe('en');
  const [event] = await eventsOf(scene.company, 'SIGNAL_REFUSED');
  expect(event).toMatchObject({
    requestId: answer.headers['x-request-id'],
    subject: { id: scene.connection.id },
    told: { reason, detail: expect.stringMatching(detail) },
  });
}

type Refused = readonly [err: string, reason: string, detail: RegExp];
const revoked = { [`${CAEP}session-revoked`]: {} };

test('a security event that can not be trusted ends nothing', async () => {
  const secret = await signIn();
  const cases: readonly (readonly [claims: object, signing: Signing, ...Refused])[] = [
    [{}, { signed: 'not at all' }, 'invalid_request', 'FORM', /alg is "none"/],
    [{}, { signed: 'with the public key as a secret' }, 'invalid_request', 'FORM', /alg is "HS256"/],
    [{}, { signed: 'with another key' }, 'invalid_key', 'SIGNATURE', /signature verification failed/],
    [{}, { header: { kid: 'new' } }, 'invalid_key', 'SIGNATURE', /no applicable key/],
    [{}, { header: { typ: 'logout+jwt' } }, 'invalid_request', 'FORM', /typ is "logout\+jwt"/],
    [{}, { header: { typ: undefined } }, 'invalid_request', 'FORM', /typ is left out/],
    [{ iss: 'https://evil.example' }, {}, 'invalid_issuer', 'ISSUER', /iss is "https:\/\/evil/],
    [{ aud: 'https://other.example' }, {}, 'invalid_audience', 'AUDIENCE', /aud is/],
    [{ iat: later(-8 * 86_400) }, {}, 'invalid_request', 'TIME', /issued more than/],
    [{ iat: later(3600) }, {}, 'invalid_request', 'TIME', /ahead of our clock/],
    [{ exp: later(-3600) }, {}, 'invalid_request', 'TIME', /expired/],
    [{ events: { ...revoked, 'urn:other': {} } }, {}, 'invalid_request', 'FORM', /has 2 events/],
  ];
  for (const [claims, signing, err, reason, detail] of cases)
    await expectRefused(await push(await signed(claims, signing)), err, reason, detail);
  for (const wrong of [token.replace(/.$/, 'x'), 'rc_signals_', scene.company.admin.authorization.slice(7)])
    await expectRefused(
      await push(await signed(), `Bearer ${wrong}`),
      'authentication_failed',
      'AUTHENTICATION',
      /is not the one of this stream/,
    );
  expect((await push('')).status).toBe(400);
  expect(await isIn(secret)).toBe(true);
});

test.each<[string, () => object]>([
  ['its subject', linked],
  ['an opaque id', () => ({ format: 'opaque', id: 'signalled' })],
  ['an address of a proven domain', () => ({ format: 'email', email: 'ada@SIGNALS.example' })],
  ['the user of a complex subject', () => ({ format: 'complex', user: linked(), device: {} })],
])('a session that is revoked ends, of whom the transmitter names by %s', async (_, subject) => {
  const secret = await signIn();
  const answer = await push(await signed({ sub_id: subject() }));
  expect(answer).toMatchObject({ status: 202, text: '' });
  expect(await isIn(secret)).toBe(false);
  const [event] = await eventsOf(scene.company, 'USER_SESSIONS_ENDED');
  expect(event).toMatchObject({
    subject: { id: person },
    related: { id: scene.connection.id },
    told: { sessions: expect.any(Number), cause: 'SESSION_REVOKED' },
  });
});

test('nobody is meant by an address that only looks like theirs, of an unproven domain, or by a format that is not known', async () => {
  const secret = await signIn();
  for (const sub_id of [
    { format: 'email', email: 'adа@signals.example' },
    { format: 'email', email: 'signalled@example.com' },
    { format: 'iss_sub', iss: 'https://elsewhere.example', sub: 'signalled' },
    { format: 'did', url: 'did:example:123' },
  ])
    expect((await push(await signed({ sub_id }))).status).toBe(202);
  expect(await isIn(secret)).toBe(true);
  const [event] = await eventsOf(scene.company, 'SIGNAL_REFUSED');
  expect(event?.told).toMatchObject({ reason: 'NOBODY' });
});

test('an event is good once, and not for what began after it happened', async () => {
  const before = await signIn();
  const event = await signed({ events: { [`${CAEP}session-revoked`]: { event_timestamp: later(-3600) } } });
  expect((await push(event)).status).toBe(202);
  expect(await isIn(before)).toBe(true);
  const again = await signed();
  expect((await push(again)).status).toBe(202);
  expect(await isIn(before)).toBe(false);
  const after = await signIn();
  expect((await push(again)).status).toBe(202);
  expect(await isIn(after)).toBe(true);
});

test('a credential that is added ends nothing, one that is changed the sessions, one that is taken away also what acts for the person', async () => {
  const change = (change_type: string) =>
    signed({ events: { [`${CAEP}credential-change`]: { change_type, credential_type: 'password' } } });
  const secret = await signIn();
  const { createRole } = await scene.company.admin.query<{ createRole: { role: { id: string } } }>(
    'mutation { createRole(input: { name: "Builder", permissions: ["tokens:write"] }) { role { id } } }',
  );
  const grant = { userId: person, roleId: createRole.role.id };
  await scene.company.admin.query(
    'mutation ($input: RoleGrantInput!) { grantRole(input: $input) { __typename } }',
    { input: grant },
  );
  const { issueToken } = await scene.server.world
    .actor(secret)
    .query<{ issueToken: { secret: string } }>(
      'mutation { issueToken(input: { kind: API, name: "own", permissions: ["tokens:write"] }) { secret } }',
    );
  const own = issueToken.secret;
  await push(await change('create'));
  expect([await isIn(secret), await isIn(own)]).toEqual([true, true]);
  await push(await change('update'));
  expect([await isIn(secret), await isIn(own)]).toEqual([false, true]);
  await push(await change('revoke'));
  expect(await isIn(own)).toBe(false);
  const [event] = await eventsOf(scene.company, 'USER_SESSIONS_ENDED');
  expect(event?.told).toEqual({ sessions: 0, tokens: 1, cause: 'CREDENTIAL_CHANGE' });
  expect(JSON.parse((await push(await change('guess'))).text).err).toBe('invalid_request');
  // Whoever may do more is linked by no external id.
  await scene.company.admin.query(
    'mutation ($input: RoleGrantInput!) { revokeRole(input: $input) { __typename } }',
    { input: grant },
  );
});

test('what is verified, paused or not known is taken, and shown with the stream', async () => {
  const send = async (type: string, event: object) =>
    (await push(await signed({ sub_id: { format: 'opaque', id: 'stream' }, events: { [type]: event } })))
      .status;
  expect(await send(`${SSF}verification`, { state: 'hello' })).toBe(202);
  expect(await send(`${CAEP}device-compliance-change`, {})).toBe(202);
  expect(await stream()).toMatchObject({
    lastFour: token.slice(-4),
    verifiedAt: expect.any(String),
    verificationState: 'hello',
    lastReceivedAt: expect.any(String),
    problem: null,
  });
  expect((await eventsOf(scene.company, 'SIGNAL_STREAM_VERIFIED'))[0]?.told).toEqual({ state: 'hello' });
  expect(await send(`${SSF}stream-updated`, { status: 'paused', reason: 'maintenance' })).toBe(202);
  expect((await stream())?.problem).toContain('paused: maintenance');
});

test('the token is shown once, rotated with an overlap, and over with the stream', async () => {
  expect(await setStream({ delivery: 'PUSH', audience: `${AUDIENCE}/2` })).toBeNull();
  const ask = (field: string, input: object) =>
    scene.company.admin.query<Record<string, { secret?: string }>>(
      `mutation ($input: ${field[0]?.toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${field === 'rotateSignalToken' ? 'secret' : 'signInConnection { id }'} } }`,
      { input: { signInConnectionId: scene.connection.id, ...input } },
    );
  const event = () => signed({ aud: `${AUDIENCE}/2` });
  const { rotateSignalToken } = await ask('rotateSignalToken', { overlapSeconds: 3600 });
  for (const each of [token, rotateSignalToken?.secret])
    expect((await push(await event(), `Bearer ${each}`)).status).toBe(202);
  await ask('rotateSignalToken', {});
  expect((await push(await event())).status).toBe(401);
  await ask('deleteSignalStream', {});
  expect(await stream()).toBeNull();
  expect((await push(await event())).status).toBe(401);
});

test('events that are not pushed are fetched, and acknowledged or refused one by one', async () => {
  const secret = await signIn();
  queue.good = await signed();
  queue.bad = await signed({ iss: 'https://evil.example' });
  await setStream({ delivery: 'POLL', pollUrl: `${scene.provider.issuer}/poll`, pollCredential: 'fetch-me' });
  await expect.poll(() => isIn(secret), { timeout: 20_000 }).toBe(false);
  await expect.poll(() => Object.keys(queue), { timeout: 20_000 }).toEqual([]);
  expect(answered.ack).toEqual(['good']);
  expect(answered.setErrs).toMatchObject({ bad: { err: 'invalid_issuer' } });
  await expect(setStream({ delivery: 'POLL', pollUrl: 'https://elsewhere.example/poll' })).rejects.toThrow(
    /pollCredential: is required/,
  );
  await setStream({ delivery: 'POLL', pollUrl: `${scene.provider.issuer}/poll`, pollCredential: 'wrong' });
  await expect.poll(async () => (await stream())?.problem, { timeout: 20_000 }).toContain('status 401');
});
