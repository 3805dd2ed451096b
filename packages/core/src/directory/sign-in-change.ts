import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Param } from '../database/statement.ts';

/**
 * The columns by which people sign in, and whether the row `b` has another value; userNames are told apart whatever their case.
 * A link to set a password may go to an e-mail address that comes or becomes the primary one. Identity providers, which have no limits of their own, write those as
 * ever: nobody is sent a link there who may do more than the default roles allow.
 */
const signInColumns: Readonly<
  Record<string, (value: RawBuilder<unknown>, limits: RawBuilder<unknown>) => RawBuilder<unknown>>
> = {
  user_name: (value) => sql`fold(b.user_name) IS DISTINCT FROM fold(${value})`,
  emails: (value, limits) =>
    sql`(${limits}::text[] IS NOT NULL AND NOT coalesce(b.emails, '[]') @> coalesce(${value}::jsonb, '[]'))`,
  password_digest: (value) => sql`b.password_digest IS DISTINCT FROM ${value}`,
};

/** Does an update of these columns name anything that people sign in with? */
export const touchesSignIn = (columns: readonly string[]): boolean =>
  columns.some((column) => column in signInColumns);

export interface SignInValues {
  readonly set: Readonly<Record<string, string | null>>;
  /** What the person may do at most; the account's default roles say so when there is none. */
  readonly limits: readonly string[] | null;
  /** The person whom the token that asks acts for. */
  readonly actsFor: string | null;
}

/**
 * The part `powers` of a WITH that follows the locked row `before`: what the person may do `beyond` the limits, and whether it is
 * their own token that asks, when what they sign in with changes. It looks when the lock is there, so whoever was given a role
 * meanwhile has it.
 */
export function powersBeyond(columns: readonly string[], param: Param<SignInValues>): RawBuilder<unknown> {
  const limits = param('limits');
  const changes = columns.flatMap(
    (column) => signInColumns[column]?.(sql`${param('set', column)}::text`, limits) ?? [],
  );
  return sql`powers AS MATERIALIZED (
    SELECT CASE WHEN c.changes THEN first_permission_beyond(b.account_id, b.id, ${param('limits')}::text[]) END AS beyond,
      c.changes AND b.id IS NOT DISTINCT FROM ${param('actsFor')}::uuid AS is_own
    FROM before b, LATERAL (SELECT ${sql.join(changes, sql` OR `)} AS changes) c),`;
}

/** The changes that an event tells of a password from row `b` to row `a`: that it changed, never what it was or is. */
export const passwordChange: RawBuilder<unknown> = sql`CASE WHEN b.password_digest IS DISTINCT FROM a.password_digest
  THEN '[{"field": "password", "before": null, "after": null}]'::jsonb ELSE '[]' END`;

/** A permission that somebody has beyond the limits, or that everybody has by the default roles for null; null for none. */
export async function firstPermissionBeyond(
  db: Sql,
  {
    accountId,
    userId,
    limits,
  }: { accountId: string; userId: string | null; limits: readonly string[] | null },
): Promise<string | null> {
  const statement: RawBuilder<{ beyond: string | null }> =
    sql`SELECT first_permission_beyond(${accountId}::uuid, ${userId}::uuid, ${limits}::text[]) AS beyond`;
  return (await statement.execute(db)).rows[0]?.beyond ?? null;
}
