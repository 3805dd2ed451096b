import { type AccountWorld, type Actor, waitingStatements } from '@rollcall/testkit';
import { graphql } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  addTeamMembers,
  changeTeamMembers,
  createConnection,
  createRole,
  createTeams,
  createUser,
  deleteRole,
  deleteTeam,
  deleteTeams,
  deprovisionUser,
  endSessions,
  eventsAbout,
  grantRole,
  type InputMutation,
  issueToken,
  newTeam,
  newUser,
  refused,
  removeTeamMembers,
  revokeRole,
  revokeToken,
  roleNamed,
  run,
  signIn,
  type TeamResults,
  updateTeam,
  updateUser,
} from '../../testing/directory.ts';
import {
  connectionIdOf,
  give,
  type MappingData,
  newRole,
  reasonsOf,
  rolesOf,
} from '../../testing/group-roles.ts';
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

const reasons = (id: string) => reasonsOf(admin, id);
const byDefault = ['user by DEFAULT'];

async function mappings(): Promise<MappingData[]> {
  const { roleMappings } = await admin.query<{ roleMappings: { nodes: MappingData[] } }>(
    '{ roleMappings { nodes { id role { name } group { name pushed team { id } } userCount } } }',
  );
  return roleMappings.nodes;
}

describe('roles follow from membership', () => {
  const ways: Record<string, readonly [InputMutation, (teamId: string, userId: string) => object]> = {
    addTeamMembers: [addTeamMembers, (teamId, userId) => ({ teamId, userIds: [userId] })],
    'updateTeam, who is added': [updateTeam, (id, userId) => ({ id, addMemberIds: [userId] })],
    'updateTeam, all members anew': [updateTeam, (id, userId) => ({ id, setMemberIds: [userId] })],
    changeTeamMembers: [changeTeamMembers, (id, userId) => ({ changes: [{ id, addMemberIds: [userId] }] })],
  };
  const back: Record<string, readonly [InputMutation, (teamId: string, userId: string) => object]> = {
    removeTeamMembers: [removeTeamMembers, (teamId, userId) => ({ teamId, userIds: [userId] })],
    'updateTeam, who is removed': [updateTeam, (id, userId) => ({ id, removeMemberIds: [userId] })],
    'updateTeam, no members any more': [updateTeam, (id) => ({ id, setMemberIds: [] })],
    'changeTeamMembers, who is removed': [
      changeTeamMembers,
      (id, userId) => ({ changes: [{ id, removeMemberIds: [userId] }] }),
    ],
    deleteTeam: [deleteTeam, (id) => ({ id })],
    deleteTeams: [deleteTeams, (id) => ({ teams: [{ id }] })],
    deprovisionUser: [deprovisionUser, (_, id) => ({ id })],
  };

  test.each(Object.entries(ways))('whoever joins by %s is given them', async (_, [mutation, input]) => {
    const { id } = await newUser(idp);
    const { id: teamId } = await newTeam(idp, { displayName: 'Sales' });
    await give(admin, { teamId }, 'admin', 'user');
    await run(idp, mutation, input(teamId, id));
    expect(await reasons(id)).toEqual(['admin by Sales', 'user by Sales']);
    await run(idp, mutation, input(teamId, id));
    const joined = (await eventsAbout(admin, teamId)).filter(({ type }) => type === 'TEAM_MEMBER_ADDED');
    expect(joined.map(({ changes }) => changes)).toMatchObject([
      [{ field: 'memberRoles', before: null, after: [{ name: 'admin' }, { name: 'user' }] }],
    ]);
  });

  test.each(Object.entries(back))('whoever leaves by %s loses them', async (way, [mutation, input]) => {
    const { id } = await newUser(idp);
    const { id: teamId } = await newTeam(idp, { displayName: 'Sales', memberIds: [id] });
    await give(admin, { teamId }, 'view-only');
    await run(idp, mutation, input(teamId, id));
    expect(await reasons(id)).toEqual(byDefault);
    if (way === 'deprovisionUser') {
      expect((await eventsAbout(admin, id)).map(({ type }) => type)).toContain('ROLE_REVOKED');
      return;
    }
    const left = (await eventsAbout(admin, teamId)).filter(({ type }) => type === 'TEAM_MEMBER_REMOVED');
    expect(left.map(({ changes }) => changes)).toMatchObject([
      [{ field: 'memberRoles', before: [{ name: 'view-only' }], after: null }],
    ]);
  });

  test('people have a role by several groups and by hand, and keep it until the last reason goes', async () => {
    const { id } = await newUser(idp);
    const [one, two] = [
      await newTeam(idp, { displayName: 'One', memberIds: [id] }),
      await newTeam(idp, { displayName: 'Two', memberIds: [id] }),
    ];
    await give(admin, { teamId: one.id }, 'admin');
    await give(admin, { teamId: two.id }, 'admin');
    const grant = { userId: id, roleId: await roleNamed(admin, 'admin') };
    await run(admin, grantRole, grant);
    expect(await reasons(id)).toEqual(['admin by MANUAL', 'admin by One', 'admin by Two']);
    await run(idp, removeTeamMembers, { teamId: one.id, userIds: [id] });
    await run(admin, revokeRole, grant);
    expect(await reasons(id)).toEqual(['admin by Two']);
    await run(idp, deleteTeam, { id: two.id });
    expect(await reasons(id)).toEqual(byDefault);
  });

  test('who is a member only of a team within it has no role by it', async () => {
    const { id } = await newUser(idp);
    const inner = await newTeam(idp, { memberIds: [id] });
    const outer = await newTeam(idp, { memberIds: [inner.id] });
    await give(admin, { teamId: outer.id }, 'admin');
    expect(await reasons(id)).toEqual(byDefault);
    await run(idp, updateTeam, { id: outer.id, setMemberIds: [] });
    expect(await reasons(id)).toEqual(byDefault);
  });

  test('who comes back to the directory starts anew', async () => {
    const { id, userName } = await newUser(idp);
    const { id: teamId } = await newTeam(idp, { displayName: 'Sales', memberIds: [id] });
    await give(admin, { teamId }, 'admin');
    await run(idp, deprovisionUser, { id });
    await run(idp, createUser, { userName });
    expect(await reasons(id)).toEqual(byDefault);
    await run(idp, addTeamMembers, { teamId, userIds: [id] });
    expect(await reasons(id)).toEqual(['admin by Sales']);
  });

  test('it takes effect on whoever is signed in', async () => {
    const password = 'correct horse battery';
    const { id, userName } = await newUser(admin, { password });
    const { secret } = await run<{ secret: string }>(admin, signIn, { email: userName, password });
    const actor = world.actor(secret);
    const { id: teamId } = await newTeam(idp);
    await give(admin, { teamId }, 'admin');
    const codes = async () => (await actor.ask('{ tokens { totalCount } }')).errors?.[0]?.extensions.code;
    expect(await codes()).toBe('FORBIDDEN');
    await run(idp, addTeamMembers, { teamId, userIds: [id] });
    await expect.poll(codes).toBeUndefined();
    await run(idp, removeTeamMembers, { teamId, userIds: [id] });
    await expect.poll(codes).toBe('FORBIDDEN');
  });

  test('an exclusive role counts only alone, whichever came first', async () => {
    const { id } = await newUser(idp);
    const viewers = await newTeam(idp, { displayName: 'Viewers', memberIds: [id] });
    const admins = await newTeam(idp, { displayName: 'Admins', memberIds: [id] });
    await give(admin, { teamId: viewers.id }, 'view-only');
    expect(await reasons(id)).toEqual(['view-only by Viewers']);
    await give(admin, { teamId: admins.id }, 'admin');
    expect(await reasons(id)).toEqual(['admin by Admins']);
    await run(idp, updateTeam, { id: admins.id, setMemberIds: [] });
    expect(await reasons(id)).toEqual(['view-only by Viewers']);
  });
});

