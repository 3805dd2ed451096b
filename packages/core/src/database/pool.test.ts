import { expect, test } from 'vitest';
import { newUser } from '../testing/directory.ts';
import { eventsUntil, feedCursor, follow, labelled } from '../testing/feed.ts';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';

const world = useWorld();

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
