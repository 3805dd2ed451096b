import { sql } from 'kysely';
import type { Sql } from '../database/database.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { sealerOf } from '../sealing/sealer-of.ts';
import { fieldsOf } from './passkey-challenges.ts';
import { counterOfAnswer } from './passkeys.ts';
import { recoveryCodeDigest } from './recovery-codes.ts';
import type { RelyingParty } from './relying-party.ts';
import { stepOfCode } from './totp.ts';

/** Somebody who is held: of two who use the same code at once, one comes after the other. */
interface HeldPerson {
  readonly accountId: string;
  readonly userId: string;
}

/** Takes a code of the person's authenticator app, each once. */
export async function useTotpCode(
  db: Sql,
  sealer: Sealer | undefined,
  person: HeldPerson,
  code: string,
): Promise<boolean> {
  const found = await ownTotp(db, person).select(['sealed', 'last_step']).executeTakeFirst();
  if (found === undefined) return false;
  const step = stepOfCode(await sealerOf(sealer).open(found.sealed, 'totp'), code, new Date());
  if (step === undefined || (found.last_step !== null && step <= found.last_step)) return false;
  await db
    .updateTable('totp_secrets')
    .set({ last_step: step, last_used_at: sql<Date>`now()` })
    .where('account_id', '=', person.accountId)
    .where('user_id', '=', person.userId)
    .execute();
  return true;
}

const ownTotp = (db: Sql, { accountId, userId }: HeldPerson) =>
  db
    .selectFrom('totp_secrets')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null);

/** Takes a recovery code of the person, which is gone then. */
export async function useRecoveryCode(
  db: Sql,
  { accountId, userId }: HeldPerson,
  code: string,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('recovery_codes')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('digest', '=', recoveryCodeDigest(code))
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** What came of an answer of a passkey. */
export type PasskeyUse = 'USED' | 'WRONG' | 'COPIED';

/** An answer to a challenge that was taken for it. */
export interface PasskeyAnswer {
  readonly answer: unknown;
  readonly challenge: string;
  /** Does it have to say that it knew the person, by a PIN or a finger? */
  readonly verifiesUser: boolean;
}

/**
 * Takes the answer of a passkey of the person. One that counts its uses, and counted fewer than it had, is a copy (WebAuthn
 * §6.1.1), and is refused.
 */
export async function usePasskey(
  db: Sql,
  relyingParty: RelyingParty,
  { accountId, userId }: HeldPerson,
  { answer, ...how }: PasskeyAnswer,
): Promise<PasskeyUse> {
  const credentialId = credentialIdOf(answer);
  if (credentialId === undefined) return 'WRONG';
  const passkey = await db
    .selectFrom('passkeys')
    .select(['id', 'credential_id', 'public_key', 'transports', 'user_id', 'counter'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  if (passkey === undefined) return 'WRONG';
  const counter = await counterOfAnswer(relyingParty, passkey, answer, how);
  if (counter === undefined) return 'WRONG';
  const known = Number(passkey.counter);
  if ((counter > 0 || known > 0) && counter <= known) return 'COPIED';
  await db
    .updateTable('passkeys')
    .set({ counter, last_used_at: sql<Date>`now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', passkey.id)
    .execute();
  return 'USED';
}

/** Which credential an answer says it is of. */
export function credentialIdOf(answer: unknown): string | undefined {
  const { id } = fieldsOf(answer);
  return typeof id === 'string' && /^[\w-]{1,2048}$/.test(id) ? id : undefined;
}
