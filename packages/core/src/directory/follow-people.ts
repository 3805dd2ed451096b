import { type RawBuilder, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Sql } from '../database/database.ts';
import { defineStatements, rowsOf } from '../database/statement.ts';
import type { Work } from '../database/work.ts';
import { mustFollow } from '../errors/constraint-errors.ts';
import { shareDefinitions } from '../holds/definitions-lock.ts';
import type { Authorship } from '../model/event.ts';
import { keepStructure } from '../org-structure/keep/keep-structure.ts';
import { type ManagerTurn, takeManagerTurn } from './manager.ts';

/** A change of people, which teams may have to follow. */
export interface PeopleChange<Result> {
  /**
   * The change in a single statement that begins with `orgGuard`, where that is possible; undefined when nothing was
   * written, because it takes more.
   */
  readonly alone?: () => Promise<Result | undefined>;
  /** The change in any number of statements. */
  readonly together: (db: Sql) => Promise<PeopleChanged<Result>>;
  /** The attributes that it changes, where teams can follow from nothing else of it. */
  readonly attributes?: readonly string[] | undefined;
  /** Which turn `together` needs among those who name managers; none when it touches no name. */
  readonly managers?: ManagerTurn | undefined;
  /** May it write custom attributes, or free them for others? */
  readonly values?: boolean | undefined;
}

/** What a change of people came to. */
export interface PeopleChanged<Result> {
  readonly result: Result;
  /** Whom it changed. */
  readonly userIds: readonly string[];
  /** Reads the result anew once teams have followed; left out where it shows nothing of them. */
  readonly afterwards?: (() => Promise<Result>) | undefined;
}

/**
 * From which attribute teams were met following, by account. A hint, for PostgreSQL knows better: it spares a first try.
 */
const met = new LRUCache<string, string>({ max: 10_000 });

/**
 * Changes people, and in the same transaction the teams that follow from them. Where none do, which is found out by the
 * statement itself, a change that takes one statement takes no more.
 */
export async function followPeople<Result>(
  work: Work,
  authorship: Authorship,
  { alone, together, attributes, managers, values }: PeopleChange<Result>,
): Promise<Result> {
  const { accountId } = authorship;
  const chosen = met.get(accountId);
  const mayBeAlone = chosen === undefined || attributes?.includes(chosen) === false;
  if (alone !== undefined && work.commits && mayBeAlone) {
    const result = await alone().catch((error: unknown) => {
      const attribute = mustFollow(error);
      if (attribute === undefined) throw error;
      met.set(accountId, attribute);
      return undefined;
    });
    if (result !== undefined) return result;
  }
  return work.transaction(async ({ sql: db }) => {
    const follows = await takeTurns(db, accountId, { managers, values });
    if (!follows) met.delete(accountId);
    const { result, userIds, afterwards } = await together(db);
    if (!follows || userIds.length === 0) return result;
    await keepStructure(db, authorship, userIds);
    return afterwards === undefined ? result : afterwards();
  });
}

type Turns = Pick<PeopleChange<unknown>, 'managers' | 'values'>;

/** Waits until nobody else changes people whom teams follow; answers whether any do. One statement, with all turns. */
async function takeTurns(db: Sql, accountId: string, { managers, values }: Turns): Promise<boolean> {
  const shape = `${managers ?? 'org'}${values ? ' and values' : ''}` as const;
  const [row] = await rowsOf(turns(shape, { accountId }), db);
  return row?.follows ?? false;
}

type TurnsShape = ManagerTurn | 'org' | `${ManagerTurn | 'org'} and values`;

const turns = defineStatements<TurnsShape, { accountId: string }, { follows: boolean }>(
  (shape) =>
    ({ accountId }) => {
      const values = shape.endsWith(' and values') ? sql`, (${shareDefinitions(accountId)})` : sql``;
      const manager = (['arrives', 'may-wait'] as const).find((turn) => shape.startsWith(turn));
      const managers = manager === undefined ? sql`` : sql`, ${takeManagerTurn(accountId, manager)}`;
      return sql`SELECT org_turn(${accountId}::uuid, true) AS follows${values}${managers}`;
    },
);

/**
 * SELECT with which a statement makes sure, before it writes anything, that no teams have to follow: from these
 * attributes, or from anything when there is no list.
 */
export function orgGuard(accountId: string, attributes?: readonly string[]): RawBuilder<unknown> {
  const list = attributes === undefined ? sql`NULL` : sql.raw(`'{${attributes.join(',')}}'`);
  return sql`SELECT org_guard(${accountId}::uuid, ${list}::text[])`;
}
