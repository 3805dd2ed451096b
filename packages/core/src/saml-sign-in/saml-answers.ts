import { sql } from 'kysely';
import { digestOf } from '../authorization/secret.ts';
import type { Sql } from '../database/database.ts';
import type { VerifiedAssertion } from '../saml/assertion.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { newCodeFor } from '../single-sign-on/sign-in-transactions.ts';
import { newId } from '../text/uuid.ts';
import { stateIn } from './request-id.ts';
import type { SamlConnection } from './service-provider.ts';

/** A browser follows a redirect at once. */
const ANSWER_SECONDS = 60;

/** What is kept of an answer, and by which settings it was verified. */
interface KeptAnswer {
  readonly assertion: VerifiedAssertion;
  readonly rules: string;
}

/** Keeps what was verified for the browser that comes for it with the code; and forgets some that nobody came for. */
export async function keepAnswer(
  db: Sql,
  sealer: Sealer,
  { connection, assertion }: { readonly connection: SamlConnection; readonly assertion: VerifiedAssertion },
): Promise<string> {
  const code = newCodeFor(stateIn(assertion.inResponseTo) ?? '');
  const kept: KeptAnswer = { assertion, rules: rulesOf(connection) };
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
): Promise<VerifiedAssertion | undefined> {
  const taken = await db
    .deleteFrom('saml_answers')
    .where('account_id', '=', connection.account_id)
    .where('sign_in_connection_id', '=', connection.id)
    .where('code_digest', '=', digestOf(code))
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('sealed')
    .executeTakeFirst();
  if (taken === undefined) return undefined;
  const { assertion, rules } = JSON.parse(await sealer.open(taken.sealed, 'saml-answer')) as KeptAnswer;
  return rules === rulesOf(connection) ? assertion : undefined;
}

const rulesOf = ({ issuer, saml }: SamlConnection): string => digestOf(JSON.stringify([issuer, saml]));
