import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type pg from 'pg';

/** A stretch of the event log whose transaction numbers are of one cluster, and so can be compared. */
export interface History {
  /** Comes before the transaction number in the order of events. */
  readonly epoch: number;
  /** What cursors name it by. */
  readonly id: string;
}

/** Knows which history is being written, and notices that the database is another one than before. */
export interface HistoryWatch {
  readonly current: History;
  /** Looks where the database is now, and begins a new epoch if it has moved. */
  check(client: Client): Promise<void>;
  /** Calls back when another history is being written than before. */
  onMoved(hear: () => void): () => void;
}

/** A connection that is nobody else's meanwhile. */
type Client = Pick<pg.ClientBase, 'query'>;

/** Any fixed number: the advisory lock under which one process of all that find the database moved begins the epoch. */
const EPOCH_LOCK = 7643_9865;

/**
 * Where a database is. It differs after a dump was restored, into whatever cluster; after the cluster was upgraded;
 * after a replica was promoted; and after recovery to a point in time, which begins another timeline.
 */
const place = `SELECT concat_ws('.', s.system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), d.oid,
    'events'::regclass::oid) AS place FROM pg_control_system() s, pg_database d WHERE d.datname = current_database()`;

const look = `SELECT now.place, latest.epoch, latest.id, latest.place IS NOT DISTINCT FROM now.place AS is_here
  FROM (${place}) AS now LEFT JOIN (SELECT * FROM histories ORDER BY epoch DESC LIMIT 1) AS latest ON true`;

interface Look {
  readonly place: string;
  /** Null before the first epoch. */
  readonly epoch: number | null;
  readonly id: string | null;
  /** Is it where the latest history was written? */
  readonly is_here: boolean;
}

/** Finds the history that is being written; the tables are there. */
export async function openHistory(client: Client): Promise<HistoryWatch> {
  const emitter = new EventEmitter().setMaxListeners(0);
  let current = await currentHistory(client);
  return {
    get current() {
      return current;
    },
    async check(connection) {
      const found = await currentHistory(connection);
      if (found.id === current.id) return;
      current = found;
      emitter.emit('moved');
    },
    onMoved(hear) {
      emitter.on('moved', hear);
      return () => void emitter.off('moved', hear);
    },
  };
}

async function currentHistory(client: Client): Promise<History> {
  return historyIn(await lookAround(client)) ?? (await beginEpoch(client));
}

const historyIn = ({ is_here, epoch, id }: Look): History | undefined =>
  is_here && epoch !== null && id !== null ? { epoch, id } : undefined;

async function lookAround(client: Client): Promise<Look> {
  const { rows } = await client.query<Look>({ text: look });
  if (rows[0] === undefined) throw new Error('PostgreSQL does not say where the database is.');
  return rows[0];
}

/** Whoever writes events waits for the table, so that no transaction is in two epochs. */
async function beginEpoch(client: Client): Promise<History> {
  await client.query({ text: 'BEGIN' });
  try {
    await client.query({ text: `SELECT pg_advisory_xact_lock(${EPOCH_LOCK})` });
    const found = await lookAround(client);
    const history = historyIn(found) ?? (await writeEpoch(client, found));
    await client.query({ text: 'COMMIT' });
    return history;
  } catch (error) {
    await client.query({ text: 'ROLLBACK' });
    throw error;
  }
}

async function writeEpoch(client: Client, { place: here, epoch: latest }: Look): Promise<History> {
  const history = { epoch: (latest ?? 0) + 1, id: randomBytes(9).toString('base64url') };
  await client.query({
    text: 'INSERT INTO histories (epoch, id, place) VALUES ($1, $2, $3)',
    values: [history.epoch, history.id, here],
  });
  await client.query({ text: `ALTER TABLE events ALTER COLUMN epoch SET DEFAULT ${history.epoch}` });
  return history;
}
