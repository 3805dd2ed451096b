import type { Core } from '@rollcall/core';
import { z } from 'zod';

/** Columns that tell when somebody was here; a refused request writes them too. */
const SEEN = "- 'last_used_at' - 'last_seen_at'";

const texts = z.array(z.object({ text: z.string() }));

/** Does any row of any table contain this text? */
export async function isInAnyRow({ database: { pool } }: Core, text: string): Promise<boolean> {
  const parts = (await tableNames(pool)).map((name) => `SELECT t::text AS text FROM "${name}" t`);
  const statement = `SELECT text FROM (${parts.join(' UNION ALL ')}) AS rows WHERE strpos(text, $1) > 0`;
  return texts.parse((await pool.query(statement, [text])).rows).length > 0;
}

async function tableNames(pool: Core['database']['pool']): Promise<string[]> {
  const { rows } = await pool.query(
    "SELECT tablename AS text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  return texts.parse(rows).map(({ text }) => text);
}

/** One text that differs when any row of any table differs. */
export async function dumpDirectory({ database: { pool } }: Core): Promise<() => Promise<string>> {
  const parts = (await tableNames(pool)).map(
    (name) =>
      `SELECT '${name}' AS name, md5(coalesce(string_agg(row, '' ORDER BY row), '')) AS sum
        FROM (SELECT (to_jsonb(t) ${SEEN})::text AS row FROM "${name}" t) AS rows`,
  );
  const statement = `SELECT string_agg(name || ' ' || sum, E'\\n' ORDER BY name) AS text FROM (${parts.join(' UNION ALL ')}) s`;
  return async () => texts.parse((await pool.query(statement)).rows)[0]?.text ?? '';
}
