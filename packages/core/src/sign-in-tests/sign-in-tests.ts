import { sql } from 'kysely';
import type { Instant } from '../database/columns.ts';
import type { Sql } from '../database/database.ts';
import type { Sealer } from '../sealing/sealer.ts';
import type { ForetoldEntrance } from '../single-sign-on/foretell-entrance.ts';
import { isUuid, newId } from '../text/uuid.ts';
import type { ToldClaim } from './told-claims.ts';

/** Who tests which sign-in connection. */
export interface TestPlace {
  readonly accountId: string;
  readonly signInConnectionId: string;
  readonly userId: string;
}

/** What a test came to. */
export interface SignInTestResult extends ForetoldEntrance {
  readonly subject: string | null;
  /** Null where none are kept, or none came. */
  readonly groups: readonly string[] | null;
  readonly groupsProblem: string | null;
  /** What arrived; empty where it was not trusted. */
  readonly claims: readonly ToldClaim[];
}

export interface SignInTestRecord extends SignInTestResult {
  readonly id: string;
  readonly signInConnectionId: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

const KEPT_SECONDS = 15 * 60;

/** Keeps what a test came to, sealed, and forgets some whose time is over. Answers its id. */
export async function keepTest(
  db: Sql,
  sealer: Sealer,
  { accountId, signInConnectionId, userId }: TestPlace,
  result: SignInTestResult,
): Promise<string> {
  const id = newId();
  const sealed = await sealer.seal(JSON.stringify(result), 'sign-in-test');
  await sql`WITH forgotten AS (
      DELETE FROM sign_in_tests WHERE id IN (
        SELECT f.id FROM sign_in_tests f WHERE f.expires_at < now() ORDER BY f.expires_at LIMIT 10 FOR UPDATE SKIP LOCKED))
    INSERT INTO sign_in_tests (account_id, id, sign_in_connection_id, user_id, sealed, expires_at)
    VALUES (${accountId}::uuid, ${id}::uuid, ${signInConnectionId}::uuid, ${userId}::uuid, ${sealed},
      now() + make_interval(secs => ${KEPT_SECONDS}))`.execute(db);
  return id;
}

/** What a test came to, for the person who began it. */
export async function findTest(
  db: Sql,
  sealer: Sealer,
  { accountId, userId, id }: { readonly accountId: string; readonly userId: string; readonly id: string },
): Promise<SignInTestRecord | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await db
    .selectFrom('sign_in_tests')
    .select(['id', 'sign_in_connection_id', 'sealed', 'created_at', 'expires_at'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const result: SignInTestResult = JSON.parse(await sealer.open(row.sealed, 'sign-in-test'));
  return {
    ...result,
    id: row.id,
    signInConnectionId: row.sign_in_connection_id,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}
