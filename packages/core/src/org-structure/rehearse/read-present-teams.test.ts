import { expect, test } from 'vitest';
import { fillBigOrg } from '../../testing/big-org.ts';
import { hire, rehearse, restructure } from '../../testing/org-settings.ts';
import { withClient } from '../../testing/tables.ts';
import { useAccount, useWorld } from '../../testing/world.ts';

const PEOPLE = 1_000;

const world = useWorld();
const account = useAccount(world);

test('a rehearsal among teams that are newer than what PostgreSQL knows of its tables takes no longer', async () => {
  const { id } = await world.account();
  // Counts the tables while the account at hand has nothing in them.
  await withClient(world.databaseUrl, (client) => fillBigOrg(client, id, 2_000));
  const { admin, idp } = account;
  await hire(
    idp,
    [...Array(PEOPLE).keys()].map((n) => ({
      name: `P${n}`,
      department: `D${n % 7}`,
      manager: n === 0 ? null : `P${Math.floor((n - 1) / 3)}`,
    })),
  );
  await restructure(admin, { createTeams: 'MANAGER' });
  const started = performance.now();
  const { plan } = await rehearse(admin, { createTeams: 'DEPARTMENT' });
  expect(plan.removed.count).toBe(333);
  expect(performance.now() - started).toBeLessThan(5_000);
});
