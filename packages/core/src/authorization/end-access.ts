import { type RawBuilder, sql } from 'kysely';
import type { InSql } from '../database/statement.ts';

/** On this channel every process hears whose credentials stopped being valid; the payload is the credential's id. */
export const CREDENTIALS_CHANNEL = 'rollcall_credentials';

/** On this one they hear in which account anybody's may allow something else; the payload is the account's id. */
export const ACCOUNT_CREDENTIALS_CHANNEL = 'rollcall_account_credentials';

/**
 * Parts of a WITH that end the sessions of the users that `ids` selects, but the one to keep, and tell every process.
 * Whoever signed in with the password of before is asked for the new one; API tokens have secrets of their own and stay.
 */
export const endSessionsOf = (
  accountId: InSql<string>,
  ids: RawBuilder<unknown>,
  keptSessionId: InSql<string | null>,
): RawBuilder<unknown> => ended(sql`${accountId}::uuid, ARRAY(${ids}), ${keptSessionId}::uuid, false`);

/** Parts of a WITH that end the sessions and kill the API tokens of the users that `ids` selects, and tell every process. */
export const endAccessOf = (accountId: InSql<string>, ids: RawBuilder<unknown>): RawBuilder<unknown> =>
  ended(sql`${accountId}::uuid, ARRAY(${ids}), NULL, true`);

/**
 * What began while the person's row was being waited for ends, too. Nothing is told when there was nothing to end: a NOTIFY
 * makes commits of the database queue up.
 */
const ended = (values: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`ended AS MATERIALIZED (SELECT e.id FROM end_access(${values}) AS e (id)),
    told AS (SELECT pg_notify(${sql.lit(CREDENTIALS_CHANNEL)}, id::text) FROM ended)`;
/**
 * Has every process look up again what everybody in the account may do: also those whose sessions and tokens are being made
 * meanwhile, and can't be seen yet.
 */
export const tellAccessIn = (accountId: string): RawBuilder<unknown> =>
  sql`SELECT pg_notify(${sql.lit(ACCOUNT_CREDENTIALS_CHANNEL)}, ${accountId})`;

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
