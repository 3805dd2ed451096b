import type { Sql } from '../database/database.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import type { SecondFactorName } from '../model/second-factor.entities.ts';
import type { User } from '../model/user.entity.ts';
import type { Sealer } from '../sealing/sealer.ts';
import { takeChallenge } from '../second-factors/passkey-challenges.ts';
import type { RelyingParty } from '../second-factors/relying-party.ts';
import { usePasskey, useRecoveryCode, useTotpCode } from '../second-factors/use-second-factor.ts';
import { checkSize, MAX_TEXT_LENGTH, MAX_VALUE_LENGTH } from '../text/text-rules.ts';

/** A second factor as a request shows it: one of these. */
export interface ShownFactor {
  /** Of an authenticator app. */
  readonly totpCode?: string | null;
  readonly recoveryCode?: string | null;
  /** What the browser answered for a passkey. */
  readonly passkey?: unknown;
}

/** A factor that can be looked at, and in which field it came. */
export type ReadFactor =
  | { readonly name: 'TOTP'; readonly field: 'totpCode'; readonly code: string }
  | { readonly name: 'RECOVERY_CODE'; readonly field: 'recoveryCode'; readonly code: string }
  | {
      readonly name: 'PASSKEY';
      readonly field: 'passkey';
      readonly answer: unknown;
      /** What it was asked to sign; none when it was not asked, or before. */
      readonly challenge: string | undefined;
    };

/**
 * The one factor that is shown; a passkey's challenge, of whoever it is bound to, is used up by it.
 *
 * @throws DomainError INVALID_INPUT
 */
export async function readFactor(db: Sql, shown: ShownFactor, boundTo: string): Promise<ReadFactor> {
  const { totpCode, recoveryCode, passkey } = shown;
  const given = [totpCode, recoveryCode, passkey].filter((each) => each != null);
  if (given.length !== 1)
    throw invalidInput('totpCode', 'is one of totpCode, recoveryCode and passkey. Send one of them.');
  if (totpCode != null) {
    checkSize(totpCode, 'totpCode', MAX_TEXT_LENGTH);
    return { name: 'TOTP', field: 'totpCode', code: totpCode };
  }
  if (recoveryCode != null) {
    checkSize(recoveryCode, 'recoveryCode', MAX_TEXT_LENGTH);
    return { name: 'RECOVERY_CODE', field: 'recoveryCode', code: recoveryCode };
  }
  checkAnswer(passkey, 'passkey');
  return {
    name: 'PASSKEY',
    field: 'passkey',
    answer: passkey,
    challenge: await takeChallenge(db, passkey, boundTo),
  };
}

/** Refuses an answer of a browser that is longer than any is. */
export const checkAnswer = (answer: unknown, field: string): void =>
  checkSize(JSON.stringify(answer) ?? '', field, MAX_VALUE_LENGTH);

/** With what factors are checked. */
export interface FactorChecks {
  readonly sealer: Sealer | undefined;
  readonly relyingParty: RelyingParty;
}

/**
 * Takes the factor of a person who is held.
 *
 * @throws WrongFactor
 */
export async function takeFactor(
  db: Sql,
  { sealer, relyingParty }: FactorChecks,
  { accountId, id: userId }: User,
  factor: ReadFactor,
): Promise<SecondFactorName> {
  const person = { accountId, userId };
  if (factor.name === 'PASSKEY') {
    const { answer, challenge } = factor;
    const used =
      challenge === undefined
        ? 'WRONG'
        : await usePasskey(db, relyingParty, person, { answer, challenge, verifiesUser: false });
    if (used !== 'USED') throw new WrongFactor(factor, used === 'COPIED');
    return factor.name;
  }
  const used =
    factor.name === 'TOTP'
      ? await useTotpCode(db, sealer, person, factor.code)
      : await useRecoveryCode(db, person, factor.code);
  if (!used) throw new WrongFactor(factor, false);
  return factor.name;
}

const messages: Record<SecondFactorName, string> = {
  TOTP: 'is not the code of this moment, or was used before. Wait for the next one.',
  RECOVERY_CODE: 'is none of your recovery codes, or was used before.',
  PASSKEY: 'is not yours, or took longer than five minutes. Try again.',
};

/** A factor that is not taken; the log is still to be told. */
export class WrongFactor extends DomainError {
  readonly factor: SecondFactorName;
  /** Was it signed by a copy of the passkey? */
  readonly isCopy: boolean;
  constructor({ name, field }: Pick<ReadFactor, 'name' | 'field'>, isCopy: boolean) {
    super('SIGN_IN_FAILED', `${field}: ${messages[name]}`, { field });
    this.factor = name;
    this.isCopy = isCopy;
  }
}
