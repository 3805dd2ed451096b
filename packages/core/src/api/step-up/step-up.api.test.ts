import { type AccountWorld, type Actor, totpCode } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import { stepUpRules } from '../../step-up/step-up-rules.ts';
import { newAuthenticator, type PasskeyOptions } from '../../testing/authenticator.ts';
import {
  addTeamMembers,
  beginPasskeyProof,
  beginPasskeyRegistration,
  beginTotp,
  changeTeamMembers,
  confirmTotp,
  endSessions,
  eventsAbout,
  grantRole,
  issueToken,
  newTeam,
  newUser,
  proveIdentity,
  refused,
  registerPasskey,
  removeTotp,
  roleNamed,
  run,
  sendPasswordReset,
  setGroupRoles,
  updateSignInPolicy,
  updateTeam,
  updateUser,
} from '../../testing/directory.ts';
import { type Added, PASSWORD, setUpPasskey, setUpTotp, somebody } from '../../testing/second-factors.ts';
import { withClient } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';
import { graphqlSchema } from '../build-schema.ts';

const world = useWorld();
let account: AccountWorld;
beforeAll(async () => {
  account = await world.account();
});

const sql = (text: string, ...values: unknown[]) =>
  withClient(world.databaseUrl, async (client) => (await client.query(text, values)).rows);
/** As if they had signed in an hour ago. */
const letTimePass = (userId: string) =>
  sql(`UPDATE sessions SET proven_at = now() - interval '11 minutes' WHERE user_id = $1`, userId);
const issue = { kind: 'API', name: 'A tool' };

async function adminSession() {
  const person = await somebody(account, world);
  await run(account.admin, grantRole, { userId: person.id, roleId: await roleNamed(account.admin, 'admin') });
  return { ...person, session: await person.session() };
}

test('every rule names a mutation', () => {
  const fields = Object.keys(graphqlSchema().getMutationType()?.getFields() ?? {});
  expect(Object.keys(stepUpRules).filter((name) => !fields.includes(name))).toEqual([]);
});

test('whatever gives a credential, a way in or a role has a rule', () => {
  const opensTheAccount =
    /^(issue|create|rotate|set|link|grant|update).*(Token|Client|ClientKeys|Connection|Stream|Identity|Roles?|RoleSource)$/;
  // Programs ask for it with a key of their own.
  const asked = Object.keys(graphqlSchema().getMutationType()?.getFields() ?? {}).filter(
    (name) => opensTheAccount.test(name) && name !== 'issueAccessToken',
  );
  expect(asked).toContain('createOAuthClient');
  expect(asked.filter((name) => !(name in stepUpRules))).toEqual([]);
});

describe('what people sign in with', () => {
  test('takes a proof of the last ten minutes: the password, until there is a second factor', async () => {
    const { id, session } = await adminSession();
    await letTimePass(id);
    expect(await refused(session, beginTotp, {})).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      methods: ['PASSWORD'],
    });
    expect(await refused(session, proveIdentity, { password: 'a wrong guess' })).toMatchObject({
      code: 'SIGN_IN_FAILED',
      field: 'password',
    });
    expect(await refused(session, beginTotp, {})).toMatchObject({ code: 'STEP_UP_REQUIRED' });
    await run(session, proveIdentity, { password: PASSWORD });
    const { secret } = await setUpTotp(session);
    const { authenticator, codes } = await setUpPasskey(session);
    expect(codes).toEqual([]);

    await letTimePass(id);
    expect(await refused(session, removeTotp, {})).toMatchObject({
      code: 'STEP_UP_REQUIRED',
      methods: ['PASSKEY', 'TOTP', 'RECOVERY_CODE'],
    });
    expect(await refused(session, proveIdentity, { password: PASSWORD })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'password',
    });
    expect(await refused(session, proveIdentity, { totpCode: totpCode(secret) })).toMatchObject({
      code: 'SIGN_IN_FAILED',
      field: 'totpCode',
    });
    const { options } = await run<{ options: PasskeyOptions }>(session, beginPasskeyProof, {});
    await run(session, proveIdentity, { passkey: authenticator.get(options) });
    await letTimePass(id);
    await run(session, proveIdentity, { totpCode: totpCode(secret, 1) });
    await run(session, removeTotp, {});
    const events = await eventsAbout(account.admin, id);
    expect(events.filter(({ type }) => type === 'USER_SIGN_IN_FAILED')).toHaveLength(2);
    const told = events.filter(({ type }) => type === 'USER_IDENTITY_PROVEN');
    expect(told.map(({ changes }) => changes)).toEqual(
      ['PASSWORD', 'PASSKEY', 'TOTP'].map((after) => [{ field: 'method', before: null, after }]),
    );
  });

  test('is changed by no other door without it', async () => {
    const { id, session } = await adminSession();
    await letTimePass(id);
    const emails = [{ value: 'mallory@example.com' }];
    for (const change of [
      { password: 'the password of a thief' },
      { userName: `${id}@example.com` },
      { emails },
    ])
      expect(await refused(session, updateUser, { id, ...change })).toMatchObject({
        code: 'STEP_UP_REQUIRED',
      });
    await run(session, updateUser, { id, title: 'Admin' });
    const { id: other } = await newUser(account.admin);
    await run(session, updateUser, { id: other, emails });
    await run(session, proveIdentity, { password: PASSWORD });
    await run(session, updateUser, { id, emails });
  });

  test('is proven by nobody else’s passkey', async () => {
    const one = await adminSession();
    const other = await adminSession();
    await setUpPasskey(one.session);
    const { authenticator } = await setUpPasskey(other.session);
    await letTimePass(one.id);
    const { options } = await run<{ options: PasskeyOptions }>(one.session, beginPasskeyProof, {});
    expect(await refused(one.session, proveIdentity, { passkey: authenticator.get(options) })).toMatchObject({
      code: 'SIGN_IN_FAILED',
      field: 'passkey',
    });
  });
});