describe('a group that is not pushed', () => {
  test('gives its roles as soon as it is, by its name', async () => {
    const { id } = await newUser(idp);
    const connectionId = await connectionIdOf(account);
    const [mapping] = await give(admin, { connectionId, groupName: 'Later' }, 'admin');
    expect(mapping?.group).toEqual({ name: 'Later', pushed: false, team: null });
    await newTeam(admin, { displayName: 'Later', memberIds: [id] });
    expect(await reasons(id)).toEqual(byDefault);
    const team = await newTeam(idp, { displayName: 'LATER', memberIds: [id] });
    expect(await reasons(id)).toEqual(['admin by LATER']);
    expect(await mappings()).toMatchObject([
      { id: mapping?.id, group: { pushed: true, team: { id: team.id } } },
    ]);
  });

  test('waits when it was deleted, and gives them again when it is back, also in a batch', async () => {
    const { id } = await newUser(idp);
    const { id: teamId } = await newTeam(idp, { displayName: 'Sales', memberIds: [id] });
    const [mapping] = await give(admin, { teamId }, 'admin');
    await run(idp, deleteTeam, { id: teamId });
    expect(await mappings()).toMatchObject([
      { id: mapping?.id, group: { name: 'Sales', pushed: false, team: null }, userCount: 0 },
    ]);
    const teams = [{ displayName: 'Other' }, { displayName: 'sales', memberIds: [id] }];
    await run<TeamResults>(idp, createTeams, { teams });
    expect(await reasons(id)).toEqual(['admin by sales']);
  });

  test('of another connection is another group', async () => {
    const { id } = await newUser(idp);
    const { connection } = await run<{ connection: { id: string } }>(admin, createConnection, {
      name: 'Okta',
    });
    await give(admin, { connectionId: connection.id, groupName: 'Sales' }, 'admin');
    await newTeam(idp, { displayName: 'Sales', memberIds: [id] });
    expect(await reasons(id)).toEqual(byDefault);
    const { secret } = await run<{ secret: string }>(admin, issueToken, {
      kind: 'SCIM',
      name: 'Okta',
      connectionId: connection.id,
    });
    await newTeam(world.actor(secret), { displayName: 'Sales', memberIds: [id] });
    expect(await reasons(id)).toEqual(['admin by Sales']);
  });

  test('is found by a group that gets its name; a group that has another name by then keeps its roles', async () => {
    const { id } = await newUser(idp);
    const team = await newTeam(idp, { displayName: 'Before', memberIds: [id] });
    const connectionId = await connectionIdOf(account);
    await give(admin, { teamId: team.id }, 'user');
    const waiting = await give(admin, { connectionId, groupName: 'After' }, 'admin', 'user');
    await run(idp, updateTeam, { id: team.id, displayName: 'After' });
    expect(await reasons(id)).toEqual(['admin by After', 'user by After']);
    const left = await mappings();
    expect(left.map(({ group }) => group.name)).toEqual(['After', 'After']);
    const gone = waiting.find((one) => !left.some((other) => other.id === one.id));
    expect(gone?.role.name).toBe('user');
    expect((await eventsAbout(admin, gone?.id ?? '')).map(({ type }) => type)).toEqual([
      'ROLE_MAPPING_CREATED',
      'ROLE_MAPPING_DELETED',
    ]);
    await run(idp, updateTeam, { id: team.id, displayName: 'Once more' });
    expect(await reasons(id)).toEqual(['admin by Once more', 'user by Once more']);
  });

  test('loses its mapping with the role', async () => {
    const { id } = await newUser(idp);
    const role = await newRole(admin);
    const { id: teamId } = await newTeam(idp, { memberIds: [id] });
    const roleIds = [role.id];
    await give(admin, { teamId }, role.name);
    await give(admin, { connectionId: await connectionIdOf(account), groupName: 'Later' }, role.name);
    await run(admin, deleteRole, { id: role.id });
    expect(await mappings()).toEqual([]);
    expect(await reasons(id)).toEqual(byDefault);
    expect(roleIds).toHaveLength(1);
  });
});

