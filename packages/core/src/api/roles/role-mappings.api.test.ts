import { type AccountWorld, type Actor, waitingStatements } from '@rollcall/testkit';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  deleteRole,
  eventsAbout,
  grantRole,
  newTeam,
  newUser,
  refused,
  revokeRole,
  roleNamed,
  run,
  setDefaultRoles,
  setGroupRoles,
  signIn,
} from '../../testing/directory.ts';
import { connectionIdOf, give, type MappingData, newRole, rolesOf } from '../../testing/group-roles.ts';
import { withClient } from '../../testing/tables.ts';
import { useWorld } from '../../testing/world.ts';

const world = useWorld();
let account: AccountWorld;
let admin: Actor;
let idp: Actor;
beforeEach(async () => {
  account = await world.account();
  ({ admin, idp } = account);
});

describe('mapping a group', () => {
  test('gives its members the role at once, and the answer says why and until when', async () => {
    const { id } = await newUser(idp);
    const team = await newTeam(idp, { displayName: 'Management', memberIds: [id] });
    const [mapping] = await give(admin, { teamId: team.id }, 'admin');
    expect(mapping).toMatchObject({
      role: { name: 'admin' },
      connection: { id: await connectionIdOf(account) },
      group: { name: 'Management', pushed: true, team: { id: team.id } },
      userCount: 1,
      createdBy: { kind: 'USER', name: 'Ada Admin' },
    });
    expect(await rolesOf(admin, id)).toEqual([
      {
        role: { name: 'admin' },
        because: [
          {
            source: 'SCIM_MAPPING',
            requestId: expect.any(String),
            mapping: { group: { name: 'Management' }, connection: { name: expect.any(String) } },
            signIn: null,
            endsWhen:
              'Leaving the group Management takes it away, and so does mapping the group to other roles.',
          },
        ],
      },
    ]);
    const told = (await eventsAbout(admin, id)).find(({ type }) => type === 'ROLE_GRANTED');
    expect(told).toMatchObject({
      related: { type: 'ROLE', id: mapping?.role.id },
      changes: [
        { field: 'mapping', before: null, after: { id: mapping?.id, group: 'Management', teamId: team.id } },
      ],
    });
  });

  test('says all roles that the group gives: what is left out goes, and the same again changes nothing', async () => {
    const { id } = await newUser(idp);
    const { id: teamId } = await newTeam(idp, { memberIds: [id] });
    const [first] = await give(admin, { teamId }, 'user', 'admin');
    const again = await run<{ changed: boolean; mappings: MappingData[] }>(admin, setGroupRoles, {
      teamId,
      roleIds: [await roleNamed(admin, 'admin'), await roleNamed(admin, 'user')],
    });
    expect(again.changed).toBe(false);
    expect(again.mappings.map((mapping) => mapping.id)).toContain(first?.id);
    expect((await rolesOf(admin, id)).map(({ role }) => role.name)).toEqual(['admin', 'user']);
    expect((await give(admin, { teamId }, 'user')).map(({ role }) => role.name)).toEqual(['user']);
    expect((await rolesOf(admin, id)).map(({ role }) => role.name)).toEqual(['user']);
    expect(await give(admin, { teamId })).toEqual([]);
    expect((await rolesOf(admin, id))[0]?.because[0]?.source).toBe('DEFAULT');
    expect((await eventsAbout(admin, first?.id ?? '')).map(({ type }) => type)).toEqual([
      'ROLE_MAPPING_CREATED',
      'ROLE_MAPPING_DELETED',
    ]);
    expect((await eventsAbout(admin, id)).map(({ type }) => type)).toEqual([
      'USER_CREATED',
      'ROLE_GRANTED',
      'ROLE_GRANTED',
      'ROLE_REVOKED',
      'ROLE_REVOKED',
    ]);
  });

  test('is named in one way, and is one that an identity provider pushes', async () => {
    const { id: byHand } = await newTeam(admin);
    const { id: teamId } = await newTeam(idp);
    const roleIds = [await roleNamed(admin, 'user')];
    const own = await connectionIdOf(account);
    const refusals: [object, object][] = [
      [{}, { code: 'INVALID_INPUT', field: 'teamId' }],
      [{ connectionId: own }, { code: 'INVALID_INPUT', field: 'teamId' }],
      [
        { teamId, connectionId: own, groupName: 'x' },
        { code: 'INVALID_INPUT', field: 'teamId' },
      ],
      [{ teamId: byHand }, { code: 'INVALID_INPUT', field: 'teamId' }],
      [{ teamId: crypto.randomUUID() }, { code: 'NOT_FOUND', field: 'teamId' }],
      [
        { connectionId: crypto.randomUUID(), groupName: 'x' },
        { code: 'NOT_FOUND', field: 'connectionId' },
      ],
      [
        { connectionId: own, groupName: ' ' },
        { code: 'INVALID_INPUT', field: 'groupName' },
      ],
    ];
    for (const [group, refusal] of refusals)
      expect(await refused(admin, setGroupRoles, { ...group, roleIds })).toMatchObject(refusal);
    expect(await refused(admin, setGroupRoles, { teamId, roleIds: [teamId] })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'roleIds',
    });
  });

  test('by its name finds the group that is pushed, whatever its case', async () => {
    const { id } = await newUser(idp);
    const team = await newTeam(idp, { displayName: 'Product', memberIds: [id] });
    const [mapping] = await give(
      admin,
      { connectionId: await connectionIdOf(account), groupName: 'PRODUCT' },
      'admin',
    );
    expect(mapping?.group).toEqual({ name: 'Product', pushed: true, team: { id: team.id } });
    expect((await rolesOf(admin, id)).map(({ role }) => role.name)).toEqual(['admin']);
  });

  test('pages and filters, shows the people concerned, and is a node', async () => {
    const ids = [(await newUser(idp)).id, (await newUser(idp)).id].toSorted();
    const { id: teamId } = await newTeam(idp, { memberIds: ids });
    const [mapping] = await give(admin, { teamId }, 'admin');
    const roleId = mapping?.role.id;
    const { roleMappings } = await admin.query<{ roleMappings: object }>(
      `query ($filter: RoleMappingFilterInput) { roleMappings(first: 1, filter: $filter) { totalCount
        nodes { id users(first: 1) { totalCount nodes { id } pageInfo { hasNextPage } } } } }`,
      { filter: { roleId, connectionId: await connectionIdOf(account) } },
    );
    expect(roleMappings).toEqual({
      totalCount: 1,
      nodes: [
        {
          id: mapping?.id,
          users: { totalCount: 2, nodes: [{ id: ids[0] }], pageInfo: { hasNextPage: true } },
        },
      ],
    });
    const { role, node } = await admin.query<Record<'role' | 'node', object>>(
      'query ($role: ID!, $id: ID!) { role(id: $role) { userCount users { nodes { id } } } node(id: $id) { __typename id } }',
      { role: roleId, id: mapping?.id },
    );
    expect(role).toEqual({
      userCount: 3,
      users: { nodes: [...ids, account.adminId].toSorted().map((id) => ({ id })) },
    });
    expect(node).toEqual({ __typename: 'RoleMapping', id: mapping?.id });
    const none = await admin.query<{ roleMappings: { nodes: object[] } }>(
      `query ($filter: RoleMappingFilterInput) { roleMappings(filter: $filter) { nodes { id } } }`,
      { filter: { roleId: await roleNamed(admin, 'user') } },
    );
    expect(none.roleMappings.nodes).toEqual([]);
  });

  test('nobody gives, takes or unmaps by a group what they lack themselves', async () => {
    const clerk = await account.withPermissions(
      'roles:write',
      'roles:read',
      'account:read',
      'users:read',
      'teams:read',
      'events:read',
    );
    const { id: teamId } = await newTeam(idp);
    const { id: roleId } = await newRole(admin, 'tokens:write');
    const forbidden = { code: 'FORBIDDEN', field: 'roleIds', permission: 'tokens:write' };
    expect(await refused(clerk, setGroupRoles, { teamId, roleIds: [roleId] })).toMatchObject(forbidden);
    await run(admin, setGroupRoles, { teamId, roleIds: [roleId] });
    expect(await refused(clerk, setGroupRoles, { teamId, roleIds: [] })).toMatchObject(forbidden);
    const reader = await account.withPermissions('roles:write', 'users:read');
    const { id: harmless } = await newRole(admin);
    const { id: other } = await newTeam(idp);
    expect(await refused(reader, setGroupRoles, { teamId: other, roleIds: [harmless] })).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'account:read',
    });
  });

  test('who would lose roles:write by it is asked whether they mean it', async () => {
    const { id: teamId } = await newTeam(idp, { memberIds: [account.adminId] });
    const second = await newUser(idp);
    const adminRole = await roleNamed(admin, 'admin');
    await run(admin, grantRole, { userId: second.id, roleId: adminRole });
    await give(admin, { teamId }, 'admin');
    await run(admin, revokeRole, { userId: account.adminId, roleId: adminRole });
    const none = { teamId, roleIds: [] };
    expect(await refused(admin, setGroupRoles, none)).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'evenIfILoseAccess',
    });
    expect((await rolesOf(admin, account.adminId)).map(({ role }) => role.name)).toEqual(['admin']);
    await run(
      admin,
      { ...setGroupRoles, document: setGroupRoles.document.replace(/mappings \{.*\} \} \}$/, '} }') },
      {
        ...none,
        evenIfILoseAccess: true,
      },
    );
    await expect.poll(async () => (await admin.ask('{ roles { totalCount } }')).errors).toBeUndefined();
    expect(await refused(admin, setGroupRoles, none)).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'roles:write',
    });
  });

  test('the last admin stays one, whichever reason for it goes', async () => {
    const { id: teamId } = await newTeam(idp, { memberIds: [account.adminId] });
    await give(admin, { teamId }, 'admin');
    const byHand = { userId: account.adminId, roleId: await roleNamed(admin, 'admin') };
    await run(admin, revokeRole, byHand);
    const { errors } = await world.operator.ask(
      setGroupRoles.document,
      { input: { teamId, roleIds: [] } },
      { 'rollcall-account': account.id },
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'LAST_ADMIN' });
    await run(admin, grantRole, byHand);
    expect(await give(admin, { teamId })).toEqual([]);
    expect(await refused(admin, revokeRole, byHand)).toMatchObject({ code: 'LAST_ADMIN' });
  });
});

