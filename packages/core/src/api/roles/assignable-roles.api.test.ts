import type { AccountWorld, Actor } from '@rollcall/testkit';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createConnection,
  createRole,
  createUsers,
  deprovisionUser,
  eventsAbout,
  issueToken,
  newUser,
  refused,
  roleNamed,
  rotateToken,
  run,
  setAssignableRoles,
  updateUser,
} from '../../testing/directory.ts';
import { connectionIdOf, newRole, reasonsOf } from '../../testing/group-roles.ts';
import { dumpTables } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
let account: AccountWorld;
let connectionId: string;
let adminRole: string;
let clerk: { id: string; name: string };
beforeAll(async () => {
  account = await world.account();
  connectionId = await connectionIdOf(account);
  adminRole = await roleNamed(account.admin, 'admin');
  clerk = await newRole(account.admin, 'users:write');
  await run(account.admin, setAssignableRoles, { connectionId, roleIds: [adminRole, clerk.id] });
});

const says = (idp: Actor, id: string, ...values: string[]) =>
  run(idp, updateUser, { id, directoryRoles: values.map((value) => ({ value })) });

const seenBy = async (actor: Actor, id: string): Promise<unknown> => {
  const document = 'query ($id: ID!) { user(id: $id) { directoryRoles { value } } }';
  const { user } = await actor.query<{ user: { directoryRoles: { value: string }[] } }>(document, { id });
  return user.directoryRoles.map(({ value }) => value);
};

/** The identity provider of another connection, which may assign nothing. */
async function anotherProvider(): Promise<Actor> {
  const input = { name: `Another ${crypto.randomUUID()}` };
  const { connection } = await run<{ connection: { id: string } }>(account.admin, createConnection, input);
  const token = { kind: 'SCIM', name: 'Another', connectionId: connection.id };
  return world.actor((await run<{ secret: string }>(account.admin, issueToken, token)).secret);
}

describe('nobody becomes more by what they say of people', () => {
  test('what others have written is not sent back as the word of the provider that may assign it', async () => {
    const { idp } = account;
    const others = [await account.withPermissions('users:read', 'users:write'), await anotherProvider()];
    for (const planter of others) {
      const { id } = await newUser(idp);
      await says(planter, id, 'admin');
      expect(await reasonsOf(account.admin, id)).toEqual(['user by DEFAULT']);
      expect(await seenBy(idp, id), 'of what others say').toEqual([]);
      const { users } = await idp.query<{ users: { totalCount: number } }>(
        '{ users(filter: { directoryRoles: { some: { value: { equals: "admin" } } } }) { totalCount } }',
      );
      expect(users.totalCount).toBe(0);
      await says(idp, id, clerk.name);
      expect(await reasonsOf(account.admin, id)).toEqual([`${clerk.name} by SCIM_ROLES`]);
      // A provider that says nothing itself leaves alone what another says.
      await run(others[1] ?? idp, updateUser, { id, directoryRoles: [] });
      expect(await reasonsOf(account.admin, id)).toEqual([`${clerk.name} by SCIM_ROLES`]);
      await run(idp, deprovisionUser, { id });
    }
  });

  test('nobody takes a role by another word, nor in a batch', async () => {
    const { id } = await newUser(account.idp, { directoryRoles: [{ value: clerk.name }] });
    const before = await dumpTables(world.databaseUrl, account.id);
    const input = { id, displayName: 'Ann', directoryRoles: [{ value: 'admin' }] };
    expect(await refused(account.admin, updateUser, input)).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('an identity provider gives this person roles by it'),
    });
    expect(await dumpTables(world.databaseUrl, account.id)).toEqual(before);
    const { changed } = await run<{ changed: boolean }>(account.admin, updateUser, {
      id,
      directoryRoles: [{ value: clerk.name }],
      title: 'The same words are nothing new',
    });
    expect([changed, await reasonsOf(account.admin, id)]).toEqual([true, [`${clerk.name} by SCIM_ROLES`]]);
  });

  test('whoever has a token of the connection made or renewed needs what it may assign', async () => {
    const weak = await account.withPermissions(
      'tokens:read',
      'tokens:write',
      'connections:write',
      'users:read',
      'users:write',
      'teams:read',
      'teams:write',
      'roles:write',
    );
    const token = { kind: 'SCIM', name: 'x', connectionId };
    const issued = await run<{ token: { id: string } }>(account.admin, issueToken, token);
    for (const [mutation, input] of [
      [issueToken, token],
      [rotateToken, { id: issued.token.id, overlapSeconds: 0 }],
    ] as const)
      expect(await refused(weak, mutation, input)).toMatchObject({ code: 'FORBIDDEN' });
  });

  test('a role that is made for a provider needs what the default roles allow', async () => {
    const weak = await account.withPermissions('roles:write');
    const input = { name: 'Weak', assignableBy: connectionId };
    expect(await refused(weak, createRole, input)).toMatchObject({
      code: 'FORBIDDEN',
      field: 'assignableBy',
    });
  });

  test('the last admin stays, whatever is no longer said of them', async () => {
    const { admin, idp, adminId } = await world.account();
    const own = await connectionIdOf({ idp });
    const adminRoleId = await roleNamed(admin, 'admin');
    await run(admin, setAssignableRoles, { connectionId: own, roleIds: [adminRoleId] });
    const { id } = await newUser(idp, { directoryRoles: [{ value: 'Admin' }] });
    await run(admin, updateUser, { id: adminId, active: false });
    expect(await refused(idp, updateUser, { id, directoryRoles: [], title: 'Nobody' })).toMatchObject({
      code: 'LAST_ADMIN',
    });
    expect(await seenBy(idp, id)).toEqual(['Admin']);
  });
});

