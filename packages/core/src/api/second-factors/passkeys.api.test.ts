import type { AccountWorld } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { newAuthenticator, type PasskeyOptions, type Twist } from '../../testing/authenticator.ts';
import {
  beginPasskeyProof,
  beginPasskeyRegistration,
  beginPasskeySignIn,
  eventsAbout,
  refused,
  registerPasskey,
  removePasskey,
  renamePasskey,
  run,
  signInByPasskey,
  updateUser,
} from '../../testing/directory.ts';
import { setUpPasskey, somebody } from '../../testing/second-factors.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
const nobody = () => world.actor('nobody');
let account: AccountWorld;
beforeAll(async () => {
  account = await world.account();
});

interface Begun {
  readonly options: PasskeyOptions;
  readonly browserSecret: string;
}

const begin = (): Promise<Begun> => run(nobody(), beginPasskeySignIn, {});
const wrong = { code: 'SIGN_IN_FAILED', field: 'passkey' };

async function withPasskey() {
  const person = await somebody(account, world);
  const session = await person.session();
  return { ...person, session, ...(await setUpPasskey(session)) };
}

test('a passkey signs in without a password, and is asked for after one', async () => {
  const { id, authenticator, codes, enter, finish } = await withPasskey();
  expect(codes).toHaveLength(10);
  const { options, browserSecret } = await begin();
  expect(options).toMatchObject({ rpId: 'rollcall.test', userVerification: 'required' });
  expect(options.allowCredentials ?? []).toEqual([]);
  const signedIn = await run(nobody(), signInByPasskey, {
    passkey: authenticator.get(options),
    browserSecret,
  });
  expect(signedIn).toMatchObject({ session: { method: 'PASSKEY', secondFactor: null }, user: { id } });

  const { pending } = await enter();
  expect(pending?.secondFactors).toEqual(['PASSKEY', 'RECOVERY_CODE']);
  const pendingSecret = pending?.secret ?? '';
  const proof = await run<{ options: PasskeyOptions }>(nobody(), beginPasskeyProof, { pendingSecret });
  expect(proof.options.allowCredentials).toMatchObject([{ id: authenticator.id }]);
  const answer = authenticator.get(proof.options, { verifiesUser: false });
  expect((await finish(pendingSecret, { passkey: answer })).errors).toBeUndefined();
});

