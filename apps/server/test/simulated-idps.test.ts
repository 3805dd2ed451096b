import { type IdpName, simulate } from '@rollcall/idp-simulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openServerWorld, type ServerWorld } from './world.ts';

let server: ServerWorld;
beforeAll(async () => {
  server = await openServerWorld();
});
afterAll(() => server.close());

const counted = z.tuple([z.object({ count: z.number() })]);

async function countEvents(accountId: string): Promise<number> {
  const { rows } = await server.core.database.pool.query(
    'SELECT count(*)::int FROM events WHERE account_id = $1',
    [accountId],
  );
  return counted.parse(rows)[0].count;
}

describe.each<IdpName>(['entra', 'okta'])('a company that %s provisions', (idp) => {
  test('is provisioned without a failed request, and again without an event', async () => {
    const { id, scim, idp: connection } = await server.company();
    const run = () =>
      simulate({
        idp,
        url: scim.baseUrl,
        token: connection.token,
        users: 300,
        groups: 15,
        seed: 7,
        concurrency: 6,
      });
    const first = await run();
    expect(first).toMatchObject({ failureCount: 0, failures: [], stopped: undefined });
    expect((await scim.list('/Groups', { count: 0 })).totalResults).toBe(first.groups);
    // The admin was there before.
    expect(
      (await scim.list('/Users', { count: 0, filter: 'active eq true or active eq false' })).totalResults,
    ).toBeGreaterThan(first.users);
    const before = await countEvents(id);
    expect(before).toBeGreaterThan(300);

    const second = await run();
    expect(second).toMatchObject({ failureCount: 0, failures: [], stopped: undefined });
    expect(await countEvents(id)).toBe(before);
  });
});
