import type { Actor } from '@rollcall/testkit';
import type { ExecutionResult } from 'graphql';
import { createUsers, run, type UserData } from './directory.ts';
import { withClient } from './tables.ts';

/** How often a race is run; `npm run test:laws` runs it more often. */
export const ROUNDS = Number(process.env.ROLLCALL_RACE_ROUNDS ?? 40);

export const times = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

/** The code of an answer's first error; `done` where there was none. */
export const codeOf = ({ errors }: Pick<ExecutionResult, 'errors'>): string =>
  String(errors?.[0]?.extensions.code ?? 'done');

/** How often each thing happened. */
type Tally = Readonly<Record<string, number>>;

function tally(happened: readonly string[]): Tally {
  const counts: Record<string, number> = {};
  for (const each of happened) counts[each] = (counts[each] ?? 0) + 1;
  return counts;
}

/** One actor as two processes see them. */
export type Sides = readonly [here: Actor, there: Actor];

/**
 * Runs a race, some rounds side by side, and answers how often it came out in which way. The sides change from round to round, so that
 * neither process has the better start.
 */
export async function race(
  title: string,
  sides: Sides,
  round: (sides: Sides, n: number) => Promise<string>,
  { atOnce = 5 }: { readonly atOnce?: number } = {},
): Promise<Tally> {
  const [here, there] = sides;
  const outcomes: string[] = [];
  const rounds = times(ROUNDS).values();
  await Promise.all(
    times(atOnce).map(async () => {
      for (const n of rounds) outcomes.push(await round(n % 2 === 0 ? sides : [there, here], n));
    }),
  );
  const counts = tally(outcomes);
  process.stdout.write(`${title}: ${outcomes.length} rounds, ${JSON.stringify(counts)}\n`);
  return counts;
}

/**
 * How long each of two waits before it begins, in milliseconds, where what the one does takes so long that who begins beside
 * it would nearly always come first, or last: now one begins later, now the other.
 */
export function headStart(oneTakesMs: number): readonly [one: number, other: number] {
  const ahead = (Math.random() * 2 - 0.5) * oneTakesMs;
  return [Math.max(0, -ahead), Math.max(0, ahead)];
}

/** What one batch may have. */
const BATCH = 1000;

/** So many new people, by as few batches as it takes. */
export async function newcomers(idp: Actor, count: number = ROUNDS): Promise<UserData[]> {
  const people: UserData[] = [];
  while (people.length < count) {
    const users = times(Math.min(BATCH, count - people.length)).map(() => ({
      userName: `racer-${crypto.randomUUID()}@example.com`,
    }));
    const { results } = await run<{ results: { user: UserData }[] }>(idp, createUsers, { users });
    people.push(...results.map(({ user }) => user));
  }
  return people;
}

/** What an event of the log tells, as far as races look at it. */
export interface Told {
  readonly type: string;
  readonly subject: string;
  readonly related: string | null;
}

/** The log of an account from its beginning, in its order; read past the feed, which waits for every transaction of the cluster. */
export const wholeLog = (databaseUrl: string, accountId: string): Promise<Told[]> =>
  withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<Told>(
      'SELECT type, subject_id AS subject, related_id AS related FROM events WHERE account_id = $1 ORDER BY xid, seq',
      [accountId],
    );
    return rows;
  });

/** The item at a place that the list has. */
export function at<Item>(items: readonly Item[], n: number): Item {
  const item = items[n];
  if (item === undefined) throw new Error(`There is no item ${n}.`);
  return item;
}
