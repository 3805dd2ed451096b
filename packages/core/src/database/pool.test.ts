import type { World } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Core } from '../core.ts';
import { newUser } from '../testing/directory.ts';
import { eventsUntil, feedCursor, follow, labelled } from '../testing/feed.ts';
import { withClient } from '../testing/tables.ts';
import { openWorld } from '../testing/world.ts';

let world: World<Core>;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test('a database that drops every connection is asked again, and followers go on', async () => {
  const { admin, idp } = await world.account();
  const after = await feedCursor(admin);
  const { pool } = world.core.database;
  const removed = new Promise<void>((resolve) => {
    pool.on('remove', () => pool.totalCount === 0 && resolve());
  });
  await withClient(world.databaseUrl, (client) =>
    client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    ),
  );
  await removed;
  await newUser(idp, { displayName: 'after the break' });
  const messages = follow(admin, after);
  const events = await eventsUntil(messages, labelled('after the break'));
  expect(events.at(-1)?.type).toBe('USER_CREATED');
  await messages.return();
});
