import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newUser, revokeRole, roleNamed, run, updateTeam, updateUser } from '../testing/directory.ts';
import { connectionIdOf, newRole } from '../testing/group-roles.ts';
import { type GroupArena, makeChange, writersAtWork } from '../testing/random-groups.ts';
import { replaySignIns } from '../testing/replayed-sign-ins.ts';
import { makeAdminByGroup } from '../testing/role-source.ts';
import { newSignInConnection, type SaidProvider, startSaidProvider } from '../testing/sign-in-provider.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { effectiveRoles } from './effective-roles.ts';

/** `npm run test:laws` has many more. */
const SEQUENCES = Math.ceil(Number(process.env.ROLLCALL_LAW_SEQUENCES ?? 200) / 10);
const WRITERS = 8;

const world = useWorld({ allowedPrivateHosts: ['localhost'] });
let provider: SaidProvider;
beforeAll(async () => {
  provider = await startSaidProvider();
});
afterAll(() => provider.close());

/** An account with few people and roles, of which one is exclusive and one is what people have by default. */
async function arenaOf(): Promise<GroupArena> {
  const account = await world.account();
  const people = [];
  for (let n = 0; n < 5; n += 1) people.push(await newUser(account.idp));
  const own = [await newRole(account.admin, 'users:read'), await newRole(account.admin)];
  const roleNames = [...own.map(({ name }) => name), 'view-only', 'user'];
  const roles = await Promise.all(roleNames.map((name) => roleNamed(account.admin, name)));
  const signIn = { provider, connectionId: await newSignInConnection(account, provider) };
  await makeAdminByGroup(account);
  return { account, connectionId: await connectionIdOf(account), signIn, people, roles, roleNames };
}

test('whatever 8 writers do at once, people have the roles that memberships, mappings, sign-ins, what is said of them and grants by hand come to', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(writersAtWork(WRITERS), async (writers) => {
      const arena = await arenaOf();
      await Promise.all(
        writers.map(async (changes) => {
          for (const change of changes) await makeChange(arena, change);
        }),
      );
      await withClient(world.databaseUrl, async (client) => {
        await expectMappingsOfGroups(client, arena.account.id);
        await expectGrantsOfMembers(client, arena.account.id);
        await expectAddedAtSignIns(client, arena.account.id);
        await expectGrantsAsSaid(client, arena.account.id);
        await expectRolesThatCount(client, arena);
        await expectTold(client, arena.account.id);
      });
      await expectSufficientAndNecessary(arena);
    }),
    { numRuns: SEQUENCES, endOnFailure: true },
  );
});

const rowsOf = async <Row extends object>(
  client: pg.Client,
  text: string,
  accountId: string,
): Promise<Row[]> => (await client.query<Row>(text, [accountId])).rows;

/** A mapping has its group, and waits while there is none of its name. */
async function expectMappingsOfGroups(client: pg.Client, accountId: string): Promise<void> {
  const astray = `SELECT m.group_name, m.team_id, t.id, t.display_name, m.ends FROM role_mappings m LEFT JOIN teams t
    ON t.account_id = m.account_id AND t.connection_id = m.connection_id AND fold(t.display_name) = fold(m.group_name)
    WHERE m.account_id = $1 AND (m.team_id IS DISTINCT FROM t.id OR m.ends OR m.group_name <> t.display_name)`;
  expect(await rowsOf(client, astray, accountId)).toEqual([]);
}

const byMembership = `SELECT s.user_id, m.role_id, m.id AS mapping_id FROM role_mappings m
  JOIN memberships s ON s.account_id = m.account_id AND s.team_id = m.team_id WHERE m.account_id = $1 ORDER BY 1, 2, 3`;
const byMapping = `SELECT s.user_id, m.role_id, g.id AS mapping_id FROM memberships s CROSS JOIN unnest(s.role_mapping_ids) AS g (id)
  LEFT JOIN role_mappings m ON m.account_id = s.account_id AND m.team_id = s.team_id AND m.id = g.id
  WHERE s.account_id = $1 ORDER BY 1, 2, 3`;

/** What follows is what memberships and mappings come to, from scratch. */
async function expectGrantsOfMembers(client: pg.Client, accountId: string): Promise<void> {
  expect(await rowsOf(client, byMapping, accountId)).toEqual(await rowsOf(client, byMembership, accountId));
}