describe('signing in by a passkey', () => {
  const twisted: [string, Twist][] = [
    ['made at another site', { origin: 'https://rollcall.test.example.com' }],
    ['made for another site', { rpId: 'example.com' }],
    ['that did not ask for a PIN or a finger', { verifiesUser: false }],
    ['that says it is of somebody else', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  ];
  test('is refused of an answer that is not honest, and of a challenge of another browser, or used before', async () => {
    const { id, authenticator } = await withPasskey();
    const shown = async (make: (begun: Begun) => object) =>
      refused(nobody(), signInByPasskey, make(await begin()));
    for (const [what, twist] of twisted)
      expect(
        await shown(({ options, ...rest }) => ({ ...rest, passkey: authenticator.get(options, twist) })),
        what,
      ).toMatchObject(wrong);
    const other = await begin();
    expect(
      await shown(({ options }) => ({
        passkey: authenticator.get(options),
        browserSecret: other.browserSecret,
      })),
    ).toMatchObject(wrong);
    expect(await shown(({ options }) => ({ passkey: authenticator.get(options) }))).toMatchObject(wrong);
    for (const passkey of [1, 'x', [], {}, { id: 7, response: { clientDataJSON: 'e30' } }])
      expect(
        await refused(nobody(), signInByPasskey, { passkey, browserSecret: other.browserSecret }),
      ).toMatchObject(wrong);
    const { options, browserSecret } = await begin();
    const input = { passkey: authenticator.get(options), browserSecret };
    const both = await Promise.all([1, 2].map(() => nobody().ask(signInByPasskey.document, { input })));
    expect(both.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    const types = (await eventsAbout(account.admin, id)).map(({ type }) => type);
    expect(types.filter((type) => type === 'USER_SIGN_IN_FAILED')).toHaveLength(twisted.length);
  });

  test('is refused of a copy, which counts its uses for itself, and is told', async () => {
    const { id, authenticator } = await withPasskey();
    const enter = async (counter: number) => {
      const { options, browserSecret } = await begin();
      const passkey = authenticator.get(options, { counter });
      return nobody().ask(signInByPasskey.document, { input: { passkey, browserSecret } });
    };
    expect((await enter(7)).errors).toBeUndefined();
    expect((await enter(7)).errors?.[0]?.extensions).toMatchObject(wrong);
    const failed = (await eventsAbout(account.admin, id)).find(({ type }) => type === 'USER_SIGN_IN_FAILED');
    expect(failed?.changes).toContainEqual({ field: 'copied', before: null, after: true });
    expect((await enter(8)).errors).toBeUndefined();
  });

  test('is over with the person, and with the passkey', async () => {
    const { id, authenticator, session } = await withPasskey();
    const enter = async () => {
      const { options, browserSecret } = await begin();
      return nobody().ask(signInByPasskey.document, {
        input: { passkey: authenticator.get(options), browserSecret },
      });
    };
    await run(account.admin, updateUser, { id, active: false });
    expect((await enter()).errors?.[0]?.extensions).toMatchObject(wrong);
    await run(account.admin, updateUser, { id, active: true });
    expect((await enter()).errors).toBeUndefined();
    expect((await session.ask('{ viewer { kind } }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('registering', () => {
  test('is refused of a passkey that is somebody’s, of a challenge of another session, and of what is none', async () => {
    const { authenticator } = await withPasskey();
    const other = await (await somebody(account, world)).session();
    const third = await (await somebody(account, world)).session();
    const optionsOf = async (actor: typeof other) =>
      (await run<{ options: PasskeyOptions }>(actor, beginPasskeyRegistration, {})).options;
    const name = 'Key';
    expect(
      await refused(other, registerPasskey, { response: authenticator.create(await optionsOf(other)), name }),
    ).toMatchObject({ code: 'ALREADY_EXISTS', field: 'response' });
    for (const response of [
      newAuthenticator().create(await optionsOf(third)),
      newAuthenticator().create(await optionsOf(other), { origin: 'https://example.com' }),
      newAuthenticator().get(await optionsOf(other)),
      { response: { clientDataJSON: '!' } },
      'x',
    ])
      expect(await refused(other, registerPasskey, { response, name })).toMatchObject({
        code: 'INVALID_INPUT',
        field: 'response',
      });
  });

  test('shows them in the profile, where they are renamed and removed, each by its person alone', async () => {
    const { id, session, enter } = await withPasskey();
    const shown = () =>
      session.query<{ viewer: { secondFactors: { passkeys: { id: string; name: string }[] } } }>(
        '{ viewer { secondFactors { passkeys { id name } } } }',
      );
    const [passkey] = (await shown()).viewer.secondFactors.passkeys;
    const stranger = await withPasskey();
    for (const [mutation, input] of [
      [renamePasskey, { id: passkey?.id, name: 'Mine' }],
      [removePasskey, { id: passkey?.id }],
    ] as const)
      expect(await refused(stranger.session, mutation, input)).toMatchObject({
        code: 'NOT_FOUND',
        field: 'id',
      });
    await run(session, renamePasskey, { id: passkey?.id, name: 'Phone' });
    expect((await shown()).viewer.secondFactors.passkeys).toEqual([{ id: passkey?.id, name: 'Phone' }]);
    await run(session, removePasskey, { id: passkey?.id });
    expect((await enter()).secret).not.toBeNull();
    const seen = 'query ($id: ID!) { user(id: $id) { secondFactors { recoveryCodesLeft } } }';
    expect(await account.admin.query(seen, { id })).toEqual({
      user: { secondFactors: { recoveryCodesLeft: 0 } },
    });
    expect(await session.refusal(seen, { id: account.adminId })).toMatchObject({ code: 'FORBIDDEN' });
  });
});
