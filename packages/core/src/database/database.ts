import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { CompiledQuery, type Kysely, PostgresDialect } from 'kysely';
import type pg from 'pg';
import { entities } from './entities.ts';
import { migrate, migrations } from './migrate.ts';
import { openPool, type StatementObserver } from './pool.ts';

/** The statements' half of MikroORM: Kysely on the same pool and, in a transaction, on the same connection. */
export type Sql = Kysely<unknown>;

export interface Database {
  readonly sql: Sql;
  readonly pool: pg.Pool;
  readonly url: string;
  /** A fresh unit of work of MikroORM's. */
  entityManager(): EntityManager;
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
  const pool = openPool(url, poolSize, observers);
  const orm = await MikroORM.init({
    dbName: new URL(url).pathname.slice(1),
    entities,
    driverOptions: new PostgresDialect({ pool }),
    migrations: { migrationsList: migrations, tableName: 'migrations', snapshot: false },
    discovery: { warnWhenNoEntities: false },
    allowGlobalContext: false,
    logger: () => undefined,
  });
  try {
    await migrate(orm, pool);
  } catch (error) {
    await orm.close(true);
    throw error;
  }
  const sql = orm.em.getConnection().getClient();
  await sql.executeQuery(CompiledQuery.raw('select 1'));
  return {
    sql,
    pool,
    url,
    entityManager: () => orm.em.fork(),
    observe(observer) {
      observers.add(observer);
      return () => observers.delete(observer);
    },
    close: () => orm.close(true),
  };
}
