import { sql } from 'kysely';
import type { Sql } from '../../database/database.ts';

/** The account, as events tell of it; one statement. */
export async function accountSubject(db: Sql, id: string) {
  const { rows } = await sql<{ name: string }>`SELECT name FROM accounts WHERE id = ${id}::uuid`.execute(db);
  return { type: 'ACCOUNT', id, label: rows[0]?.name ?? '' } as const;
}