test('each reason says what was said and by whom, and the log tells it', async () => {
  const { id } = await newUser(account.idp);
  const said = {
    value: clerk.name.toUpperCase(),
    display: 'A clerk',
    type: 'WindowsAzureActiveDirectoryRole',
  };
  await run(account.idp, updateUser, { id, directoryRoles: [{ ...said, primary: true }] });
  const document = `query ($id: ID!) { user(id: $id) { roles { because {
    source said { value display type primary } connection { id } grantedBy { kind } mapping { id } explanation endsWhen } } } }`;
  const { user } = await account.admin.query<{ user: { roles: { because: unknown[] }[] } }>(document, { id });
  expect(user.roles[0]?.because).toEqual([
    {
      source: 'SCIM_ROLES',
      said: { ...said, primary: true },
      connection: { id: connectionId },
      grantedBy: { kind: 'TOKEN' },
      mapping: null,
      explanation: expect.stringContaining(`says "${said.value}" in the roles of the person. Taking`),
      endsWhen: expect.stringContaining(`Taking "${said.value}" from the person in`),
    },
  ]);
  await says(account.idp, id);
  const told = (await eventsAbout(account.admin, id)).filter(({ type }) => type.startsWith('ROLE_'));
  expect(told.map(({ type, changes }) => [type, changes[0]?.field])).toEqual([
    ['ROLE_GRANTED', 'said'],
    ['ROLE_REVOKED', 'said'],
  ]);
  expect(told[0]?.changes[0]?.after).toMatchObject({ ...said, connectionId });
});

test('Entra ID puts the whole role into the value, as JSON; what only looks so is a name', async () => {
  const json = (value: string, displayName: string) =>
    JSON.stringify({ id: crypto.randomUUID(), value, displayName });
  for (const value of [json(clerk.name, 'Something'), json('25', clerk.name), clerk.id.toUpperCase()]) {
    const { id } = await newUser(account.idp, { directoryRoles: [{ value }] });
    expect(await reasonsOf(account.admin, id), value).toEqual([`${clerk.name} by SCIM_ROLES`]);
    expect(await seenBy(account.idp, id)).toEqual([value]);
  }
  for (const value of ['{', '{"value": 7', '{"value": "\\u0000"}', `{"value": {"value": "${clerk.name}"}}`]) {
    const { id } = await newUser(account.idp, { directoryRoles: [{ value }] });
    expect(await reasonsOf(account.admin, id), value).toEqual(['user by DEFAULT']);
  }
});

test('what is said in vain is shown, with the role that there is', async () => {
  const { admin, idp } = await world.account();
  const own = await connectionIdOf({ idp });
  const directoryRoles = [{ value: 'Auditor' }, { value: 'ADMIN' }];
  await run(idp, createUsers, {
    users: [1, 2].map((n) => ({ userName: `${n}@example.com`, directoryRoles: directoryRoles.slice(0, n) })),
  });
  const unmet = async () => {
    const { connection } = await admin.query<{ connection: { unmetRoles: unknown } }>(
      'query ($id: ID!) { connection(id: $id) { unmetRoles { said { value } userCount role { name } } } }',
      { id: own },
    );
    return connection.unmetRoles;
  };
  const notAssignable = { said: { value: 'ADMIN' }, userCount: 1, role: { name: 'admin' } };
  expect(await unmet()).toEqual([{ said: { value: 'Auditor' }, userCount: 2, role: null }, notAssignable]);
  await run(admin, createRole, { name: 'Auditor', assignableBy: own });
  expect(await unmet()).toEqual([notAssignable]);
});

test('a batch takes as many statements for a hundred people as for two', async () => {
  const batch = (count: number) =>
    world.countStatements(() =>
      run(account.idp, createUsers, {
        users: Array.from({ length: count }, () => ({
          userName: crypto.randomUUID(),
          directoryRoles: [{ value: clerk.name }],
        })),
      }),
    );
  expect(await batch(100)).toBe(await batch(2));
  const { role } = await account.admin.query<{ role: { userCount: number } }>(
    'query ($id: ID!) { role(id: $id) { userCount } }',
    { id: clerk.id },
  );
  expect(role.userCount).toBeGreaterThanOrEqual(102);
  const one = await world.countStatements(() => says(account.idp, account.adminId, clerk.name));
  expect(one, 'said of one person').toBe(1);
});

test('stale roles are not replaced, and what is none is refused', async () => {
  const input = { connectionId, roleIds: [] };
  for (const [beyond, refusal] of [
    [{ ifRoleIds: [clerk.id] }, { code: 'VERSION_MISMATCH', field: 'ifRoleIds' }],
    [{ roleIds: ['nothing'] }, { code: 'NOT_FOUND', field: 'roleIds' }],
    [{ connectionId: 'nothing' }, { code: 'NOT_FOUND', field: 'connectionId' }],
    [{ connectionId: crypto.randomUUID() }, { code: 'NOT_FOUND', field: 'connectionId' }],
  ] as const)
    expect(await refused(account.admin, setAssignableRoles, { ...input, ...beyond })).toMatchObject(refusal);
});