test('roles that were changed meanwhile are not replaced unseen', async () => {
  const [user, adminRole] = [await roleNamed(admin, 'user'), await roleNamed(admin, 'admin')];
  const named = { connectionId: await connectionIdOf(account), groupName: 'Management' };
  const set = (ifRoleIds: string[], roleIds: string[]) =>
    ({ ...named, groupName: 'MANAGEMENT', ifRoleIds, roleIds }) as const;
  await run(admin, setGroupRoles, { ...named, ifRoleIds: [], roleIds: [user, adminRole] });
  for (const known of [[], [user]])
    expect(await refused(admin, setGroupRoles, set(known, [adminRole]))).toMatchObject({
      code: 'VERSION_MISMATCH',
      field: 'ifRoleIds',
    });
  const known = [adminRole.toUpperCase(), user];
  expect(await run(admin, setGroupRoles, set(known, [user]))).toMatchObject({ changed: true });
});

test('a role is deleted after the pushes that are under way', async () => {
  const role = await newRole(admin);
  await withClient(world.databaseUrl, async (client) => {
    await client.query('BEGIN');
    // As whoever pushes a group has it.
    await client.query('SELECT pg_advisory_xact_lock_shared(group_names_lock($1))', [account.id]);
    const deleted = admin.ask(deleteRole.document, { input: { id: role.id } });
    await expect.poll(() => waitingStatements(client, 'advisory')).toBe(1);
    await client.query('COMMIT');
    expect((await deleted).errors).toBeUndefined();
  });
});

