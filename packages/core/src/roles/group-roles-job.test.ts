import type { Actor } from '@rollcall/testkit';
import { expect, test } from 'vitest';
import {
  addTeamMembers,
  deleteTeam,
  grantRole,
  newTeam,
  newUser,
  refused,
  removeTeamMembers,
  revokeRole,
  roleNamed,
  run,
  setGroupRoles,
} from '../testing/directory.ts';
import { give, type MappingData, newRole, reasonsOf } from '../testing/group-roles.ts';
import { withClient } from '../testing/tables.ts';
import { useAccount, useWorld } from '../testing/world.ts';

/** Enough for six slices. */
const PEOPLE = 1_100;

const world = useWorld();
const account = useAccount(world);

/** A group with so many people besides those named. */
async function crowd(memberIds: readonly string[] = []): Promise<string> {
  const { id } = await newTeam(account.idp, { displayName: 'Everybody', memberIds });
  await withClient(world.databaseUrl, async (client) => {
    await client.query(
      `WITH people AS (
         INSERT INTO users (account_id, id, status, user_name)
         SELECT $1, gen_random_uuid(), 'ACTIVE', 'crowd-' || n || '@example.com' FROM generate_series(1, $3::int) n RETURNING id)
       INSERT INTO memberships (account_id, team_id, user_id) SELECT $1, $2, id FROM people`,
      [account.id, id, PEOPLE],
    );
  });
  return id;
}

interface Job {
  readonly groupName: string;
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly finishedAt: string | null;
}

/** The jobs of the account at each step, until none goes on. */
async function followedJobs(actor: Actor): Promise<Job[][]> {
  const steps: Job[][] = [];
  const messages = await actor.follow<{ groupRolesProgress: Job[] }>(
    'subscription { groupRolesProgress { groupName state done total finishedAt } }',
  );
  for await (const { groupRolesProgress } of messages) steps.push(groupRolesProgress);
  return steps;
}

interface Counts {
  /** Who is in the group, and who of them has how many grants by it. */
  readonly members: number;
  readonly grants: number;
  /** Grants by no mapping of the group. */
  readonly astray: number;
  readonly mappings: number;
  readonly granted: number;
  readonly revoked: number;
}

const counted = () =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query<Counts>(
      `SELECT (SELECT count(*)::int FROM memberships WHERE account_id = $1) AS members,
        (SELECT coalesce(sum(cardinality(role_mapping_ids)), 0)::int FROM memberships WHERE account_id = $1) AS grants,
        (SELECT count(*)::int FROM memberships s CROSS JOIN unnest(s.role_mapping_ids) AS g (id)
          LEFT JOIN role_mappings m ON m.account_id = s.account_id AND m.team_id = s.team_id AND m.id = g.id
          WHERE s.account_id = $1 AND m.id IS NULL) AS astray,
        (SELECT count(*)::int FROM role_mappings WHERE account_id = $1) AS mappings,
        (SELECT count(*)::int FROM events WHERE account_id = $1 AND type = 'ROLE_GRANTED'
          AND changes -> 0 ->> 'field' = 'mapping') AS granted,
        (SELECT count(*)::int FROM events WHERE account_id = $1 AND type = 'ROLE_REVOKED'
          AND changes -> 0 ->> 'field' = 'mapping') AS revoked`,
      [account.id],
    );
    return rows[0];
  });

/** Has every slice take longer than followers and this file need to see where it is. */
async function slowly(use: () => Promise<void>): Promise<void> {
  await withClient(world.databaseUrl, async (client) => {
    await client.query(`CREATE FUNCTION rest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM pg_sleep(0.3); RETURN NEW; END $$;
      CREATE TRIGGER rest BEFORE UPDATE ON group_roles_jobs FOR EACH ROW EXECUTE FUNCTION rest()`);
    try {
      await use();
    } finally {
      await client.query('DROP TRIGGER rest ON group_roles_jobs; DROP FUNCTION rest()');
    }
  });
}

test('a large group is brought in line step by step, there and back', async () => {
  const teamId = await crowd();
  const role = await newRole(account.admin, 'users:read');
  await slowly(async () => {
    const mapped = await run<{ mappings: MappingData[]; job: Job }>(
      account.admin,
      {
        ...setGroupRoles,
        document: setGroupRoles.document.replace('changed', 'changed job { state done total }'),
      },
      { teamId, roleIds: [role.id] },
    );
    expect(mapped.job).toEqual({ state: 'RUNNING', done: 0, total: PEOPLE });
    const steps = await followedJobs(account.admin);
    const done = steps.map(([job]) => job?.done ?? 0);
    expect(new Set(done).size).toBeGreaterThan(2);
    expect(done).toEqual(done.toSorted((one, other) => one - other));
    expect(steps.at(-1)).toEqual([
      { groupName: 'Everybody', state: 'DONE', done: PEOPLE, total: PEOPLE, finishedAt: expect.any(String) },
    ]);
  });
  expect(await counted()).toMatchObject({ grants: PEOPLE, astray: 0, mappings: 1, granted: PEOPLE });
  const [mapping] = await give(account.admin, { teamId }, 'user');
  expect(mapping?.role.name).toBe('user');
  await followedJobs(account.admin);
  expect(await counted()).toMatchObject({
    grants: PEOPLE,
    mappings: 1,
    granted: 2 * PEOPLE,
    revoked: PEOPLE,
  });
  expect(await give(account.admin, { teamId })).toEqual([]);
  await followedJobs(account.admin);
  expect(await counted()).toMatchObject({ grants: 0, astray: 0, mappings: 0, revoked: 2 * PEOPLE });
});

