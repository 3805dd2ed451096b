import type { Core } from '@rollcall/core';
import { z } from 'zod';

/** Columns that tell when somebody was here; a refused request writes them too. */
const SEEN = "- 'last_used_at' - 'last_seen_at'";

const texts = z.array(z.object({ text: z.string() }));

/** One text that differs when any row of any table differs. */
export async function dumpDirectory({ database: { pool } }: Core): Promise<() => Promise<string>> {
  const tables = texts.parse(
    (await pool.query("SELECT tablename AS text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")).rows,
  );
  const parts = tables.map(
    ({ text }) =>
      `SELECT '${text}' AS name, md5(coalesce(string_agg(row, '' ORDER BY row), '')) AS sum
        FROM (SELECT (to_jsonb(t) ${SEEN})::text AS row FROM "${text}" t) AS rows`,
  );
  const statement = `SELECT string_agg(name || ' ' || sum, E'\\n' ORDER BY name) AS text FROM (${parts.join(' UNION ALL ')}) s`;
  return async () => texts.parse((await pool.query(statement)).rows)[0]?.text ?? '';
}
