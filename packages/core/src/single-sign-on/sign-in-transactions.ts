import { sql } from 'kysely';
import { digestOf } from '../authorization/secret.ts';
import type { Sql } from '../database/database.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { newRandomText } from '../text/random-text.ts';
import { newId } from '../text/uuid.ts';
import type { UsedConnection } from './find-used-connection.ts';
import type { ProviderChecks } from './sign-in-provider.ts';

/** What a sign-in remembers while the browser is at the provider. */
export interface SignInTransaction extends ProviderChecks {
  /** Where the person goes then, within our pages. */
  readonly returnPath: string | null;
  /** Who tests the sign-in connection, where nobody is to be signed in. */
  readonly test?: { readonly userId: string } | undefined;
}

export const TRANSACTION_SECONDS = 10 * 60;

/** A state by which whoever takes the browser in knows that it comes from a test. */
export const newTestState = (): string => `test.${newRandomText()}`;

/** Remembers a sign-in for the browser that has the secret; and forgets some that never came back. */
export async function beginTransaction(
  db: Sql,
  sealer: Sealer,
  {
    connection,
    browserSecret,
    ...transaction
  }: SignInTransaction & {
    readonly connection: UsedConnection;
    readonly browserSecret: string;
  },
): Promise<void> {
  const sealed = await sealer.seal(JSON.stringify(transaction), 'sign-in');
  await sql`WITH forgotten AS (
      DELETE FROM sign_in_transactions WHERE id IN (
        SELECT f.id FROM sign_in_transactions f WHERE f.expires_at < now()
        ORDER BY f.expires_at LIMIT 10 FOR UPDATE SKIP LOCKED))
    INSERT INTO sign_in_transactions (account_id, id, sign_in_connection_id, state_digest, browser_digest, sealed, expires_at)
    VALUES (${connection.account_id}::uuid, ${newId()}::uuid, ${connection.id}::uuid, ${digestOf(transaction.state)},
      ${digestOf(browserSecret)}, ${sealed}, now() + make_interval(secs => ${TRANSACTION_SECONDS}))`.execute(
    db,
  );
}

/** Takes the sign-in of this state, which the same browser began by the same connection; it is good once. */
export async function takeTransaction(
  db: Sql,
  sealer: Sealer,
  wanted: { readonly connection: UsedConnection; readonly state: string; readonly browserSecret: string },
): Promise<SignInTransaction | undefined> {
  const { connection, state, browserSecret } = wanted;
  const taken = await db
    .deleteFrom('sign_in_transactions')
    .where('account_id', '=', connection.account_id)
    .where('sign_in_connection_id', '=', connection.id)
    .where('state_digest', '=', digestOf(state))
    .where('browser_digest', '=', digestOf(browserSecret))
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('sealed')
    .executeTakeFirst();
  if (taken === undefined) return undefined;
  return JSON.parse(await sealer.open(taken.sealed, 'sign-in')) as SignInTransaction;
}