test('who joins and leaves meanwhile has what the mapping comes to, and its last edit stands', async () => {
  const { admin, idp } = account;
  const [stays, leaves, joins] = [await newUser(idp), await newUser(idp), await newUser(idp)];
  const teamId = await crowd([stays.id, leaves.id]);
  const role = await newRole(admin, 'users:read');
  await slowly(async () => {
    await give(admin, { teamId }, 'user');
    await run(idp, addTeamMembers, { teamId, userIds: [joins.id] });
    await run(idp, removeTeamMembers, { teamId, userIds: [leaves.id] });
    const [again] = await give(admin, { teamId }, role.name);
    await give(admin, { teamId }, 'user');
    await give(admin, { teamId }, role.name, 'user');
    expect(again?.role.name).toBe(role.name);
    await followedJobs(admin);
  });
  const byGroup = [`${role.name} by Everybody`, 'user by Everybody'].toSorted();
  expect(await reasonsOf(admin, stays.id)).toEqual(byGroup);
  expect(await reasonsOf(admin, joins.id)).toEqual(byGroup);
  expect(await reasonsOf(admin, leaves.id)).toEqual(['user by DEFAULT']);
  expect(await counted()).toMatchObject({ grants: 2 * (PEOPLE + 2), astray: 0, mappings: 2 });
  const { groupRolesJobs } = await admin.query<{ groupRolesJobs: Job[] }>('{ groupRolesJobs { state } }');
  const states = groupRolesJobs.map(({ state }) => state);
  expect([states.length, states[0], states.includes('RUNNING')]).toEqual([4, 'DONE', false]);
});

test('a group that is deleted meanwhile leaves nobody with its roles', async () => {
  const teamId = await crowd();
  await slowly(async () => {
    await give(account.admin, { teamId }, 'user');
    await run(account.idp, deleteTeam, { id: teamId });
    await followedJobs(account.admin);
  });
  expect(await counted()).toMatchObject({ members: 0, grants: 0, mappings: 1 });
});

test('what whoever edits loses is known at once, and admin is taken at once', async () => {
  const { admin, adminId, idp } = account;
  const second = await newUser(idp);
  const adminRole = await roleNamed(admin, 'admin');
  await run(admin, grantRole, { userId: second.id, roleId: adminRole });
  const teamId = await crowd([adminId]);
  const role = await newRole(
    admin,
    'roles:write',
    'roles:read',
    'users:read',
    'teams:read',
    'account:read',
    'events:read',
  );
  await give(admin, { teamId }, role.name);
  await followedJobs(admin);
  await run(admin, revokeRole, { userId: adminId, roleId: adminRole });
  const none = { teamId, roleIds: [] };
  await expect
    .poll(async () => (await admin.ask('{ tokens { totalCount } }')).errors?.[0]?.extensions.code)
    .toBe('FORBIDDEN');
  expect(await refused(admin, setGroupRoles, none)).toMatchObject({ field: 'evenIfILoseAccess' });
  expect(await counted()).toMatchObject({ grants: PEOPLE + 1, mappings: 1 });
  const asOperator = (roleIds: string[]) =>
    world.operator.ask(
      'mutation ($input: SetGroupRolesInput!) { setGroupRoles(input: $input) { job { state } } }',
      { input: { teamId, roleIds } },
      { 'rollcall-account': account.id },
    );
  expect((await asOperator([adminRole])).data).toMatchObject({
    setGroupRoles: { job: { state: 'RUNNING' } },
  });
  await expect.poll(async () => (await counted())?.grants).toBe(PEOPLE + 1);
  await run(account.idp, removeTeamMembers, { teamId, userIds: [adminId] });
  expect((await asOperator([])).data).toEqual({ setGroupRoles: { job: null } });
  expect(await counted()).toMatchObject({ grants: 0, mappings: 0 });
});

/** How far the account's job is. */
const place = () =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query<{ state: string; done: number }>(
      'SELECT state, done FROM group_roles_jobs WHERE account_id = $1',
      [account.id],
    );
    return rows[0] ?? { state: 'none', done: 0 };
  });

test('a job whose process ends goes on in another, from where it was', async () => {
  const teamId = await crowd();
  await slowly(async () => {
    await give(account.admin, { teamId }, 'user');
    await expect.poll(async () => (await place()).done).toBeGreaterThan(0);
    await world.core.close();
  });
  const { state, done } = await place();
  expect(state).toBe('RUNNING');
  expect(done).toBeLessThan(PEOPLE);
  const { actor } = await world.anotherCore();
  await followedJobs(actor(account.admin.authorization.replace('Bearer ', '')));
  expect(await place()).toEqual({ state: 'DONE', done: PEOPLE });
  expect(await counted()).toMatchObject({ grants: PEOPLE, granted: PEOPLE, astray: 0 });
});
