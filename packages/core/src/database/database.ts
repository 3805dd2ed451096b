import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { entities, type Tables } from '../model/entities.ts';
import { controlClientOf, openControl } from './control.ts';
import { FairShare, sharesOf } from './fair-share.ts';
import { type HistoryWatch, openHistory } from './history.ts';
import { migrate, migrations } from './migrate.ts';
import { ANSWER_WITHIN_MS, openPool, type PoolOptions, type StatementObserver, withClient } from './pool.ts';
import { type Readiness, readinessOver } from './readiness.ts';
import { type Reader, readingSql, type Writer, writingSql } from './request-sql.ts';
import { assertSuitable } from './suitable-server.ts';

/** The statements' half of MikroORM: Kysely on the same pool and, in a transaction, on the same connection. */
export type Sql = Kysely<Tables>;

/** A way to PostgreSQL. */
export interface Access {
  readonly sql: Sql;
  /** A transaction with both halves of MikroORM; its unit of work is flushed when `change` returns. */
  transaction<Result>(change: (em: EntityManager) => Promise<Result>): Promise<Result>;
}

/** The way for what the process does by itself, and the ways for requests. */
export interface Database extends Access {
  readonly pool: pg.Pool;
  readonly url: string;
  readonly readiness: Readiness;
  /** Which history of the log is being written. */
  readonly history: HistoryWatch;
  /** A fresh unit of work of MikroORM's. */
  entityManager(): EntityManager;
  /** For a request to read, within its account's share of the connections. */
  reading(reader: Reader): Sql;
  /** For a request to write, within its account's share of the connections. */
  writing(writer: Writer): Access;
  /** Calls back for every statement sent, until the returned function is called. */
  observe(observer: StatementObserver): () => void;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most; 10 by default. */
  readonly poolSize?: number;
}

/** Connects and brings the schema up to date; safe when several processes start at once. */
export async function openDatabase({ url, poolSize = 10 }: DatabaseOptions): Promise<Database> {
  const observers = new Set<StatementObserver>();
  let history: HistoryWatch | undefined;
  const habits: PoolOptions = {
    url,
    max: poolSize,
    observers,
    answerWithinMs: undefined,
    // The server behind the URL may be another one by the time of a later connection.
    verify: async (client) => history?.check(client),
  };
  const pool = openPool(habits);
  const control = openControl(url);
  const share = new FairShare(sharesOf(poolSize));
  const orm = await openOrm(url, new PostgresDialect({ pool, controlClient: controlClientOf(control) }));
  try {
    await assertSuitable(pool, url);
    await migrate(orm);
    history = await withClient(pool, openHistory);
    habits.answerWithinMs = ANSWER_WITHIN_MS;
  } catch (error) {
    await orm.close(true);
    throw error;
  }
  const sql: Sql = orm.em.getConnection().getClient();
  await sql.executeQuery(CompiledQuery.raw('select 1'));
  const transaction: Access['transaction'] = (change) => orm.em.fork().transactional(change);
  return {
    sql,
    pool,
    url,
    readiness: readinessOver(control),
    history,
    entityManager: () => orm.em.fork(),
    transaction,
    reading: (reader) => readingSql(sql, share, reader),
    writing: (writer) => ({
      sql: writingSql(sql, share, writer),
      transaction: (change) =>
        share.run(writer.owner, async () => {
          await writer.admit?.();
          return transaction(change);
        }),
    }),
    observe(observer) {
      observers.add(observer);
      return () => observers.delete(observer);
    },
    async close() {
      await control.end();
      await orm.close(true);
    },
  };
}

/** Brings the schema of a database up to date, as it is before any server was started on it. */
export async function migrateDatabase(url: string): Promise<void> {
  const verify = async () => undefined;
  const pool = openPool({ url, max: 2, observers: new Set(), answerWithinMs: undefined, verify });
  const orm = await openOrm(url, new PostgresDialect({ pool }));
  try {
    await migrate(orm);
  } finally {
    await orm.close(true);
  }
}

const openOrm = (url: string, dialect: PostgresDialect): Promise<MikroORM> =>
  MikroORM.init({
    dbName: new URL(url).pathname.slice(1),
    entities,
    driverOptions: dialect,
    migrations: { migrationsList: migrations, tableName: 'migrations', snapshot: false },
    discovery: { warnWhenNoEntities: false },
    allowGlobalContext: false,
    logger: () => undefined,
  });
