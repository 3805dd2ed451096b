import { expect, test } from 'vitest';
import { run } from '../../testing/directory.ts';
import {
  followedRebuild,
  hire,
  restructure,
  structureOf,
  updateOrgStructure,
} from '../../testing/org-settings.ts';
import { withClient } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

/** Enough for six slices. */
const PEOPLE = 1_100;

const world = useWorld();
const account = useAccount(world);

const staff = [...Array(PEOPLE).keys()].map((n) => ({
  name: `P${n}`,
  department: `D${n % 7}`,
  manager: n === 0 ? null : `P${Math.floor((n - 1) / 8)}`,
}));

/** The members of all teams of the structure, and how often the log says that a rebuild ended. */
const counted = () =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query<{ members: number; ends: number; joins: number }>(
      `SELECT (SELECT count(*)::int FROM org_teams o JOIN memberships m ON m.account_id = o.account_id
          AND m.team_id = o.team_id WHERE o.account_id = $1) AS members,
        (SELECT count(*)::int FROM events WHERE account_id = $1 AND type = 'ORG_STRUCTURE_REBUILT') AS ends,
        (SELECT count(*)::int FROM events WHERE account_id = $1 AND type = 'TEAM_MEMBER_ADDED') AS joins`,
      [account.id],
    );
    return rows[0];
  });

/** Has every slice of a rebuild take longer than followers and this file need to see where it is. */
async function slowly(use: () => Promise<void>): Promise<void> {
  await withClient(world.databaseUrl, async (client) => {
    await client.query(`CREATE FUNCTION rest() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM pg_sleep(0.5); RETURN NEW; END $$;
      CREATE TRIGGER rest BEFORE UPDATE ON org_rebuilds FOR EACH ROW EXECUTE FUNCTION rest()`);
    try {
      await use();
    } finally {
      await client.query('DROP TRIGGER rest ON org_rebuilds; DROP FUNCTION rest()');
    }
  });
}

test('the progress of a rebuild is seen step by step, each one further', async () => {
  await hire(account.idp, staff);
  await slowly(async () => {
    await run(account.admin, updateOrgStructure, { createTeams: 'DEPARTMENT' });
    const steps = await followedRebuild(account.admin);
    expect(steps.length).toBeGreaterThan(2);
    expect(steps.map(({ done }) => done)).toEqual(steps.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(new Set(steps.map(({ total }) => total))).toEqual(new Set([PEOPLE + 1]));
    expect(steps.map(({ state }) => state)).toEqual([...steps.slice(1).map(() => 'RUNNING'), 'DONE']);
    expect(steps.at(-1)).toMatchObject({ done: PEOPLE + 1, finishedAt: expect.any(String) });
  });
  expect(await counted()).toEqual({ members: PEOPLE, ends: 1, joins: PEOPLE });
});

test('several processes do each slice once', async () => {
  const others = await Promise.all([world.anotherCore(), world.anotherCore()]);
  await hire(account.idp, staff);
  await run(account.admin, updateOrgStructure, { createTeams: 'DEPARTMENT' });
  const steps = await followedRebuild(account.admin);
  expect(steps.at(-1)).toMatchObject({ state: 'DONE', done: PEOPLE + 1 });
  expect(await counted()).toEqual({ members: PEOPLE, ends: 1, joins: PEOPLE });
  await Promise.all(others.map(({ core }) => core.close()));
});

test('a rebuild that was decided over is replaced, and the last decision stands', async () => {
  const { idp, admin } = account;
  await hire(idp, staff);
  await slowly(async () => {
    for (const createTeams of ['DEPARTMENT', 'NONE', 'MANAGER', 'DEPARTMENT'])
      await run(admin, updateOrgStructure, { createTeams });
  });
  await followedRebuild(admin);
  const states = await withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query<{ state: string }>(
      'SELECT state FROM org_rebuilds WHERE account_id = $1 ORDER BY id',
      [account.id],
    );
    return rows.map(({ state }) => state);
  });
  expect(states.at(-1)).toBe('DONE');
  expect(states).not.toContain('RUNNING');
  expect(states.slice(0, 3)).toContain('REPLACED');
  expect(await structureOf(admin)).toMatchObject({ createTeams: 'DEPARTMENT', teamCount: 7 });
  expect(await counted()).toMatchObject({ members: PEOPLE });
});

test('who changes people while a rebuild runs is not lost', async () => {
  const { idp, admin } = account;
  await hire(idp, staff);
  await run(admin, updateOrgStructure, { createTeams: 'DEPARTMENT' });
  await hire(
    idp,
    [...Array(50).keys()].map((n) => ({ name: `Late${n}`, department: 'Late' })),
  );
  await followedRebuild(admin);
  expect(await structureOf(admin)).toMatchObject({ teamCount: 8 });
  expect(await counted()).toMatchObject({ members: PEOPLE + 50 });
});

test('a slice that fails is tried again until it succeeds', async () => {
  const { idp, admin } = account;
  await hire(idp, staff.slice(0, 20));
  await withClient(world.databaseUrl, (client) =>
    client.query(`CREATE FUNCTION refuse_twice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('refusals') < 3 THEN RAISE 'not now'; END IF; RETURN NEW; END $$;
      CREATE SEQUENCE refusals;
      CREATE TRIGGER refuse_twice BEFORE UPDATE ON org_rebuilds FOR EACH ROW EXECUTE FUNCTION refuse_twice()`),
  );
  try {
    const { rebuild } = await restructure(admin, { createTeams: 'DEPARTMENT' });
    expect(rebuild).toMatchObject({ state: 'DONE', done: 21 });
    expect(await counted()).toEqual({ members: 20, ends: 1, joins: 20 });
  } finally {
    await withClient(world.databaseUrl, (client) =>
      client.query('DROP TRIGGER refuse_twice ON org_rebuilds; DROP SEQUENCE refusals'),
    );
  }
});

/** How far the account's rebuild is. */
const place = () =>
  withClient(world.databaseUrl, async (client) => {
    const { rows } = await client.query<{ state: string; done: number }>(
      'SELECT state, done FROM org_rebuilds WHERE account_id = $1',
      [account.id],
    );
    return rows[0] ?? { state: 'none', done: 0 };
  });

test('a rebuild whose process ends goes on in another, from where it was', async () => {
  await hire(account.idp, staff);
  await slowly(async () => {
    await run(account.admin, updateOrgStructure, { createTeams: 'DEPARTMENT' });
    await expect.poll(async () => (await place()).done).toBeGreaterThan(0);
    await world.core.close();
  });
  const { state, done } = await place();
  expect(state).toBe('RUNNING');
  expect(done).toBeLessThan(PEOPLE);
  expect(await counted()).toMatchObject({ ends: 0 });

  const { actor } = await world.anotherCore();
  const steps = await followedRebuild(actor(account.admin.authorization.replace('Bearer ', '')));
  expect(steps[0]?.done).toBeGreaterThanOrEqual(done);
  expect(steps.at(-1)).toMatchObject({ state: 'DONE', done: PEOPLE + 1 });
  expect(await counted()).toEqual({ members: PEOPLE, ends: 1, joins: PEOPLE });
});
