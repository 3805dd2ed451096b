import { type AccountWorld, type Actor, waitingStatements } from '@rollcall/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  eventsAbout,
  grantRole,
  newTeam,
  newUser,
  refused,
  revokeRole,
  roleNamed,
  run,
  setDefaultRoles,
  setRoleSource,
  setSsoGroupRoles,
} from '../../testing/directory.ts';
import { give, newRole, reasonsOf } from '../../testing/group-roles.ts';
import { confirmed, makeAdminByGroup, previewOf, switchToScim } from '../../testing/role-source.ts';
import {
  claimsOf,
  newSignInConnection,
  type SaidProvider,
  signInSaying,
  startSaidProvider,
} from '../../testing/sign-in-provider.ts';
import { dumpTables, withClient } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld({ allowedPrivateHosts: ['localhost'] });
let provider: SaidProvider;
let account: AccountWorld;
let admin: Actor;
beforeAll(async () => {
  provider = await startSaidProvider();
});
beforeEach(async () => {
  account = await world.account();
  admin = account.admin;
});
afterAll(() => provider.close());

const grant = async (userId: string, role: string) =>
  run(admin, grantRole, { userId, roleId: await roleNamed(admin, role) });

/** A sign-in connection where Staff gives user. */
async function staffSignIn() {
  const connectionId = await newSignInConnection(account, provider);
  await run(admin, setSsoGroupRoles, {
    signInConnectionId: connectionId,
    group: 'Staff',
    roleIds: [await roleNamed(admin, 'user')],
  });
  return { provider, connectionId };
}

const roleSource = async () =>
  (await admin.query<{ account: { roleSource: string } }>('{ account { roleSource } }')).account.roleSource;

test('the switch to SCIM erases what was shown, for good, with one event for each person and its cause', async () => {
  const [one, other] = [await newUser(account.idp), await newUser(account.idp)];
  const signIn = await staffSignIn();
  await signInSaying(world.operator, signIn, claimsOf(one.userName, { groups: ['Staff'] }));
  await grant(one.id, 'admin');
  await grant(other.id, 'user');
  await makeAdminByGroup(account);
  const { id: teamId } = await newTeam(account.idp, { memberIds: [other.id] });
  await give(admin, { teamId }, 'view-only');
  const { roleSourcePreview } = await admin.query<{ roleSourcePreview: { grants: { nodes: object[] } } }>(
    `{ roleSourcePreview { grantCount userCount remainingAdminCount lostPermissions { id } grants(first: 250) {
      totalCount pageInfo { hasNextPage } nodes { source user { id } role { name } grantedBy { name } requestId
        signIn { group signInConnectionName } rolesAfterwards { name } } } } }`,
  );
  expect(roleSourcePreview).toMatchObject({
    grantCount: 4,
    userCount: 3,
    remainingAdminCount: 1,
    lostPermissions: [],
    grants: { totalCount: 4, pageInfo: { hasNextPage: false } },
  });
  const nodes = [
    { source: 'MANUAL', user: { id: account.adminId }, rolesAfterwards: [{ name: 'admin' }], signIn: null },
    {
      source: 'SSO_MAPPING',
      user: { id: one.id },
      role: { name: 'user' },
      grantedBy: { name: 'Sign-in' },
      signIn: { group: 'Staff', signInConnectionName: 'Login' },
      rolesAfterwards: [{ name: 'user' }],
    },
    { source: 'MANUAL', user: { id: one.id }, role: { name: 'admin' }, grantedBy: { name: 'Ada Admin' } },
  ];
  expect(roleSourcePreview.grants.nodes.slice(0, 3)).toMatchObject(nodes);
  expect(await run(admin, setRoleSource, await confirmed(admin))).toEqual({
    roleSource: 'SCIM',
    changed: true,
    erasedGrantCount: 4,
  });
  expect(await reasonsOf(admin, one.id)).toEqual(['user by DEFAULT']);
  expect(await reasonsOf(admin, other.id)).toMatchObject([expect.stringMatching(/^view-only by Team/)]);
  expect(await reasonsOf(admin, account.adminId)).toMatchObject([expect.stringMatching(/^admin by Team/)]);
  const erased = (await eventsAbout(admin, one.id)).filter(({ type }) => type === 'USER_ROLES_ERASED');
  expect(erased).toMatchObject([
    {
      related: { type: 'ACCOUNT', id: account.id },
      changes: [
        {
          field: 'roles',
          before: [
            { name: 'admin', source: 'MANUAL', grantedBy: 'Ada Admin', requestId: expect.any(String) },
            { name: 'user', source: 'SSO_MAPPING', signInConnection: 'Login', group: 'Staff' },
          ],
          after: null,
        },
        { field: 'roleSource', before: 'SSO_AND_MANUAL', after: 'SCIM' },
      ],
    },
  ]);
  expect((await eventsAbout(admin, account.id)).at(-1)).toMatchObject({
    type: 'ROLE_SOURCE_CHANGED',
    changes: [
      { before: 'SSO_AND_MANUAL', after: 'SCIM' },
      { field: 'erasedGrants', after: 4 },
    ],
  });
  // Nobody gives or takes by hand from now on, and a sign-in says why it adds nothing.
  const roleId = await roleNamed(admin, 'user');
  for (const mutation of [grantRole, revokeRole])
    expect(await refused(admin, mutation, { userId: one.id, roleId })).toMatchObject({
      code: 'ROLE_SOURCE_SCIM',
      message: expect.stringContaining('map one of their groups to it with setGroupRoles'),
    });
  const { previewSsoRoles } = await admin.query<{ previewSsoRoles: object[] }>(
    'query ($id: ID!, $userId: ID) { previewSsoRoles(signInConnectionId: $id, groups: ["staff"], userId: $userId) { outcome } }',
    { id: signIn.connectionId, userId: one.id },
  );
  expect(previewSsoRoles).toEqual([{ outcome: 'ROLES_COME_FROM_SCIM' }]);
  // The way back erases nothing, and brings nothing back.
  expect(await run(admin, setRoleSource, { roleSource: 'SSO_AND_MANUAL' })).toMatchObject({
    changed: true,
    erasedGrantCount: 0,
  });
  expect(await reasonsOf(admin, one.id)).toEqual(['user by DEFAULT']);
});

