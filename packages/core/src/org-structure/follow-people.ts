import { type RawBuilder, sql } from 'kysely';
import { mustFollow } from '../database/constraint-errors.ts';
import type { Sql } from '../database/database.ts';
import { defineStatements, rowsOf } from '../database/statement.ts';
import type { Work } from '../database/work.ts';
import type { Authorship } from '../events/event.ts';
import { type ManagerTurn, takeManagerTurn } from '../users/manager.ts';
import { keepStructure } from './keep-structure.ts';

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
const met = new Map<string, string>();

/** How many accounts are remembered. */
const MAX_MET = 10_000;

/**
 * Changes people, and in the same transaction the teams that follow from them. Where none do, which is found out by the
 * statement itself, a change that takes one statement takes no more.
 */
export async function followPeople<Result>(
  work: Work,
  authorship: Authorship,
  { alone, together, attributes, managers }: PeopleChange<Result>,
): Promise<Result> {
  const { accountId } = authorship;
  const chosen = met.get(accountId);
  const mayBeAlone = chosen === undefined || attributes?.includes(chosen) === false;
  if (alone !== undefined && work.commits && mayBeAlone) {
    const result = await alone().catch((error: unknown) => {
      const attribute = mustFollow(error);
      if (attribute === undefined) throw error;
      if (met.size >= MAX_MET) met.clear();
      met.set(accountId, attribute);
      return undefined;
    });
    if (result !== undefined) return result;
  }
  return work.transaction(async ({ sql: db }) => {
    const follows = await takeTurns(db, accountId, managers);
    if (!follows) met.delete(accountId);
    const { result, userIds, afterwards } = await together(db);
    if (!follows || userIds.length === 0) return result;
    await keepStructure(db, authorship, userIds);
    return afterwards === undefined ? result : afterwards();
  });
}

/** Waits until nobody else changes people whom teams follow; answers whether any do. One statement, with all turns. */
async function takeTurns(db: Sql, accountId: string, managers: ManagerTurn | undefined): Promise<boolean> {
  const [row] = await rowsOf(turns(managers ?? 'org', { accountId }), db);
  return row?.follows ?? false;
}

const turns = defineStatements<ManagerTurn | 'org', { accountId: string }, { follows: boolean }>(
  (managers) =>
    ({ accountId }) => {
      const others = managers === 'org' ? sql`` : sql`, ${takeManagerTurn(accountId, managers)}`;
      return sql`SELECT org_turn(${accountId}::uuid, true) AS follows${others}`;
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
