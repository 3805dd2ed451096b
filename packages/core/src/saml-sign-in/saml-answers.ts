import { sql } from 'kysely';
import { digestOf } from '../authorization/secret.ts';
import type { Sql } from '../database/database.ts';
import type { VerifiedAssertion } from '../saml/assertion.ts';
import { withoutOwnKeys } from '../saml/own-key-pairs.ts';
import type { Sealer } from '../sealing/sealer.ts';
import type { RefusedSignIn } from '../single-sign-on/refusals.ts';
import { newCodeFor } from '../single-sign-on/sign-in-transactions.ts';
import { newId } from '../text/uuid.ts';
import type { SamlConnection } from './service-provider.ts';

/** A browser follows a redirect at once. */
const ANSWER_SECONDS = 60;

/** What a provider answered to a sign-in of this state: what was verified, or of a test why it was not taken. */
export type SamlAnswer = { readonly state: string } & (
  | { readonly assertion: VerifiedAssertion }
  | { readonly refused: RefusedSignIn }
);

/** What is kept of an answer, and by which settings it was verified. */
interface KeptAnswer {
  readonly answer: SamlAnswer;
  readonly rules: string;
}

/** Keeps an answer for the browser that comes for it with the code; and forgets some that nobody came for. */
export async function keepAnswer(
  db: Sql,
  sealer: Sealer,
  { connection, answer }: { readonly connection: SamlConnection; readonly answer: SamlAnswer },
): Promise<string> {
  const code = newCodeFor(answer.state);
  const kept: KeptAnswer = { answer, rules: rulesOf(connection) };
  const sealed = await sealer.seal(JSON.stringify(kept), 'saml-answer');
  await sql`WITH forgotten AS (
      DELETE FROM saml_answers WHERE id IN (
        SELECT f.id FROM saml_answers f WHERE f.expires_at < now()
        ORDER BY f.expires_at LIMIT 10 FOR UPDATE SKIP LOCKED))
    INSERT INTO saml_answers (account_id, id, sign_in_connection_id, code_digest, sealed, expires_at)
    VALUES (${connection.account_id}::uuid, ${newId()}::uuid, ${connection.id}::uuid, ${digestOf(code)}, ${sealed},
      now() + make_interval(secs => ${ANSWER_SECONDS}))`.execute(db);
  return code;
}

/** Takes what is kept for the code; it is good once, and no more once what it was verified by has changed. */
export async function takeAnswer(
  db: Sql,
  sealer: Sealer,
  { connection, code }: { readonly connection: SamlConnection; readonly code: string },
): Promise<SamlAnswer | undefined> {
  const taken = await db
    .deleteFrom('saml_answers')
    .where('account_id', '=', connection.account_id)
    .where('sign_in_connection_id', '=', connection.id)
    .where('code_digest', '=', digestOf(code))
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('sealed')
    .executeTakeFirst();
  if (taken === undefined) return undefined;
  const { answer, rules } = JSON.parse(await sealer.open(taken.sealed, 'saml-answer')) as KeptAnswer;
  return rules === rulesOf(connection) ? answer : undefined;
}

const rulesOf = ({ issuer, saml }: SamlConnection): string =>
  digestOf(JSON.stringify([issuer, withoutOwnKeys(saml)]));
