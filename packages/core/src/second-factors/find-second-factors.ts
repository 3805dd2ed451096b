import { type RawBuilder, sql } from 'kysely';
import { columnsOf, groupedBy, inOrderOf, type Read } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import type { SecondFactorName } from '../model/second-factor.entities.ts';

const passkeyColumns = ['id', 'user_id', 'name', 'created_at', 'last_used_at'] as const;

/** A passkey as read. */
export type PasskeyRecord = Read<'passkeys', (typeof passkeyColumns)[number]>;

/** The passkeys of each of these people, the oldest first; one statement. */
export async function findPasskeysOf(
  db: Sql,
  accountId: string,
  userIds: readonly string[],
): Promise<PasskeyRecord[][]> {
  const statement: RawBuilder<PasskeyRecord> = sql`SELECT ${columnsOf('k', passkeyColumns)} FROM passkeys k
    WHERE k.account_id = ${accountId}::uuid AND k.user_id = ANY(${[...userIds]}::uuid[]) ORDER BY k.id`;
  return groupedBy(userIds, (await statement.execute(db)).rows, ({ user_id }) => user_id);
}

/** What somebody has beside passkeys. */
export interface CodesRecord {
  readonly id: string;
  readonly confirmed_at: Date | null;
  readonly last_used_at: Date | null;
  readonly recovery_codes: number;
}

/** The authenticator app and the recovery codes of each of these people; one statement. */
export async function findCodesOf(
  db: Sql,
  accountId: string,
  userIds: readonly string[],
): Promise<(CodesRecord | undefined)[]> {
  const statement: RawBuilder<CodesRecord> = sql`
    SELECT u.id, t.confirmed_at, t.last_used_at, (SELECT count(*)::int FROM recovery_codes c
      WHERE c.account_id = u.account_id AND c.user_id = u.id) AS recovery_codes
    FROM users u LEFT JOIN totp_secrets t ON t.account_id = u.account_id AND t.user_id = u.id AND t.confirmed_at IS NOT NULL
    WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(${[...userIds]}::uuid[])`;
  return inOrderOf(userIds, (await statement.execute(db)).rows, ({ id }) => id);
}

/** By which second factors somebody can show who they are, recovery codes last. None without one to recover from. */
export async function secondFactorsOf(
  db: Sql,
  accountId: string,
  userId: string,
): Promise<SecondFactorName[]> {
  const statement: RawBuilder<{ totp: boolean; passkey: boolean; codes: boolean }> = sql`SELECT
    EXISTS (SELECT FROM totp_secrets t WHERE t.account_id = ${accountId}::uuid AND t.user_id = ${userId}::uuid
      AND t.confirmed_at IS NOT NULL) AS totp,
    EXISTS (SELECT FROM passkeys k WHERE k.account_id = ${accountId}::uuid AND k.user_id = ${userId}::uuid) AS passkey,
    EXISTS (SELECT FROM recovery_codes c WHERE c.account_id = ${accountId}::uuid AND c.user_id = ${userId}::uuid) AS codes`;
  const [has] = (await statement.execute(db)).rows;
  if (has === undefined || !(has.totp || has.passkey)) return [];
  const names = [has.passkey && 'PASSKEY', has.totp && 'TOTP', has.codes && 'RECOVERY_CODE'] as const;
  return names.filter((name) => name !== false);
}
