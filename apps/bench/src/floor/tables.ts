import type { Pool } from 'pg';

/** A document for each person and team, with columns for what is looked up, and a row for each membership. */
const TABLES = `
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE TABLE people (
    id uuid PRIMARY KEY,
    user_name text NOT NULL,
    external_id text,
    family_name text,
    active boolean NOT NULL,
    document jsonb NOT NULL
  );
  CREATE UNIQUE INDEX ON people (lower(user_name));
  CREATE INDEX ON people (external_id);
  CREATE INDEX ON people USING gin (family_name gin_trgm_ops);
  CREATE TABLE teams (id uuid PRIMARY KEY, version integer NOT NULL DEFAULT 1, document jsonb NOT NULL);
  CREATE TABLE members (team uuid, person uuid, PRIMARY KEY (team, person));
  CREATE INDEX ON members (person);
  CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject uuid NOT NULL,
    type text NOT NULL,
    payload jsonb,
    at timestamptz NOT NULL DEFAULT now()
  );
`;

/** Makes the tables in an empty database. */
export async function createTables(pool: Pool): Promise<void> {
  await pool.query(TABLES);
}