test('the switch is refused without the number, with another, or when other grants are there by now', async () => {
  await makeAdminByGroup(account);
  const { id } = await newUser(account.idp);
  await grant(id, 'user');
  const seen = { roleSource: 'SCIM', erasedGrants: 2, ifVersion: (await previewOf(admin)).version };
  const before = await dumpTables(world.databaseUrl, account.id);
  const refusals: [object, object][] = [
    [{ erasedGrants: null }, { code: 'INVALID_INPUT', field: 'erasedGrants' }],
    [{ ifVersion: null }, { code: 'INVALID_INPUT', field: 'ifVersion' }],
    [
      { erasedGrants: 3 },
      {
        code: 'VERSION_MISMATCH',
        field: 'erasedGrants',
        message: 'erasedGrants: 2 grants would be erased by now, and not 3. Read `roleSourcePreview` again.',
      },
    ],
  ];
  for (const [input, refusal] of refusals)
    expect(await refused(admin, setRoleSource, { ...seen, ...input })).toMatchObject(refusal);
  expect(await dumpTables(world.databaseUrl, account.id)).toEqual(before);
  await run(admin, revokeRole, { userId: id, roleId: await roleNamed(admin, 'user') });
  await grant(id, 'user');
  expect(await refused(admin, setRoleSource, seen)).toMatchObject({
    code: 'VERSION_MISMATCH',
    field: 'ifVersion',
  });
  expect(await roleSource()).toBe('SSO_AND_MANUAL');
});