describe('whoever changes a mapped group', () => {
  const doors: Record<string, readonly [InputMutation, (teamId: string, userId: string) => object]> = {
    addTeamMembers: [addTeamMembers, (teamId, userId) => ({ teamId, userIds: [userId] })],
    removeTeamMembers: [removeTeamMembers, (teamId, userId) => ({ teamId, userIds: [userId] })],
    'updateTeam, members': [updateTeam, (id, userId) => ({ id, addMemberIds: [userId] })],
    'updateTeam, all members': [updateTeam, (id) => ({ id, setMemberIds: [] })],
    changeTeamMembers: [changeTeamMembers, (id, userId) => ({ changes: [{ id, addMemberIds: [userId] }] })],
    deleteTeam: [deleteTeam, (id) => ({ id })],
    deleteTeams: [deleteTeams, (id) => ({ teams: [{ id }] })],
  };

  test.each(Object.entries(doors))('by %s needs what its roles allow', async (_, [mutation, input]) => {
    const { id } = await newUser(idp);
    const { id: teamId } = await newTeam(idp, { memberIds: [id] });
    const role = await newRole(admin, 'tokens:write');
    const all = ['account:read', 'users:read', 'teams:read', 'roles:read', 'events:read', 'teams:write'];
    const editor = await account.withPermissions(...all);
    const clerk = await account.withPermissions(...all, 'roles:write');
    const able = await account.withPermissions(...all, 'roles:write', 'tokens:write');
    await give(admin, { teamId }, role.name);
    const asked = input(teamId, (await newUser(idp)).id);
    const forbidden = (permission: string) => ({ code: 'FORBIDDEN', permission });
    expect(await refused(editor, mutation, asked)).toMatchObject(forbidden('roles:write'));
    expect(await refused(clerk, mutation, asked)).toMatchObject(forbidden('tokens:write'));
    expect(await run(able, mutation, asked)).toBeTruthy();
  });

  test('by another name needs it where roles wait for the name, or the group gives some', async () => {
    const editor = await account.withPermissions('teams:read', 'teams:write');
    const { id } = await newTeam(idp);
    await give(admin, { connectionId: await connectionIdOf(account), groupName: 'Admins' }, 'admin');
    expect(await refused(editor, updateTeam, { id, displayName: 'admins' })).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'roles:write',
    });
    expect(await run(editor, updateTeam, { id, displayName: 'Others' })).toMatchObject({ changed: true });
    await give(admin, { teamId: id }, 'admin');
    expect(await refused(editor, updateTeam, { id, displayName: 'Again' })).toMatchObject({
      code: 'FORBIDDEN',
      permission: 'roles:write',
    });
    const sameName = { id, displayName: 'Others' };
    expect(await run(editor, updateTeam, sameName)).toMatchObject({ changed: false });
    expect(await run(admin, updateTeam, { id, displayName: 'Again' })).toMatchObject({ changed: true });
    expect((await mappings()).map(({ group }) => group.name).toSorted()).toEqual(['Admins', 'Again']);
  });

  test('takes admin from nobody who is the last one, be it an identity provider', async () => {
    const { id: teamId } = await newTeam(idp, { memberIds: [account.adminId] });
    const { id: other } = await newTeam(idp, { memberIds: [account.adminId] });
    await give(admin, { teamId }, 'admin');
    const adminRole = await roleNamed(admin, 'admin');
    await run(admin, revokeRole, { userId: account.adminId, roleId: adminRole });
    const lastAdmin = { code: 'LAST_ADMIN' };
    const out = { teamId, userIds: [account.adminId] };
    expect(await refused(idp, removeTeamMembers, out)).toMatchObject(lastAdmin);
    expect(await refused(idp, updateTeam, { id: teamId, setMemberIds: [] })).toMatchObject(lastAdmin);
    expect(await refused(idp, deleteTeam, { id: teamId })).toMatchObject(lastAdmin);
    const inactive = await newUser(idp, { active: false });
    await run(idp, addTeamMembers, { teamId, userIds: [inactive.id] });
    expect(await refused(idp, removeTeamMembers, out)).toMatchObject(lastAdmin);
    await give(admin, { teamId: other }, 'admin');
    expect(await run(idp, removeTeamMembers, out)).toMatchObject({ changed: true });
  });
});

