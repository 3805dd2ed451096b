import { describe, expect, test } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { httpGraphQL } from '../clients/graphql-client.ts';
import { ADMIN_ORIGIN } from '../world.ts';
import { openBrowser, provenAt, refusedAt, type Visit } from './browser.ts';
import { type Lies, SUBJECT } from './hostile-provider.ts';
import { hostileScene, later } from './hostile-scene.ts';
import { connect, eventsOf, provision, updateConnection } from './scene.ts';

const scene = hostileScene();
const { start, signIn, expectRefusal } = scene;

test('without a lie it signs the person in', async () => {
  const visit = await signIn();
  expect(visit.location).toBe(`${ADMIN_ORIGIN}/activity`);
  expect(visit.setCookies.join()).toMatch(/rollcall_session=rc_session_.*HttpOnly; SameSite=Lax/);
  expect(scene.browser.cookie(SESSION_COOKIE)).toBeDefined();
});

test('how the person proved who they are is kept and told', async () => {
  const auth_time = later(-60);
  scene.provider.lies = { claims: { acr: 'phr', amr: ['pwd', 'otp'], auth_time } };
  const { requestId } = await signIn();
  const told = (await eventsOf(scene.company, 'USER_SIGNED_IN')).find(
    (event) => event.requestId === requestId,
  )?.told;
  expect(told).toMatchObject({
    acr: 'phr',
    amr: ['pwd', 'otp'],
    authTime: new Date(auth_time * 1000).toISOString(),
  });
});

test('what is asked of the provider is bound to the browser, fresh, and within the limits of the standard', async () => {
  const [one, other] = [await start(), await start()];
  const cookie = one.setCookies.join();
  expect(cookie).toMatch(/^rollcall_sign_in=[\w-]{43}; Max-Age=600; Path=\/auth; HttpOnly; SameSite=Lax$/);
  const asked = new URL(one.location).searchParams;
  expect(Object.fromEntries(asked)).toMatchObject({
    response_type: 'code',
    client_id: 'rollcall',
    code_challenge_method: 'S256',
    redirect_uri: scene.connection.redirectUri,
    scope: 'openid profile email',
  });
  expect(asked.get('nonce')?.length).toBeLessThanOrEqual(64);
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(asked.get(name)).not.toBe(new URL(other.location).searchParams.get(name));
});

test('the code is exchanged with the verifier of the challenge', async () => {
  await signIn();
  expect(scene.provider.tokenRequests.at(-1)?.get('code_verifier')).toMatch(/^[\w-]{43}$/);
});