describe('default roles', () => {
  const ids = (...names: string[]) => Promise.all(names.map((name) => roleNamed(admin, name)));

  test('are what people have who were granted none, at once', async () => {
    const { id } = await newUser(idp);
    const role = await newRole(admin, 'users:read');
    const roleIds = [role.id, await roleNamed(admin, 'user')];
    const first = await run<{ changed: boolean; roles: { id: string }[] }>(admin, setDefaultRoles, {
      roleIds,
    });
    expect(first.changed).toBe(true);
    expect(first.roles.map((each) => each.id).toSorted()).toEqual(roleIds.toSorted());
    expect((await rolesOf(admin, id)).map((each) => each.role.name)).toEqual([role.name, 'user'].toSorted());
    expect(await run(admin, setDefaultRoles, { roleIds })).toMatchObject({ changed: false });
    await run(admin, setDefaultRoles, { roleIds: [] });
    expect(await rolesOf(admin, id)).toEqual([]);
    const told = (await eventsAbout(admin, account.id)).filter(
      ({ type }) => type === 'DEFAULT_ROLES_CHANGED',
    );
    expect(told).toHaveLength(2);
    expect(told[1]?.changes).toMatchObject([{ field: 'defaultRoles', after: [] }]);
  });

  test('are told for everybody in the account: who was granted something may lose it beside the change', async () => {
    await withClient(world.databaseUrl, async (client) => {
      const told: (string | undefined)[] = [];
      client.on('notification', ({ payload }) => told.push(payload));
      await client.query('LISTEN rollcall_account_credentials');
      await run(admin, setDefaultRoles, { roleIds: await ids('view-only') });
      await expect.poll(() => told).toContain(account.id);
    });
  });

  test('never combine an exclusive role', async () => {
    expect(await refused(admin, setDefaultRoles, { roleIds: await ids('view-only', 'user') })).toMatchObject({
      code: 'EXCLUSIVE_ROLE',
      field: 'roleIds',
    });
    expect(await run(admin, setDefaultRoles, { roleIds: await ids('view-only') })).toMatchObject({
      changed: true,
    });
  });

  test('need what they allow, also what is taken', async () => {
    const clerk = await account.withPermissions('roles:write', 'roles:read');
    for (const roleIds of [await ids('user', 'admin'), []])
      expect(await refused(clerk, setDefaultRoles, { roleIds })).toMatchObject({
        code: 'FORBIDDEN',
        field: 'roleIds',
      });
    expect(await refused(admin, setDefaultRoles, { roleIds: [account.adminId] })).toMatchObject({
      code: 'NOT_FOUND',
      field: 'roleIds',
    });
  });

  test('that give roles:write are not taken from whoever does it, unless they mean it', async () => {
    const { id } = await newUser(admin, { password });
    await run(admin, setDefaultRoles, { roleIds: await ids('admin') });
    const actor = await signedInAs(id);
    const mine = { roleIds: await ids('user') };
    expect(await refused(actor, setDefaultRoles, mine)).toMatchObject({ field: 'evenIfILoseAccess' });
    expect(await run(actor, setDefaultRoles, { ...mine, evenIfILoseAccess: true })).toBeTruthy();
    await expect.poll(async () => (await actor.ask('{ tokens { totalCount } }')).errors).toBeDefined();
  });

  test('lose a role that is deleted', async () => {
    const role = await newRole(admin, 'users:read');
    await run(admin, setDefaultRoles, { roleIds: [role.id, ...(await ids('user'))] });
    await run(admin, deleteRole, { id: role.id });
    const told = (await eventsAbout(admin, account.id)).filter(
      ({ type }) => type === 'DEFAULT_ROLES_CHANGED',
    );
    expect(told.at(-1)?.changes).toMatchObject([{ field: 'defaultRoles', after: [{ name: 'user' }] }]);
  });
});

const password = 'correct horse battery';

async function signedInAs(id: string): Promise<Actor> {
  const { user } = await admin.query<{ user: { userName: string } }>(
    'query ($id: ID!) { user(id: $id) { userName } }',
    { id },
  );
  const { secret } = await run<{ secret: string }>(admin, signIn, { email: user.userName, password });
  return world.actor(secret);
}
