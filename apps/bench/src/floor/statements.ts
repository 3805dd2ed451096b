import type { Pool, QueryResult } from 'pg';

/** Runs a statement by its name, under which each connection has it prepared. */
export type Run = (
  name: string,
  text: string,
  values: unknown[],
) => Promise<QueryResult<{ document: string }>>;

/** The one way to the database: no statement is planned twice by a connection, and each is a transaction by itself. */
export const statements =
  (pool: Pool): Run =>
  (name, text, values) =>
    pool.query({ name, text, values });