describe('a token', () => {
  test.each<[string, () => Lies, RegExp]>([
    ['that is not signed', () => ({ signed: 'not at all' }), /alg|signature|JWS|JWT/i],
    [
      'signed with the public key as a secret',
      () => ({ signed: 'with the public key as a secret' }),
      /alg|unsupported/i,
    ],
    [
      'signed with a key that the provider does not publish',
      () => ({ signed: 'with another key' }),
      /signature/i,
    ],
    ['of another issuer', () => ({ claims: { iss: 'https://login.example.com' } }), /iss|claim/i],
    ['for another client', () => ({ claims: { aud: 'another' } }), /aud|claim/i],
    [
      'for this client and another',
      () => ({ claims: { aud: ['rollcall', 'another'], azp: 'rollcall' } }),
      /not for rollcall alone/,
    ],
    ['in a list of one', () => ({ claims: { aud: ['rollcall'] } }), /not for rollcall alone/],
    ['given to another client', () => ({ claims: { azp: 'another' } }), /azp|another/],
    ['that is over', () => ({ claims: { exp: later(-120) } }), /timestamp|exp/i],
    ['that is not good yet', () => ({ claims: { nbf: later(300) } }), /timestamp|nbf/i],
    ['without an end', () => ({ claims: { exp: undefined } }), /exp/],
    ['without the nonce', () => ({ claims: { nonce: undefined } }), /nonce/],
    ['with the nonce of another sign-in', () => ({ claims: { nonce: 'a'.repeat(43) } }), /nonce|claim/],
    ['without a subject', () => ({ claims: { sub: undefined } }), /sub/],
    ['whose session is over', () => ({ claims: { session_expiry: later(-1) } }), /session_expiry/],
    ['whose session ends at no moment', () => ({ claims: { session_expiry: 'tomorrow' } }), /session_expiry/],
  ])('%s is not taken', async (_what, lies, detail) => {
    scene.provider.lies = lies();
    expect(await expectRefusal(await signIn(), 'PROVIDER_ANSWER')).toMatch(detail);
  });

  test('that is over for less than a minute is, for clocks differ', async () => {
    scene.provider.lies = { claims: { exp: later(-30) } };
    expect(refusedAt(await signIn())).toBeNull();
  });

  test('older than max_age, or that does not say, is not taken', async () => {
    await updateConnection(scene.company, { id: scene.connection.id, maxAge: 300 });
    const { location } = await start();
    expect(new URL(location).searchParams.get('max_age')).toBe('300');
    for (const auth_time of [later(-1000), undefined]) {
      scene.provider.lies = { claims: { auth_time } };
      await expectRefusal(await signIn(), 'PROVIDER_ANSWER');
    }
    scene.provider.lies = { claims: { auth_time: later(-100) } };
    expect(refusedAt(await signIn())).toBeNull();
  });
});

describe('an answer', () => {
  test('that is used again is refused', async () => {
    const { location } = await start();
    const back = scene.provider.answer(location);
    expect(refusedAt(await scene.browser.open(back))).toBeNull();
    const again = openBrowser(scene.server.origin);
    expect(refusedAt(await scene.browser.open(back))).toBe('NOT_BEGUN');
    expect(refusedAt(await again.open(back))).toBe('NOT_BEGUN');
  });

  test('in another browser is refused, and stays good in its own', async () => {
    const { location } = await start();
    const back = scene.provider.answer(location);
    const victim = openBrowser(scene.server.origin);
    expect(refusedAt(await victim.open(back))).toBe('NOT_BEGUN');
    // Also when that browser began a sign-in of its own.
    await start(scene.connection, victim);
    await expectRefusal(await victim.open(back), 'NOT_BEGUN');
    expect(victim.cookie(SESSION_COOKIE)).toBeUndefined();
    expect(refusedAt(await scene.browser.open(back))).toBeNull();
  });

  test('with the code of another sign-in of the same browser is refused', async () => {
    const [one, other] = [await start(), await start()];
    const back = new URL(scene.provider.answer(one.location));
    const code = new URL(scene.provider.answer(other.location)).searchParams.get('code') ?? '';
    back.searchParams.set('code', code);
    await expectRefusal(await scene.browser.open(back.href), 'PROVIDER_ANSWER');
  });

  test.each(['', '?state=', '?code=1', '?state=%00&code=1', '?state=a&state=b', '?code=1&state=%ff'])(
    'such as %j is refused, and is no failure of ours',
    async (query) => {
      await start();
      await expectRefusal(await scene.browser.open(`${scene.connection.redirectUri}${query}`), 'NOT_BEGUN');
    },
  );

  test('of another provider (mix-up) is refused by its iss, before the code is sent anywhere', async () => {
    scene.provider.lies = { metadata: { authorization_response_iss_parameter_supported: true } };
    const { length } = scene.provider.tokenRequests;
    await expectRefusal(await signIn(), 'PROVIDER_ANSWER');
    scene.provider.lies = { ...scene.provider.lies, answer: { iss: 'https://login.example.com' } };
    await expectRefusal(await signIn(), 'PROVIDER_ANSWER');
    expect(scene.provider.tokenRequests).toHaveLength(length);
    scene.provider.lies = { ...scene.provider.lies, answer: { iss: scene.provider.issuer } };
    expect(refusedAt(await signIn())).toBeNull();
  });

  test('at the address of another sign-in connection is refused', async () => {
    const another = await connect(scene.company, { issuer: scene.provider.issuer });
    const { location } = await start();
    const back = scene.provider.answer(location).replace(scene.connection.id, another.id);
    await expectRefusal(await scene.browser.open(back), 'NOT_BEGUN', another);
  });

  test('at the address of another account is refused, and lets nobody in there', async () => {
    const other = await scene.server.company();
    await provision(other, SUBJECT);
    const theirs = await connect(other, { issuer: scene.provider.issuer });
    const { location } = await start();
    const visit = await scene.browser.open(
      scene.provider.answer(location).replace(scene.connection.id, theirs.id),
    );
    expect(refusedAt(visit)).toBe('NOT_BEGUN');
    expect((await eventsOf(other, 'SIGN_IN_REFUSED'))[0]?.requestId).toBe(visit.requestId);
  });

  test('that says no is told in a sentence, and to the admin in the words of the provider', async () => {
    scene.provider.lies = {
      answer: { error: 'access_denied', error_description: 'not\nassigned <b>\u0000' },
    };
    expect(await expectRefusal(await signIn(), 'PROVIDER_REFUSED')).toMatch(
      /access_denied: not assigned <b>/,
    );
  });
});

