import { type RawBuilder, sql } from 'kysely';

/** On this channel every process hears whose credentials stopped being valid; the payload is the credential's id. */
export const CREDENTIALS_CHANNEL = 'rollcall_credentials';

/**
 * Parts of a WITH that end the sessions of the users that `ids` selects, but the one to keep, and tell every process.
 * Whoever signed in with the password of before is asked for the new one; API tokens have secrets of their own and stay.
 */
export function endSessionsOf(
  accountId: string,
  ids: RawBuilder<unknown>,
  keptSessionId: string | null,
): RawBuilder<unknown> {
  return sql`ended AS (
      DELETE FROM sessions WHERE account_id = ${accountId}::uuid AND user_id IN (${ids})
        AND id IS DISTINCT FROM ${keptSessionId}::uuid RETURNING id),
    told AS (SELECT pg_notify(${sql.lit(CREDENTIALS_CHANNEL)}, id::text) FROM ended)`;
}

/**
 * Parts of a WITH that end the sessions and kill the API tokens of the users that `ids` selects, and tell every
 * process. Nothing is told when there was nothing to end: a NOTIFY makes commits of the database queue up.
 */
export function endAccessOf(accountId: string, ids: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`ended AS (
      DELETE FROM sessions WHERE account_id = ${accountId}::uuid AND user_id IN (${ids}) RETURNING id),
    killed AS (
      UPDATE tokens SET revoked_at = now()
      WHERE account_id = ${accountId}::uuid AND user_id IN (${ids}) AND revoked_at IS NULL RETURNING id),
    told AS (
      SELECT pg_notify(${sql.lit(CREDENTIALS_CHANNEL)}, credential.id::text)
      FROM (SELECT id FROM ended UNION ALL SELECT id FROM killed) AS credential)`;
}

/**
 * Has every process look up again what the users that `ids` selects may do: by their sessions, and by the tokens that act
 * for them.
 */
export function tellAccessOf(accountId: string, ids: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`SELECT pg_notify(${sql.lit(CREDENTIALS_CHANNEL)}, credential.id::text) FROM (
      SELECT id FROM sessions WHERE account_id = ${accountId}::uuid AND user_id IN (${ids})
      UNION ALL SELECT id FROM tokens WHERE account_id = ${accountId}::uuid AND user_id IN (${ids}) AND revoked_at IS NULL
    ) AS credential`;
}
