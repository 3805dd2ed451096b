import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CompiledQuery,
  type ConnectionProvider,
  type ControlConnectionProvider,
  type DatabaseConnection,
  DefaultQueryExecutor,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryExecutor,
  type QueryResult,
} from 'kysely';
import { tookTooLong } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { Tables } from '../model/entities.ts';
import type { FairShare } from './fair-share.ts';
import { STATEMENT_TIMEOUT_SECONDS } from './session-settings.ts';

const CANCEL_AGAIN_MS = 100;

/** Whose reading it is, and who may break it off. */
export interface Reader {
  /** The account that the connection is counted for. */
  readonly owner: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Whose writing it is. */
export interface Writer {
  /** The account that the connection is counted for. */
  readonly owner: string;
  /** Asked when it is their turn, before anything is sent: throws when they may not any more. */
  readonly admit?: (() => Promise<void>) | undefined;
}

const dialect = {
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new DummyDriver(),
  createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
};
const driver = dialect.createDriver();
const adapter = dialect.createAdapter();
const compiler = dialect.createQueryCompiler();

/**
 * Reads for one request: within its account's share of the connections, and cancelled in PostgreSQL when its client hangs
 * up. Throws LIMIT_EXCEEDED when PostgreSQL takes too long.
 */
export function readingSql(base: Kysely<Tables>, share: FairShare, reader: Reader): Kysely<Tables> {
  return sqlOf(new ReadingExecutor(sharedConnections(base, share, reader), reader.signal));
}

/**
 * Reads where a transaction has written, on its connection. What is read at the signal is cancelled in PostgreSQL, which ends
 * the transaction too.
 */
export const readingInside = (transaction: Kysely<Tables>, signal: AbortSignal): Kysely<Tables> =>
  sqlOf(
    new ReadingExecutor(
      { provideConnection: (consumer) => transaction.getExecutor().provideConnection(consumer) },
      signal,
    ),
  );

/** Writes single statements within an account's share of the connections; once begun they are not broken off. */
export function writingSql(base: Kysely<Tables>, share: FairShare, writer: Writer): Kysely<Tables> {
  return sqlOf(new DefaultQueryExecutor(compiler, adapter, sharedConnections(base, share, writer)));
}

const sqlOf = (executor: QueryExecutor): Kysely<Tables> =>
  new Kysely<Tables>({ config: { dialect }, dialect, driver, executor });

const sharedConnections = (
  base: Kysely<Tables>,
  share: FairShare,
  { owner, signal, admit }: Reader & Writer,
): ConnectionProvider => ({
  provideConnection: (consumer, options) =>
    share.run(
      owner,
      async () => {
        await admit?.();
        return base.getExecutor().provideConnection(consumer, options);
      },
      signal,
    ),
});

class ReadingExecutor extends DefaultQueryExecutor {
  readonly #signal: AbortSignal | undefined;

  constructor(connections: ConnectionProvider, signal: AbortSignal | undefined) {
    super(compiler, adapter, connections);
    this.#signal = signal;
  }

  override async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const signal = this.#signal;
    try {
      if (signal === undefined) return await super.executeQuery(query);
      return await this.provideConnection((connection) => untilHangUp<Row>(connection, query, signal));
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw tookTooLong(error) ? tooMuch() : error;
    }
  }
}

/** Kysely ends a statement at a signal too, but tells of each on the console. */
async function untilHangUp<Row>(
  connection: DatabaseConnection,
  query: CompiledQuery,
  signal: AbortSignal,
): Promise<QueryResult<Row>> {
  await connection.collectSessionInfo?.();
  signal.throwIfAborted();
  let over: AbortController | undefined;
  let cancelled: Promise<void> | undefined;
  const cancel = () => {
    over = new AbortController();
    cancelled = cancelUntil(over.signal, connection);
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await connection.executeQuery<Row>(query);
  } finally {
    signal.removeEventListener('abort', cancel);
    over?.abort();
    // A cancel that is still on its way would end what the connection does next, for somebody else.
    await cancelled;
  }
}

/** PostgreSQL ignores a cancel that is there before the statement is, so it is asked again until the statement is over. */
async function cancelUntil(over: AbortSignal, connection: DatabaseConnection): Promise<void> {
  while (!over.aborted) {
    // It fails when PostgreSQL can't be reached, and then the statement fails too.
    await connection.cancelQuery?.(refuseControl).catch(() => undefined);
    await sleep(CANCEL_AGAIN_MS, undefined, { signal: over }).catch(() => undefined);
  }
}

// The dialect cancels over the control connection; the pool may have none to spare.
const refuseControl: ControlConnectionProvider = () => Promise.reject(new Error('no control connection'));

const tooMuch = (): DomainError =>
  new DomainError(
    'LIMIT_EXCEEDED',
    `This would take longer than ${STATEMENT_TIMEOUT_SECONDS} seconds. Ask for less: a narrower filter, a smaller page, no total.`,
    { limit: STATEMENT_TIMEOUT_SECONDS },
  );