describe('an address to go to then', () => {
  const elsewhere = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    `${ADMIN_ORIGIN}.evil.example/`,
    `${ADMIN_ORIGIN}@evil.example/`,
    'javascript:alert(1)',
    `${ADMIN_ORIGIN}//evil.example`,
    `/${'a'.repeat(5000)}`,
  ];
  test.each(
    elsewhere.flatMap((to) => [
      ['target_link_uri', to],
      ['next', to],
    ]),
  )('in %s, %j, is refused when it leads elsewhere', async (name, to) => {
    const visit = await scene.browser.open(
      `${scene.connection.initiateLoginUri}?${new URLSearchParams({ [name]: to })}`,
    );
    expect(await expectRefusal(visit, 'REQUEST')).toContain('target_link_uri');
  });

  test('within our pages is where the person comes to', async () => {
    const asked = new URLSearchParams({
      iss: scene.provider.issuer,
      login_hint: 'ada@example.com',
      target_link_uri: `${ADMIN_ORIGIN}/people?q=a#b`,
    });
    const { location } = await scene.browser.open(`${scene.connection.initiateLoginUri}?${asked}`);
    expect(new URL(location).searchParams.get('login_hint')).toBe('ada@example.com');
    expect((await scene.browser.open(scene.provider.answer(location))).location).toBe(
      `${ADMIN_ORIGIN}/people?q=a#b`,
    );
  });

  test('is asked for by the provider itself, and by no other', async () => {
    const visit = await scene.browser.open(`${scene.connection.initiateLoginUri}?iss=https://evil.example`);
    expect(await expectRefusal(visit, 'REQUEST')).toContain('iss');
  });
});