describe('whoever waits for a group is held to what they may do by then', () => {
  const lost: Record<string, (clerk: Clerk) => Promise<unknown>> = {
    'their role is revoked': ({ userId, roleId }) => run(admin, revokeRole, { userId, roleId }),
    'they are switched off': ({ userId }) => run(admin, updateUser, { id: userId, active: false }),
    'their session ends': ({ userId }) => run(admin, endSessions, { userId }),
  };

  test.each(Object.entries(lost))('when %s', async (_, lose) => {
    const clerk = await signedInClerk();
    await expectRefusedBeside(clerk.actor, () => lose(clerk));
  });

  test('when their token is revoked', async () => {
    const issued = await run<{ secret: string; token: { id: string } }>(admin, issueToken, {
      kind: 'API',
      name: 'A tool',
      permissions: needed,
    });
    await expectRefusedBeside(world.actor(issued.secret), () =>
      run(admin, revokeToken, { id: issued.token.id }),
    );
  });

  test('and goes on who still may', async () => {
    const { actor } = await signedInClerk();
    expect((await joinedBeside(actor, async () => undefined)).errors).toBeUndefined();
  });

  interface Clerk {
    readonly actor: Actor;
    readonly userId: string;
    readonly roleId: string;
  }

  const needed = [
    ...['account:read', 'users:read', 'teams:read', 'roles:read', 'events:read'],
    ...['teams:write', 'roles:write'],
  ];

  async function signedInClerk(): Promise<Clerk> {
    const password = 'correct horse battery';
    const { id: userId, userName } = await newUser(admin, { password });
    const { id: roleId } = await newRole(admin, ...needed);
    await run(admin, grantRole, { userId, roleId });
    const input = { email: userName, password };
    const { secret } = await run<{ secret: string }>(admin, signIn, input);
    return { actor: world.actor(secret), userId, roleId };
  }

  /** What somebody is answered who adds a member to a mapped group, and waits for its lock while something else is done. */
  async function joinedBeside(actor: Actor, meanwhile: () => Promise<unknown>) {
    const { id: teamId } = await newTeam(idp);
    const { id: userId } = await newUser(idp);
    await give(admin, { teamId }, 'user');
    return withClient(world.databaseUrl, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT pg_advisory_xact_lock(hashtextextended(concat($1::text, $2::text), 0))', [
        account.id,
        teamId,
      ]);
      const asked = actor.ask(addTeamMembers.document, { input: { teamId, userIds: [userId] } });
      await expect.poll(() => waitingStatements(client, 'advisory')).toBe(1);
      await meanwhile();
      await client.query('COMMIT');
      return asked;
    });
  }

  async function expectRefusedBeside(actor: Actor, meanwhile: () => Promise<unknown>): Promise<void> {
    const { errors } = await joinedBeside(actor, meanwhile);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', permission: 'roles:write' });
  }
});

