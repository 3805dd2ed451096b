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
  /** Which session proves once more whose it is, where none is to begin. */
  readonly proof?: ProofAsked | undefined;
}

/** One that the browser came back to. */
export interface TakenTransaction extends SignInTransaction {
  /** When the browser was sent to the provider. */
  readonly beganAt: Date;
}

/** What a provider was asked, to prove who somebody is who is signed in. */
export interface ProofAsked {
  readonly sessionId: string;
  /** In milliseconds since 1970; they have to authenticate after it. */
  readonly askedAt: number;
  /** One of these authentication contexts has to be said; any will do where there are none. */
  readonly acrValues: readonly string[];
}

/** What a browser was sent to a provider for. */
export type VisitPurpose = 'SIGN_IN' | 'TEST' | 'PROOF';

export const TRANSACTION_SECONDS = 10 * 60;

/** Tells whoever takes the browser in what it comes from: a state begins with it, and the code for an answer of SAML. */
const prefixes: Readonly<Record<VisitPurpose, string>> = { SIGN_IN: '', TEST: 'test.', PROOF: 'proof.' };

export const newState = (purpose: VisitPurpose): string => prefixes[purpose] + newRandomText();

export const isTestState = (state: string): boolean => state.startsWith(prefixes.TEST);

/** A code for the answer to a state, which says the same of where the browser comes from. */
export const newCodeFor = (state: string): string =>
  (Object.values(prefixes).find((prefix) => prefix !== '' && state.startsWith(prefix)) ?? '') +
  newRandomText();

export const purposeOf = ({ test, proof }: Pick<SignInTransaction, 'test' | 'proof'>): VisitPurpose => {
  if (test !== undefined) return 'TEST';
  return proof === undefined ? 'SIGN_IN' : 'PROOF';
};

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

/** Whether a sign-in of this state is under way by the connection, in whatever browser. */
export async function isOpen(
  db: Sql,
  { connection, state }: { readonly connection: UsedConnection; readonly state: string },
): Promise<boolean> {
  const found = await db
    .selectFrom('sign_in_transactions')
    .select('id')
    .where('account_id', '=', connection.account_id)
    .where('sign_in_connection_id', '=', connection.id)
    .where('state_digest', '=', digestOf(state))
    .where('expires_at', '>', sql<Date>`now()`)
    .executeTakeFirst();
  return found !== undefined;
}

/** Takes the sign-in of this state, which the same browser began by the same connection; it is good once. */
export async function takeTransaction(
  db: Sql,
  sealer: Sealer,
  wanted: { readonly connection: UsedConnection; readonly state: string; readonly browserSecret: string },
): Promise<TakenTransaction | undefined> {
  const { connection, state, browserSecret } = wanted;
  const taken = await db
    .deleteFrom('sign_in_transactions')
    .where('account_id', '=', connection.account_id)
    .where('sign_in_connection_id', '=', connection.id)
    .where('state_digest', '=', digestOf(state))
    .where('browser_digest', '=', digestOf(browserSecret))
    .where('expires_at', '>', sql<Date>`now()`)
    .returning(['sealed', 'expires_at'])
    .executeTakeFirst();
  if (taken === undefined) return undefined;
  const transaction = JSON.parse(await sealer.open(taken.sealed, 'sign-in')) as SignInTransaction;
  return { ...transaction, beganAt: new Date(taken.expires_at.getTime() - TRANSACTION_SECONDS * 1000) };
}
