import { type RawBuilder, sql } from 'kysely';
import { digestOf } from '../authorization/secret.ts';
import type { Sql } from '../database/database.ts';

/** Something that is good once, whichever process it reaches. */
export interface SingleUse {
  readonly accountId: string;
  /** What tells it apart from all others: what it is, whose it is, and its own id (`jti`, the ID of an assertion). */
  readonly parts: readonly string[];
  /** From when on it is refused for its age, and need not be remembered. */
  readonly expiresAt: Date;
}

/**
 * Uses something up; false when it was used before. Inside a transaction it is used up when that commits, and another one
 * that wants the same waits for it. Some of what is too old anyway is forgotten with it.
 */
export async function useOnce(db: Sql, { accountId, parts, expiresAt }: SingleUse): Promise<boolean> {
  const statement: RawBuilder<unknown> = sql`WITH forgotten AS (
      DELETE FROM used_once WHERE digest IN (
        SELECT f.digest FROM used_once f WHERE f.expires_at < now() AND f.digest <> ${digest(parts)}
        ORDER BY f.expires_at LIMIT 10 FOR UPDATE SKIP LOCKED))
    INSERT INTO used_once (account_id, digest, expires_at) VALUES (${accountId}::uuid, ${digest(parts)}, ${expiresAt})
    ON CONFLICT DO NOTHING RETURNING digest`;
  return (await statement.execute(db)).rows.length === 1;
}

/** As JSON, so that no two lists of parts are the same text. */
const digest = (parts: readonly string[]): string => digestOf(JSON.stringify(parts));