test('somebody stays an admin, and nobody loses their own access unless they mean it', async () => {
  const refusal = await refused(admin, setRoleSource, await confirmed(admin));
  expect(refusal).toMatchObject({
    code: 'LAST_ADMIN',
    field: 'roleSource',
    ids: [account.adminId],
    message: expect.stringContaining('map it to the role admin with setGroupRoles'),
  });
  const { id } = await newUser(account.idp);
  const { id: teamId } = await newTeam(account.idp, { memberIds: [id] });
  await give(admin, { teamId }, 'admin');
  const input = await confirmed(admin);
  expect(await refused(admin, setRoleSource, input)).toMatchObject({
    code: 'INVALID_INPUT',
    field: 'evenIfILoseAccess',
  });
  const { lostPermissions } = (
    await admin.query<{ roleSourcePreview: { lostPermissions: { id: string }[] } }>(
      '{ roleSourcePreview { lostPermissions { id } } }',
    )
  ).roleSourcePreview;
  expect(lostPermissions.map((each) => each.id)).toContain('roles:write');
  expect(lostPermissions.map((each) => each.id)).not.toContain('roles:read');
  await run(admin, setRoleSource, { ...input, evenIfILoseAccess: true });
  expect(await refused(admin, setRoleSource, { roleSource: 'SSO_AND_MANUAL' })).toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('whoever lacks a permission does not decide it', async () => {
  const almost = await account.withPermissions('roles:read', 'roles:write', 'users:read');
  expect(await refused(almost, setRoleSource, { roleSource: 'SSO_AND_MANUAL' })).toMatchObject({
    code: 'FORBIDDEN',
    permission: 'account:read',
  });
});

test('who gives a role while it is switched waits, and leaves none behind', async () => {
  await makeAdminByGroup(account);
  const [one, other, third] = [
    await newUser(account.idp),
    await newUser(account.idp),
    await newUser(account.idp),
  ];
  await grant(one.id, 'user');
  const signIn = await staffSignIn();
  const input = await confirmed(admin);
  await withClient(world.databaseUrl, async (client) => {
    // The switch decides on whose grants are erased once it has everybody: it waits for one of them.
    await client.query('BEGIN');
    await client.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [one.id]);
    const switched = admin.ask(setRoleSource.document, { input });
    await expect.poll(() => waitingStatements(client, 'transactionid')).toBe(1);
    const roleId = await roleNamed(admin, 'user');
    const granted = admin.ask(grantRole.document, { input: { userId: other.id, roleId } });
    const signedIn = signInSaying(world.operator, signIn, claimsOf(third.userName, { groups: ['Staff'] }));
    await expect.poll(() => waitingStatements(client, 'advisory')).toBe(2);
    await client.query('COMMIT');
    expect((await switched).errors).toBeUndefined();
    expect((await granted).errors?.[0]?.extensions.code).toBe('ROLE_SOURCE_SCIM');
    expect((await signedIn).errors).toBeUndefined();
  });
  for (const { id } of [one, other, third]) expect(await reasonsOf(admin, id)).toEqual(['user by DEFAULT']);
  expect((await previewOf(admin)).grantCount).toBe(0);
});

test('a grant that was there first is not erased unseen', async () => {
  await makeAdminByGroup(account);
  const [one, other] = [await newUser(account.idp), await newUser(account.idp)];
  const role = await newRole(admin, 'users:read');
  const input = await confirmed(admin);
  await withClient(world.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [one.id]);
    const granted = admin.ask(grantRole.document, { input: { userId: one.id, roleId: role.id } });
    await expect.poll(() => waitingStatements(client, 'transactionid')).toBe(1);
    const switched = admin.ask(setRoleSource.document, { input });
    await expect.poll(() => waitingStatements(client, 'advisory')).toBe(1);
    await client.query('COMMIT');
    expect((await granted).errors).toBeUndefined();
    expect((await switched).errors?.[0]?.extensions.code).toBe('VERSION_MISMATCH');
  });
  expect(await reasonsOf(admin, one.id)).toEqual([`${role.name} by MANUAL`]);
  await run(admin, setDefaultRoles, { roleIds: [] });
  expect((await switchToScim(admin)).errors).toBeUndefined();
  for (const { id } of [one, other]) expect(await reasonsOf(admin, id)).toEqual([]);
});
