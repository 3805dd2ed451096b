import { waitingStatements } from '@rollcall/testkit';
import { execute, parse } from 'graphql';
import { afterEach, expect, test, vi } from 'vitest';
import { RehearsedAnswer } from './api/request/rehearsed-answer.ts';
import { withClient } from './testing/tables.ts';
import { useAccount, useWorld } from './testing/world.ts';

const world = useWorld();
const account = useAccount(world);

afterEach(() => {
  vi.useRealTimers();
});

/** Creating a connection touches no team; counting its teams has to wait for whoever holds the table. */
const document = parse('mutation { createConnection(input: { name: "Okta" }) { connection { teamCount } } }');

test('a rehearsal ends with the connection of whoever asked for it, also while its answer is read', async () => {
  const { authorization } = account.admin;
  const client = new AbortController();
  const contextValue = await world.core.createContext(
    { authorization, 'rollcall-dry-run': 'true' },
    client.signal,
  );
  await withClient(world.databaseUrl, async (holder) => {
    await holder.query('BEGIN; LOCK TABLE teams IN ACCESS EXCLUSIVE MODE');
    const waiting = () => waitingStatements(holder);
    const answer = Promise.resolve(execute({ schema: world.core.schema, document, contextValue }));
    await expect.poll(waiting).toBe(1);
    client.abort(new Error('hung up'));
    await expect.poll(waiting).toBe(0);
    const { errors = [] } = await answer;
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAVAILABLE']);
    await contextValue.rehearsalEnded;
  });
});

test('the whole answer of a rehearsal has the time of one statement: its transaction holds back the feeds of all', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { signal } = new RehearsedAnswer(undefined);
  vi.advanceTimersByTime(14_999);
  expect(signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(signal.reason).toMatchObject({ code: 'LIMIT_EXCEEDED', facts: { limit: 15 } });
});