test('a name that waits for a role revives the mapping to it that was about to end', async () => {
  const { id } = await newUser(idp);
  const { id: teamId } = await newTeam(idp, { displayName: 'Sales', memberIds: [id] });
  const [ending] = await give(admin, { teamId }, 'admin');
  const connectionId = await connectionIdOf(account);
  const [waiting] = await give(admin, { connectionId, groupName: 'Selling' }, 'admin');
  // As an edit of a very large group leaves it, whose job has come as far as this member.
  await withClient(world.databaseUrl, async (client) => {
    await client.query('UPDATE role_mappings SET ends = true WHERE id = $1', [ending?.id]);
    await client.query('UPDATE memberships SET role_mapping_ids = NULL WHERE user_id = $1', [id]);
  });
  expect(await reasons(id)).toEqual(byDefault);
  await run(idp, updateTeam, { id: teamId, displayName: 'Selling' });
  expect(await reasons(id)).toEqual(['admin by Selling']);
  expect((await mappings()).map((mapping) => mapping.id)).toEqual([ending?.id]);
  const types = async (about = '') => (await eventsAbout(admin, about)).map(({ type }) => type);
  expect(await types(ending?.id)).toEqual(['ROLE_MAPPING_CREATED', 'ROLE_MAPPING_CREATED']);
  expect(await types(waiting?.id)).toEqual(['ROLE_MAPPING_CREATED', 'ROLE_MAPPING_DELETED']);
});

test('whoever has a role by a mapping that was taken back reads that it goes with the job', async () => {
  const { id } = await newUser(idp);
  const { id: teamId } = await newTeam(idp, { displayName: 'Sales', memberIds: [id] });
  const [mapping] = await give(admin, { teamId }, 'user');
  await withClient(world.databaseUrl, (client) =>
    client.query('UPDATE role_mappings SET ends = true WHERE id = $1', [mapping?.id]),
  );
  expect((await rolesOf(admin, id))[0]?.because[0]?.endsWhen).toBe(
    'The group Sales was mapped to other roles: a job that goes through its members takes it away.',
  );
  await withClient(world.databaseUrl, (client) =>
    client.query(
      "UPDATE role_mappings SET actor_name = 'Somebody else', created_at = '2020-01-01' WHERE id = $1",
      [mapping?.id],
    ),
  );
  const [again] = await give(admin, { teamId }, 'user');
  expect(again).toMatchObject({ id: mapping?.id, createdBy: { name: 'Ada Admin' } });
});

test('a rehearsal shows who would be given and lose what', async () => {
  const { id } = await newUser(idp);
  const { role } = await run<{ role: { id: string } }>(admin, createRole, { name: 'Clerk' });
  const { id: teamId } = await newTeam(idp);
  await run(admin, grantRole, { userId: id, roleId: role.id });
  await give(admin, { teamId }, 'admin');
  const contextValue = await world.core.createContext({
    authorization: admin.authorization,
    'rollcall-dry-run': 'true',
  });
  const { errors } = await graphql({
    schema: world.core.schema,
    source: addTeamMembers.document,
    variableValues: { input: { teamId, userIds: [id] } },
    contextValue,
  });
  expect(errors).toBeUndefined();
  const events = contextValue.rehearsed;
  expect(events).toMatchObject([{ type: 'TEAM_MEMBER_ADDED', changes: [{ after: [{ name: 'admin' }] }] }]);
  expect(await reasons(id)).toEqual(['Clerk by MANUAL']);
});