const exclusiveRoles = async (client: pg.Client, accountId: string): Promise<Set<string>> => {
  const text = 'SELECT id FROM roles WHERE account_id = $1 AND exclusive';
  return new Set((await rowsOf<{ id: string }>(client, text, accountId)).map(({ id }) => id));
};

/** What sign-ins added is what the log of them comes to, and each of them added what it had to. */
async function expectAddedAtSignIns(client: pg.Client, accountId: string): Promise<void> {
  const { added, astray } = await replaySignIns(client, accountId, await exclusiveRoles(client, accountId));
  expect(astray).toEqual([]);
  const grants = await rowsOf<{ user_id: string; role_id: string; group_value: string }>(
    client,
    `SELECT user_id, role_id, group_value FROM role_grants WHERE account_id = $1 AND source = 'SSO_MAPPING'`,
    accountId,
  );
  expect(
    new Set(grants.map(({ user_id, role_id, group_value }) => `${user_id} ${role_id} ${group_value}`)),
  ).toEqual(added);
}

/** What is said of people gives them the roles of these names, of those that the connection may assign. */
async function expectGrantsAsSaid(client: pg.Client, accountId: string): Promise<void> {
  const due = `SELECT DISTINCT u.id AS user_id, r.id AS role_id FROM users u
    CROSS JOIN jsonb_array_elements(u.directory_roles) AS e (said)
    JOIN roles r ON r.account_id = u.account_id AND r.name = e.said ->> 'value'
    JOIN assignable_roles a ON a.account_id = u.account_id AND a.connection_id = u.directory_roles_by AND a.role_id = r.id
    WHERE u.account_id = $1 AND u.status <> 'DEPROVISIONED' ORDER BY 1, 2`;
  const given = `SELECT user_id, role_id FROM role_grants WHERE account_id = $1 AND source = 'SCIM_ROLES' ORDER BY 1, 2`;
  expect(await rowsOf(client, given, accountId)).toEqual(await rowsOf(client, due, accountId));
}

interface Reason {
  readonly user_id: string;
  readonly role_id: string;
  readonly mapping_id: string | null;
}

/** The definition: what is granted without exclusive roles, unless nothing else is; by default where nothing is. */
function rolesThatCount(
  reasons: readonly Pick<Reason, 'role_id'>[],
  defaults: readonly string[],
  exclusive: ReadonlySet<string>,
): Set<string> {
  const granted = reasons.map(({ role_id }) => role_id);
  if (granted.length === 0) return new Set(defaults);
  const combinable = granted.filter((role) => !exclusive.has(role));
  return new Set(combinable.length > 0 ? combinable : granted);
}

/** The roles that count are those of the definition, and what is said to be the reason is enough and all there is. */
async function expectRolesThatCount(client: pg.Client, { account, people }: GroupArena): Promise<void> {
  const byHand = `SELECT user_id, role_id, NULL AS mapping_id FROM role_grants
    WHERE account_id = $1 AND source IN ('MANUAL', 'SSO_MAPPING', 'SCIM_ROLES')`;
  const reasons = [
    ...(await rowsOf<Reason>(client, byMembership, account.id)),
    ...(await rowsOf<Reason>(client, byHand, account.id)),
  ];
  const idsOf = async (condition: string) =>
    (
      await rowsOf<{ id: string }>(
        client,
        `SELECT id FROM roles WHERE account_id = $1 AND ${condition}`,
        account.id,
      )
    ).map(({ id }) => id);
  const [defaults, exclusive] = [await idsOf('is_default'), await exclusiveRoles(client, account.id)];
  const ids = people.map(({ id }) => id);
  const effective = await effectiveRoles(world.core.database.sql, account.id, ids);
  for (const [n, id] of ids.entries()) {
    const own = reasons.filter(({ user_id }) => user_id === id);
    const counting = effective[n] ?? [];
    expect(new Set(counting.map(({ role }) => role.id))).toEqual(rolesThatCount(own, defaults, exclusive));
    for (const { role, because } of counting) {
      expect(because.length).toBeGreaterThan(0);
      if (because.some(({ source }) => source === 'DEFAULT')) {
        expect([own, because.length]).toEqual([[], 1]);
        continue;
      }
      expect(rolesThatCount([{ role_id: role.id }], defaults, exclusive)).toEqual(new Set([role.id]));
      const named = because.map(({ mapping }) => mapping?.id ?? null).toSorted();
      const all = own.filter(({ role_id }) => role_id === role.id).map(({ mapping_id }) => mapping_id);
      expect(named).toEqual(all.toSorted());
    }
  }
}

