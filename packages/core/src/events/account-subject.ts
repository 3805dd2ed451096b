import type { Sql } from '../database/database.ts';

/** The account, as events tell of it; one statement. */
export async function accountSubject(db: Sql, id: string) {
  const account = await db.selectFrom('accounts').select('name').where('id', '=', id).executeTakeFirst();
  return { type: 'ACCOUNT', id, label: account?.name ?? '' } as const;
}
