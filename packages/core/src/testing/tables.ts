import pg from 'pg';

/** Every row of every table of accounts, or of one account, as text: equal dumps mean that nothing changed. */
export async function dumpTables(databaseUrl: string, accountId?: string): Promise<Record<string, string>> {
  return withClient(databaseUrl, async (client) => {
    const { rows: tables } = await client.query<{ name: string; column: string }>(
      `SELECT t.table_name AS name, CASE t.table_name WHEN 'accounts' THEN 'id' ELSE 'account_id' END AS column
       FROM information_schema.tables t WHERE t.table_schema = 'public'
         AND t.table_name NOT IN ('migrations', 'installation', 'histories', 'passkey_challenges', 'sign_in_attempts')`,
    );
    const dump: Record<string, string> = {};
    for (const { name, column } of tables) {
      const { rows } = await client.query<{ content: string }>(
        `SELECT coalesce(string_agg(to_jsonb(r)::text, E'\\n' ORDER BY to_jsonb(r)::text), '') AS content
         FROM (SELECT * FROM ${name} WHERE $1::uuid IS NULL OR ${column} = $1) r`,
        [accountId ?? null],
      );
      dump[name] = (rows[0]?.content ?? '').replaceAll(lastUse, '');
    }
    return dump;
  });
}

// When a token was last used is noted beside every request, whatever the request does.
const lastUse = /"last_(used|seen)_at": ("[^"]*"|null),? ?/g;

/** Runs `use` with a connection of its own. */
export async function withClient<Result>(
  databaseUrl: string,
  use: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
