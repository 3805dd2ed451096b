import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { withClient } from '../testing/tables.ts';
import { useWorld } from '../testing/world.ts';
import { type Attempt, beginAttempt, forgiveAttempt } from './sign-in-attempts.ts';

const world = useWorld();

const rows = <Row extends object>(text: string, ...values: unknown[]) =>
  withClient(world.databaseUrl, async (client) => (await client.query<Row>(text, values)).rows);

/** An attempt under the name that is heard, however long the ones before it would keep it waiting. */
async function heard(email: string): Promise<Attempt> {
  await rows(`UPDATE sign_in_attempts SET next_at = least(next_at, now())`);
  return beginAttempt(world.core.database.sql, { email, address: undefined, accountIds: [] });
}

async function inTurn(count: number, email: string): Promise<void> {
  for (let at = 0; at < count; at += 1) await heard(email);
}

const counted = async ({ bucket }: Attempt) => {
  const [row] = await rows<{ count: number; next: number }>(
    'SELECT count, extract(epoch FROM next_at)::float8 AS next FROM sign_in_attempts WHERE bucket = $1',
    bucket,
  );
  if (row === undefined) throw new Error('The attempts are forgotten.');
  return row;
};

test('a right password does not shorten the wait after guesses that came while it was checked', async () => {
  const email = `${randomUUID()}@example.com`;
  await inTurn(5, email);
  const right = await heard(email);
  const guess = await heard(email);
  const before = await counted(guess);
  await forgiveAttempt(world.core.database.sql, right);
  const after = await counted(guess);
  // After seven attempts it was four seconds, after six it is two.
  expect(after.count).toBe(6);
  expect(before.next - after.next).toBeCloseTo(2, 3);
});

test('a right password that nobody came beside leaves the next attempt no wait', async () => {
  const email = `${randomUUID()}@example.com`;
  await inTurn(9, email);
  const right = await heard(email);
  await forgiveAttempt(world.core.database.sql, right);
  expect((await counted(right)).count).toBe(9);
  await beginAttempt(world.core.database.sql, { email, address: undefined, accountIds: [] });
});