/**
 * Whoever takes away all that is said to be the reason takes the role, and with one of them left it stays. What a hand gave and
 * what sign-ins added a hand takes at once.
 */
async function expectSufficientAndNecessary(arena: GroupArena): Promise<void> {
  const { account, people } = arena;
  for (const { id: userId } of people) {
    const [counting] = await effectiveRoles(world.core.database.sql, account.id, [userId]);
    const found = counting?.find(({ because }) => because.every(({ source }) => source !== 'DEFAULT'));
    if (found === undefined) continue;
    const { role, because } = found;
    const groups = because.flatMap(({ mapping }) => mapping?.team_id ?? []);
    const acts = groups.map((id) => () => run(account.idp, updateTeam, { id, removeMemberIds: [userId] }));
    const sources = new Set(because.map(({ source }) => source));
    if (sources.has('MANUAL') || sources.has('SSO_MAPPING'))
      acts.push(() => run(account.admin, revokeRole, { userId, roleId: role.id }));
    if (sources.has('SCIM_ROLES'))
      acts.push(() => run(account.idp, updateUser, { id: userId, directoryRoles: [] }));
    for (const [n, takeOne] of acts.entries()) {
      await takeOne();
      const [after = []] = await effectiveRoles(world.core.database.sql, account.id, [userId]);
      const still = after.find((each) => each.role.id === role.id)?.because ?? [];
      const isGranted = still.some(({ source }) => source !== 'DEFAULT');
      expect(isGranted, `${userId} ${role.name} after ${n + 1} of ${acts.length}`).toBe(n + 1 < acts.length);
    }
    return;
  }
}

interface ToldEvent {
  readonly type: string;
  readonly user_id: string;
  /** A mapping by which they have no role any more, or have one from now on. */
  readonly lost: string | null;
  readonly got: string | null;
}

/** The log tells of each grant when it came and went, in order, and ends where the grants are. */
async function expectTold(client: pg.Client, accountId: string): Promise<void> {
  const told = await rowsOf<ToldEvent>(
    client,
    `SELECT e.type, e.user_id, e.lost, e.got FROM (
       SELECT type, subject_id AS user_id, changes -> 0 -> 'before' ->> 'id' AS lost, changes -> 0 -> 'after' ->> 'id' AS got, epoch, xid, seq
       FROM events WHERE account_id = $1 AND (type = 'USER_DEPROVISIONED'
         OR type IN ('ROLE_GRANTED', 'ROLE_REVOKED') AND changes -> 0 ->> 'field' = 'mapping')
       UNION ALL SELECT e.type, e.related_id, l.role ->> 'mappingId', g.role ->> 'mappingId', e.epoch, e.xid, e.seq FROM events e
       LEFT JOIN jsonb_array_elements(nullif(e.changes -> 0 -> 'before', 'null')) AS l (role) ON true
       LEFT JOIN jsonb_array_elements(nullif(e.changes -> 0 -> 'after', 'null')) AS g (role) ON true
       WHERE e.account_id = $1 AND e.type IN ('TEAM_MEMBER_ADDED', 'TEAM_MEMBER_REMOVED') AND e.changes <> '[]') e
     ORDER BY e.epoch, e.xid, e.seq`,
    accountId,
  );
  const present = new Set<string>();
  for (const { type, user_id, lost, got } of told) {
    if (type === 'USER_DEPROVISIONED') {
      for (const grant of present) if (grant.startsWith(user_id)) present.delete(grant);
      continue;
    }
    const grant = `${user_id} ${lost ?? got}`;
    expect(present.has(grant), `${type} ${grant}`).toBe(lost !== null);
    if (lost !== null) present.delete(grant);
    else present.add(grant);
  }
  const grants = await rowsOf<Reason>(client, byMapping, accountId);
  expect(present).toEqual(new Set(grants.map(({ user_id, mapping_id }) => `${user_id} ${mapping_id}`)));
}