describe('what opens the account to others', () => {
  test('takes it where the account asks, of people and of no token, and in no rehearsal', async () => {
    const { id, session } = await adminSession();
    await letTimePass(id);
    await run(session, issueToken, issue);
    await run(account.admin, updateSignInPolicy, { stepUp: true });
    const userId = id;
    const { id: teamId } = await newTeam(account.idp);
    await run(account.admin, setGroupRoles, { teamId, roleIds: [await roleNamed(account.admin, 'user')] });
    const { id: other } = await newUser(account.admin);
    for (const [mutation, input] of [
      [issueToken, issue],
      [grantRole, { userId, roleId: await roleNamed(account.admin, 'user') }],
      [endSessions, {}],
      [updateUser, { id: other, password: PASSWORD }],
      [sendPasswordReset, { userId: other }],
      [addTeamMembers, { teamId, userIds: [other] }],
      [changeTeamMembers, { changes: [{ id: teamId, addMemberIds: [other] }] }],
      [updateTeam, { id: teamId.toUpperCase(), addMemberIds: [other] }],
      [updateSignInPolicy, { stepUp: false }],
    ] as const)
      expect(await refused(session, mutation, input)).toMatchObject({ code: 'STEP_UP_REQUIRED' });
    await run(session, updateUser, { id: other, title: 'Clerk' });
    await run(session, addTeamMembers, { teamId: (await newTeam(account.admin)).id, userIds: [other] });
    const dry = { 'rollcall-dry-run': 'true' };
    expect((await session.ask(issueToken.document, { input: issue }, dry)).errors).toBeUndefined();
    const tool: Actor = await account.withPermissions('tokens:write', 'users:read');
    await run(tool, issueToken, { ...issue, permissions: ['users:read'] });
    await run(session, proveIdentity, { password: PASSWORD });
    await run(session, issueToken, issue);
    await run(account.admin, updateSignInPolicy, { stepUp: false });
  });
});

test('fewer people are asked for a second factor only after it, also where the account does not ask', async () => {
  const { id, session } = await adminSession();
  await letTimePass(id);
  for (const secondFactor of ['OPTIONAL', 'WITH_PASSWORD'])
    expect(await refused(session, updateSignInPolicy, { secondFactor })).toMatchObject({
      code: 'STEP_UP_REQUIRED',
    });
  await run(session, proveIdentity, { password: PASSWORD });
  await run(session, updateSignInPolicy, { secondFactor: 'OPTIONAL' });
});

describe('an account that asks everybody for a second factor', () => {
  test('has people set one up after their password, who can do nothing else until then', async () => {
    const strict = await world.account();
    const person = await somebody(strict, world);
    const session = await person.session();
    const withKey = await somebody(strict, world);
    const kept = await withKey.session();
    await setUpPasskey(kept);
    expect(await refused(strict.admin, updateSignInPolicy, { secondFactor: 'WITH_PASSWORD' })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'evenIfIHaveNone',
    });
    const changed = await run<{ endedSessionIds: string[] }>(strict.admin, updateSignInPolicy, {
      secondFactor: 'WITH_PASSWORD',
      evenIfIHaveNone: true,
    });
    expect(changed.endedSessionIds).toHaveLength(1);
    expect((await session.ask('{ viewer { kind } }')).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    await kept.query('{ viewer { kind } }');
    expect(await eventsAbout(strict.admin, strict.id)).toContainEqual(
      expect.objectContaining({
        type: 'SIGN_IN_POLICY_UPDATED',
        changes: [
          { field: 'secondFactor', before: 'OPTIONAL', after: 'WITH_PASSWORD' },
          { field: 'sessionsEnded', before: null, after: 1 },
        ],
      }),
    );

    const nobody = world.actor('nobody');
    const { pending } = await person.enter();
    expect(pending?.secondFactors).toEqual([]);
    const pendingSecret = pending?.secret ?? '';
    const { signedIn, codes, secret } = await setUpTotp(nobody, { pendingSecret });
    expect(codes).toHaveLength(10);
    const inside = world.actor(signedIn?.secret ?? '');
    expect(await inside.query('{ viewer { kind } }')).toEqual({ viewer: { kind: 'USER' } });
    expect(await refused(nobody, confirmTotp, { pendingSecret, code: totpCode(secret, 1) })).toMatchObject({
      code: 'SIGN_IN_FAILED',
      field: 'pendingSecret',
    });
    expect(await refused(inside, removeTotp, {})).toMatchObject({ code: 'INVALID_INPUT', field: 'input' });

    const other = await somebody(strict, world);
    const waiting = await other.pending();
    const authenticator = newAuthenticator();
    const { options } = await run<{ options: PasskeyOptions }>(nobody, beginPasskeyRegistration, {
      pendingSecret: waiting,
    });
    const response = authenticator.create(options);
    const added = await run<Added>(nobody, registerPasskey, {
      pendingSecret: waiting,
      response,
      name: 'Key',
    });
    expect(added).toMatchObject({ signedIn: { secret: expect.any(String) } });
  });
});
