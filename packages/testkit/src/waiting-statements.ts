/** A connection to PostgreSQL, also one with an open transaction. */
interface Client {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: { readonly count: number }[] }>;
}

/** What is waited for: an advisory lock, the end of a transaction that wrote the same row, a table. */
export type LockKind = 'advisory' | 'transactionid' | 'relation';

/** How many statements of this database wait for somebody's lock; of this kind, if one is named. */
export async function waitingStatements(client: Client, kind?: LockKind): Promise<number> {
  // What others do is read once in a transaction, unless that is forgotten.
  await client.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await client.query(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = coalesce($1, wait_event)`,
    [kind ?? null],
  );
  return rows[0]?.count ?? 0;
}
