import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Transaction } from 'kysely';
import { isSerializationConflict, takesMore } from '../errors/constraint-errors.ts';
import type { Tables } from '../model/entities.ts';
import type { Access, Sql } from './database.ts';
import { locking } from './locking.ts';
import { rowsOf, type Statement } from './statement.ts';
import { isUnavailable, OutcomeUnknown, outcomeOfStatement } from './unavailable.ts';

/** What an entity manager may do in a transaction. It reads only for `holds/`, which locks what it reads. */
export type EntityWriter = Pick<EntityManager, 'create' | 'remove' | 'nativeDelete' | 'flush'>;

/** Both halves of MikroORM inside one transaction. */
export interface TransactionScope {
  readonly em: EntityWriter;
  readonly sql: Sql;
  readonly [locking]: EntityManager;
}

/** What one mutation field writes: one transaction, whether it takes one statement or many. */
export interface Work {
  /** For reading before and after what is written: sees what a rehearsal has done so far. */
  readonly db: Sql;
  /** Writes with a single statement, committed by itself: one round trip. */
  statement<Row>(statement: Statement<Row>): Promise<Row[]>;
  /** Like `statement`; undefined when `isDone` sees from the rows that nothing was written: the work is still to do. */
  attempt<Row>(
    statement: Statement<Row>,
    isDone: (rows: readonly Row[]) => boolean,
  ): Promise<Row[] | undefined>;
  /** Writes with several statements, committed together when `change` returns. */
  transaction<Result>(change: (scope: TransactionScope) => Promise<Result>): Promise<Result>;
  /** Works beside others; and where a follower finds that it takes more, as `takesMore` knows, with the account to itself. */
  tryBesideOthers<Result>(beside: () => Promise<Result>, exclusively: () => Promise<Result>): Promise<Result>;
}

/** How often work is tried that keeps conflicting with others, and how much longer at most it waits each time. */
const MAX_ATTEMPTS = 20;
const BACK_OFF_MS = 2;

/** Tries again what lost a deadlock, or would have put events out of order: it has changed nothing. */
export async function retryConflicts<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (attempts === MAX_ATTEMPTS || !isSerializationConflict(error)) throw error;
      await sleep(Math.random() * attempts * BACK_OFF_MS);
    }
  }
}

/** Work that commits. */
export interface CommittedWork extends Work {
  /** Has it been written and committed? */
  readonly isMade: boolean;
}

/**
 * Work that commits. A second call fails: it would be a second transaction; unless the first one failed, and so wrote nothing.
 * Throws OutcomeUnknown.
 */
export function committedWork(access: Access): CommittedWork {
  let begun = false;
  let made = false;
  const begin = (): void => {
    if (begun) throw new Error('A mutation writes in one transaction; this one began a second.');
    begun = true;
  };
  /** One statement, after which other work may still begin when it failed: then it wrote nothing. */
  async function single<Row>(statement: Statement<Row>): Promise<Row[]> {
    begin();
    try {
      const rows = await retryConflicts(() => rowsOf(statement, access.sql));
      made = true;
      return rows;
    } catch (error) {
      begun = false;
      throw outcomeOfStatement(error);
    }
  }
  return {
    db: access.sql,
    get isMade() {
      return made;
    },
    statement: single,
    async attempt(statement, isDone) {
      const rows = await single(statement);
      begun = isDone(rows);
      made = begun;
      return begun ? rows : undefined;
    },
    async transaction(change) {
      begin();
      try {
        const result = await retryConflicts(() => committing(access, change));
        made = true;
        return result;
      } catch (error) {
        begun = error instanceof OutcomeUnknown;
        throw error;
      }
    },
    tryBesideOthers: (beside, exclusively) =>
      beside().catch((error: unknown) => {
        if (takesMore(error)) return exclusively();
        throw error;
      }),
  };
}

/** A connection that is lost earlier takes everything back; one that is lost while it commits leaves that open. */
async function committing<Result>(
  access: Access,
  change: (scope: TransactionScope) => Promise<Result>,
): Promise<Result> {
  let isCommitting = false;
  try {
    return await inTransaction(access, async (scope) => {
      const result = await change(scope);
      isCommitting = true;
      return result;
    });
  } catch (error) {
    throw isCommitting && isUnavailable(error) ? new OutcomeUnknown(error) : error;
  }
}

/** Work that is made for its answer only. */
export interface Rehearsal<Result> {
  readonly result: Promise<Result>;
  /** Resolves when all is rolled back. */
  readonly ended: Promise<void>;
}

class RolledBack extends Error {}

/**
 * Runs work that is rolled back as soon as its result is `answered`, which sees what would have been committed. When the result
 * throws TakesMore, it takes another rehearsal, which is `exclusive`: the transaction of this one is over by then.
 */
export function rehearse<Result>(
  access: Access,
  run: (work: Work, scope: TransactionScope) => Promise<Result>,
  answered: (scope: TransactionScope) => Promise<void>,
  { exclusive }: { readonly exclusive: boolean } = { exclusive: false },
): Rehearsal<Result> {
  const { promise: result, resolve, reject } = Promise.withResolvers<Result>();
  const ended = inTransaction(access, async (scope): Promise<void> => {
    resolve(await run(rehearsedWork(scope, exclusive), scope));
    await answered(scope);
    throw new RolledBack();
  }).catch(reject);
  return { result, ended };
}

const rehearsedWork = (scope: TransactionScope, exclusive: boolean): Work => ({
  db: scope.sql,
  statement: (statement) => rowsOf(statement, scope.sql),
  async attempt(statement, isDone) {
    const rows = await rowsOf(statement, scope.sql);
    return isDone(rows) ? rows : undefined;
  },
  transaction: (change) => change(scope),
  tryBesideOthers: (beside, exclusively) => (exclusive ? exclusively() : beside()),
});

function inTransaction<Result>(
  access: Access,
  change: (scope: TransactionScope) => Promise<Result>,
): Promise<Result> {
  return access.transaction(async (em) => {
    const sql = em.getTransactionContext<Transaction<Tables>>();
    if (sql === undefined) throw new Error('MikroORM opened no transaction.');
    return change({ em, sql, [locking]: em });
  });
}
