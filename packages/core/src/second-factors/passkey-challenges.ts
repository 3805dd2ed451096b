import { isoBase64URL } from '@simplewebauthn/server/helpers';
import { sql } from 'kysely';
import { digestOf } from '../authorization/secret.ts';
import type { Sql } from '../database/database.ts';
import { secondFactorLimits } from './second-factor-limits.ts';

/** What asked for a challenge, and has to come back with it. */
export const boundTo = {
  session: (id: string, purpose: 'register' | 'prove') => `session ${purpose} ${id}`,
  pendingSignIn: (id: string, purpose: 'register' | 'prove') => `pending ${purpose} ${id}`,
  browser: (secret: string) => `browser ${digestOf(secret)}`,
} as const;

/** Remembers a challenge for whoever asked; and forgets some that never came back. */
export async function keepChallenge(db: Sql, challenge: string, boundTo: string): Promise<void> {
  await sql`WITH forgotten AS (
      DELETE FROM passkey_challenges WHERE digest IN (
        SELECT f.digest FROM passkey_challenges f WHERE f.expires_at < now()
        ORDER BY f.expires_at LIMIT 10 FOR UPDATE SKIP LOCKED))
    INSERT INTO passkey_challenges (digest, bound_to, expires_at)
    VALUES (${digestOf(challenge)}, ${boundTo}, now() + make_interval(secs => ${secondFactorLimits.challengeSeconds}))`.execute(
    db,
  );
}

/**
 * Takes the challenge that an answer is made for, if whoever sends it asked for it; it is good once, also when the answer turns
 * out wrong.
 */
export async function takeChallenge(db: Sql, answer: unknown, boundTo: string): Promise<string | undefined> {
  const challenge = challengeOf(answer);
  if (challenge === undefined) return undefined;
  const taken = await db
    .deleteFrom('passkey_challenges')
    .where('digest', '=', digestOf(challenge))
    .where('bound_to', '=', boundTo)
    .where('expires_at', '>', sql<Date>`now()`)
    .returning('digest')
    .executeTakeFirst();
  return taken === undefined ? undefined : challenge;
}

/** The challenge that an answer says it is for. */
function challengeOf(answer: unknown): string | undefined {
  const { response } = fieldsOf(answer);
  const { clientDataJSON } = fieldsOf(response);
  if (typeof clientDataJSON !== 'string') return undefined;
  try {
    const { challenge } = fieldsOf(JSON.parse(isoBase64URL.toUTF8String(clientDataJSON)));
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    // No base64url, or no JSON.
    return undefined;
  }
}

/** The fields of an object; none of anything else. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
