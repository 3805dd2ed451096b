import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { run, updateUser } from '../../testing/directory.ts';
import { hire, restructure } from '../../testing/org-settings.ts';
import { randomFrom } from '../../testing/random.ts';
import { withClient } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';
import { findProblems } from './find-problems.ts';
import { knownProblems } from './known-problems.ts';

const CHANGES = 60;

const world = useWorld();
const account = useAccount(world);

const known = async (core = world.core) =>
  [...(await knownProblems(core.database, account.id)).values()].flat();
const foundAnew = () => findProblems(world.core.database.sql, account.id);

const names = ['Ann', 'Ben', 'Cy', 'Dee', 'Eve', 'Flo', 'Gus', 'Hal'] as const;
const departments = ['Sales', 'sales ', 'Legal', 'Ops', 'Sales - Ann', '', null] as const;

test('what is known is what is found anew, after any change and in any process', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = randomFrom(seed);
  const { admin, idp } = account;
  const ids = Object.values(
    await hire(
      idp,
      names.map((name) => ({ name })),
    ),
  );
  const other = await world.anotherCore();
  const anything = () =>
    [
      { displayName: random.pick(names) },
      { department: random.pick(departments) },
      { division: random.pick(departments) },
      { manager: random.below(4) === 0 ? null : `${random.pick(names).toLowerCase()}@example.com` },
      { manager: 'Nobody' },
      { active: random.below(3) > 0 },
    ][random.below(6)] ?? {};
  for (let change = 0; change < CHANGES; change += 1) {
    if (random.below(12) === 0)
      await restructure(admin, { teamAttribute: random.pick(['department', 'division']) });
    else await run(idp, updateUser, { id: ids[random.below(ids.length)], ...anything() });
    const expected = await foundAnew();
    for (const core of [world.core, other.core])
      expect(await known(core), `seed ${seed}, change ${change}`).toEqual(expected);
  }
  await other.core.close();
});

test('while nothing happens, nobody is looked at', async () => {
  await hire(account.idp, [{ name: 'Ann' }]);
  const first = await known();
  expect(await world.countStatements(async () => expect(await known()).toEqual(first))).toBe(1);
});

test('what happens in another account is no news', async () => {
  await known();
  await hire((await world.account()).idp, [{ name: 'Ann' }]);
  expect(await world.countStatements(known)).toBe(1);
});

test('who commits late, after others whose transactions are younger, is not overlooked', async () => {
  const { Ann } = await hire(account.idp, [{ name: 'Ann', department: 'Sales' }, { name: 'Ben' }]);
  await withClient(world.databaseUrl, async (client) => {
    await client.query('BEGIN');
    await client.query(
      `WITH cleared AS (UPDATE users SET department = NULL WHERE account_id = $1 AND id = $2 RETURNING id)
      INSERT INTO events (account_id, type, subject_type, subject_id, subject_label, actor_kind, actor_name, request_id)
      SELECT $1, 'USER_UPDATED', 'USER', id, 'Ann', 'SYSTEM', 'test', 'late' FROM cleared`,
      [account.id, Ann],
    );
    await hire(account.idp, [{ name: 'Cy' }]);
    const before = await known();
    expect(before.map(({ label }) => label)).toContain('Cy');
    await client.query('COMMIT');
    expect(await known()).toEqual(await foundAnew());
    expect(await known()).toHaveLength(before.length + 1);
  });
});

test('those who ask at one time share one look at everybody', async () => {
  await hire(account.idp, [{ name: 'Ann' }]);
  const alone = await world.countStatements(known);
  await hire(account.idp, [{ name: 'Ben' }]);
  const asked = 8;
  const together = await world.countStatements(() => Promise.all([...Array(asked)].map(() => known())));
  expect(together).toBe(alone + asked - 1);
});

test('who asks while a look is under way sees what came after it began', async () => {
  const { Ann = '' } = await hire(account.idp, [{ name: 'Ann' }]);
  for (let turn = 0; turn < 10; turn += 1) {
    const early = known();
    await sleep(turn);
    await run(account.idp, updateUser, { id: Ann, displayName: `Ann ${turn}` });
    expect((await known()).map(({ label }) => label)).toContain(`Ann ${turn}`);
    await early;
  }
});

test('a look that failed is not remembered', async () => {
  const rename = (from: string, to: string) =>
    withClient(world.databaseUrl, (client) => client.query(`ALTER TABLE ${from} RENAME TO ${to}`));
  await rename('users', 'away');
  try {
    await expect(known()).rejects.toThrow('users');
  } finally {
    await rename('away', 'users');
  }
  expect(await known()).toEqual(await foundAnew());
});