describe('a proof by somebody who is signed in', () => {
  const stepUp = (next = '/tokens') =>
    scene.browser.open(`/auth/sso/${scene.connection.id}/step-up?${new URLSearchParams({ next })}`);
  /** Goes to the provider and comes back with what it claims. */
  async function proveWith(claims: object): Promise<Visit> {
    scene.provider.lies = { claims: { ...claims } };
    return scene.browser.open(scene.provider.answer((await stepUp()).location));
  }
  async function expectUnproven(visit: Visit, reason: string, page = '/tokens'): Promise<void> {
    expect(provenAt(visit)).toEqual([page, reason]);
    const [event] = await eventsOf(scene.company, 'SIGN_IN_REFUSED');
    expect(event).toMatchObject({ requestId: visit.requestId, told: { reason } });
  }
  const endSessions = () =>
    httpGraphQL(scene.server.origin, { authorization: `Bearer ${scene.browser.cookie(SESSION_COOKIE)}` }).ask(
      'mutation { endSessions(input: { othersOnly: true }) { endedSessionIds } }',
    );
  const setPolicy = (stepUp: boolean) =>
    scene.company.admin.query(
      'mutation ($input: UpdateSignInPolicyInput!) { updateSignInPolicy(input: $input) { __typename } }',
      { input: { stepUp } },
    );

  test('is what a dangerous mutation asks for, and the provider is asked for anew', async () => {
    scene.provider.lies = { claims: { auth_time: later(-3600) } };
    await signIn();
    await setPolicy(true);
    const { errors } = await endSessions();
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      methods: ['PROVIDER'],
      signInConnectionId: scene.connection.id,
    });
    await updateConnection(scene.company, { id: scene.connection.id, stepUpAcrValues: ['phrh', 'phr'] });
    const { location } = await stepUp();
    const asked = new URL(location).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      max_age: '0',
      prompt: 'login',
      acr_values: 'phrh phr',
    });
    scene.provider.lies = { claims: { auth_time: later(0), acr: 'phr' } };
    const back = scene.provider.answer(location);
    expect(provenAt(await scene.browser.open(back))).toEqual(['/tokens', 'given']);
    expect((await endSessions()).errors).toBeUndefined();
    await setPolicy(false);
    // It is used up, and not only this browser's cookie.
    await stepUp();
    await expectUnproven(await scene.browser.open(back), 'NOT_BEGUN', '/profile');
  });

  test('is none by an authentication of before, by another context, or by another subject', async () => {
    await signIn();
    await expectUnproven(await proveWith({ auth_time: later(-120) }), 'NOT_ANEW');
    await expectUnproven(await proveWith({}), 'NOT_ANEW');
    await expectUnproven(await proveWith({ auth_time: later(0), sub: 'another' }), 'OTHER_PERSON');
    await updateConnection(scene.company, { id: scene.connection.id, stepUpAcrValues: ['phrh'] });
    for (const acr of ['phr', undefined])
      await expectUnproven(await proveWith({ auth_time: later(0), acr }), 'WRONG_CONTEXT');
    expect(await eventsOf(scene.company, 'USER_IDENTITY_PROVEN')).toHaveLength(1);
  });

  test('is good in its own session, browser and for nothing else, and leads nowhere but to our pages', async () => {
    await signIn();
    scene.provider.lies = { claims: { auth_time: later(0) } };
    const { location } = await stepUp();
    const stranger = openBrowser(scene.server.origin);
    expect((await stranger.open(scene.provider.answer(location))).location).toBe(`${ADMIN_ORIGIN}/sign-in`);
    expect(stranger.cookie(SESSION_COOKIE)).toBeUndefined();
    const began = (await start()).location;
    const asProof = scene.provider.answer(began).replace('state=', 'state=proof.');
    await expectUnproven(await scene.browser.open(asProof), 'NOT_BEGUN', '/profile');
    const secret = scene.browser.cookie('rollcall_sign_in');
    await signIn();
    const cookie = `rollcall_sign_in=${secret}; ${SESSION_COOKIE}=${scene.browser.cookie(SESSION_COOKIE)}`;
    await expectUnproven(await scene.browser.open(scene.provider.answer(location), { cookie }), 'NOT_BEGUN');
    await expectUnproven(await stepUp('https://evil.example'), 'REQUEST', '/profile');
    const elsewhere = await connect(scene.company, { issuer: scene.provider.issuer });
    const other = await scene.browser.open(`/auth/sso/${elsewhere.id}/step-up`);
    expect(provenAt(other)).toEqual(['/profile', 'INVALID_INPUT']);
    const forced = await scene.browser.open(`/auth/sso/${scene.connection.id}/step-up`, {
      'sec-fetch-site': 'cross-site',
    });
    expect(forced.location).toBe(`${ADMIN_ORIGIN}/profile`);
  });
});
