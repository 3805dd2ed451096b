import type { AccountWorld } from '@rollcall/testkit';
import { beforeAll, expect, test, vi } from 'vitest';
import {
  createUsers,
  deleteRole,
  deprovisionUser,
  grantRole,
  revokeRole,
  roleNamed,
  run,
} from '../testing/directory.ts';
import { at, codeOf, newcomers, ROUNDS, race, type Sides, type Told, wholeLog } from '../testing/races.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';

vi.setConfig({ testTimeout: 120_000 });
const world = useWorld();
let account: AccountWorld;
let sides: Sides;
let adminRole: string;
let userRole: string;

beforeAll(async () => {
  account = await world.account();
  const other = await world.anotherCore();
  sides = [account.admin, other.actor(account.admin.authorization.replace('Bearer ', ''))];
  adminRole = await roleNamed(account.admin, 'admin');
  userRole = await roleNamed(account.admin, 'user');
});

/** What a person was granted, as the log tells it; fails when it tells of a grant twice, or of what was never granted. */
function grantsToldOf(log: readonly Told[], id: string, until?: string): string[] {
  const granted = new Set<string | null>();
  for (const { type, subject, related } of log) {
    if (subject !== id) continue;
    if (type === until) break;
    if (type === 'ROLE_GRANTED') {
      expect(granted).not.toContain(related);
      granted.add(related);
    }
    if (type === 'ROLE_REVOKED') expect(granted.delete(related)).toBe(true);
  }
  return [...granted].map(String);
}

/** Who has which role in the end. */
const grants = (): Promise<{ user: string; role: string }[]> =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query<{ user: string; role: string }>(
      'SELECT user_id AS user, role_id AS role FROM role_grants WHERE account_id = $1',
      [account.id],
    );
    return rows;
  });

const rolesOf = async (id: string): Promise<string[]> =>
  (await grants()).flatMap(({ user, role }) => (user === id ? [role] : []));

test('whoever is granted a role while they are deprovisioned does not keep it, and does not come back with it', async () => {
  const people = await newcomers(account.idp);
  const outcomes = await race('a role granted beside a deprovisioning', sides, async ([one, other], n) => {
    const { id } = at(people, n);
    const [granted, left] = await Promise.all([
      one.ask(grantRole.document, { input: { userId: id, roleId: adminRole } }),
      other.ask(deprovisionUser.document, { input: { id } }),
    ]);
    expect(codeOf(left)).toBe('done');
    return codeOf(granted);
  });
  expect((outcomes.done ?? 0) + (outcomes.NOT_FOUND ?? 0)).toBe(ROUNDS);
  const log = await wholeLog(world.databaseUrl, account.id);
  for (const { id } of people) expect(grantsToldOf(log, id, 'USER_DEPROVISIONED')).toEqual([]);
  await run(account.idp, createUsers, { users: people.map(({ userName }) => ({ userName })) });
  expect((await grants()).map(({ user }) => user)).toEqual([account.adminId]);
});

test('of two who grant a role that never combines, and another, one does', async () => {
  const viewOnly = await roleNamed(account.admin, 'view-only');
  const people = await newcomers(account.idp);
  const outcomes = await race(
    'two roles granted, of which one is exclusive',
    sides,
    async ([one, other], n) => {
      const { id } = at(people, n);
      const answers = await Promise.all([
        one.ask(grantRole.document, { input: { userId: id, roleId: viewOnly } }),
        other.ask(grantRole.document, { input: { userId: id, roleId: userRole } }),
      ]);
      return answers.map(codeOf).toSorted().join(' and ');
    },
  );
  expect(outcomes).toEqual({ 'EXCLUSIVE_ROLE and done': ROUNDS });
});

/** A role for each of these people, who has it; not by the API, which would take longer than the race. */
const rolesHeldBy = (userIds: readonly string[]): Promise<string[]> =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query<{ role_id: string }>(
      `WITH made AS (
         INSERT INTO roles (account_id, id, name, permissions)
         SELECT $1, gen_random_uuid(), 'Passing ' || n, '{}' FROM generate_series(1, cardinality($2::uuid[])) n
         RETURNING id, name)
       INSERT INTO role_grants (account_id, user_id, role_id, source, actor_kind, actor_name, request_id)
       SELECT $1, u.id, m.id, 'MANUAL', 'SYSTEM', 'Rollcall', 'race'
       FROM unnest($2::uuid[]) WITH ORDINALITY u (id, n) JOIN made m ON m.name = 'Passing ' || u.n
       RETURNING role_id`,
      [account.id, userIds],
    );
    return rows.map(({ role_id }) => role_id);
  });

test('a role that is deleted while it is granted is nobody’s, and the log tells who lost it', async () => {
  const [holders, people] = [await newcomers(account.idp), await newcomers(account.idp)];
  const roles = await rolesHeldBy(holders.map(({ id }) => id));
  const outcomes = await race('a role granted beside its deletion', sides, async ([one, other], n) => {
    const [granted, deleted] = await Promise.all([
      one.ask(grantRole.document, { input: { userId: at(people, n).id, roleId: at(roles, n) } }),
      other.ask(deleteRole.document, { input: { id: at(roles, n) } }),
    ]);
    expect(codeOf(deleted)).toBe('done');
    return codeOf(granted);
  });
  expect((outcomes.done ?? 0) + (outcomes.NOT_FOUND ?? 0)).toBe(ROUNDS);
  const log = await wholeLog(world.databaseUrl, account.id);
  for (const { id } of people) expect(grantsToldOf(log, id)).toEqual([]);
  const revoked = log.flatMap(({ type, subject }) => (type === 'ROLE_REVOKED' ? [subject] : []));
  expect(revoked).toEqual(expect.arrayContaining(holders.map(({ id }) => id)));
});

test('a role that is granted and revoked at once ends as the log tells', async () => {
  const people = await newcomers(account.idp, 20);
  await race('a role granted beside a revocation of it', sides, async ([one, other], n) => {
    const input = { userId: at(people, n % people.length).id, roleId: userRole };
    const answers = await Promise.all([
      one.ask(grantRole.document, { input }),
      other.ask(revokeRole.document, { input }),
    ]);
    return answers.map(codeOf).join(' and ');
  });
  const log = await wholeLog(world.databaseUrl, account.id);
  for (const { id } of people) expect(grantsToldOf(log, id)).toEqual(await rolesOf(id));
});
