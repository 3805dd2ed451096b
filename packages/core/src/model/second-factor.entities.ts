import { defineEntity } from '@mikro-orm/core';
import type { ConstraintErrors } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';

/** By what somebody proves who they are, beside their password or instead of it. */
export type SecondFactorName = 'TOTP' | 'PASSKEY' | 'RECOVERY_CODE';

/** What an authenticator app makes its codes from, as soon as a first code has confirmed it. */
export const TotpSecretSchema = defineEntity({
  name: 'TotpSecret',
  tableName: 'totp_secrets',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    userId: p.uuid().primary(),
    sealed: p.text(),
    confirmedAt: p.datetime().nullable(),
    /** The step of the last code that was taken: no code of it, or of one before, is taken again. */
    lastStep: p.integer().nullable(),
    lastUsedAt: p.datetime().nullable(),
  }),
});

/** A code to write down, which is taken once in place of a second factor that is lost. */
export const RecoveryCodeSchema = defineEntity({
  name: 'RecoveryCode',
  tableName: 'recovery_codes',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    userId: p.uuid().primary(),
    digest: p.text().primary(),
  }),
});

/** A credential of WebAuthn. One belongs to one person of the installation. */
export const PasskeySchema = defineEntity({
  name: 'Passkey',
  tableName: 'passkeys',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    userId: p.uuid(),
    /** As browsers call it, in base64url. */
    credentialId: p.text(),
    /** COSE, in base64url. */
    publicKey: p.text(),
    /** How often the authenticator said that it was used; 0 from those that do not count. */
    counter: p.bigint().$type<number>(),
    transports: p.array(),
    name: p.text(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    lastUsedAt: p.datetime().nullable(),
  }),
});

export const passkeyConstraints: ConstraintErrors = {
  passkeys__credential_id: () =>
    new DomainError('ALREADY_EXISTS', 'response: this passkey is registered already. Create another one.', {
      field: 'response',
    }),
};

/** What a passkey has to sign, once, for whoever asked for it. */
export const PasskeyChallengeSchema = defineEntity({
  name: 'PasskeyChallenge',
  tableName: 'passkey_challenges',
  properties: (p) => ({
    digest: p.text().primary(),
    /** The session, sign-in or browser that asked. */
    boundTo: p.text(),
    expiresAt: p.datetime(),
  }),
});

/** Somebody whose password was right, and who has yet to show a second factor. The secret is kept as a digest only. */
export const PendingSignInSchema = defineEntity({
  name: 'PendingSignIn',
  tableName: 'pending_sign_ins',
  properties: (p) => ({
    accountId: p.uuid(),
    id: p.uuid().primary(),
    userId: p.uuid(),
    digest: p.text(),
    /** By what to tell that the password is still the one that was right. */
    passwordMark: p.text(),
    /** How often a second factor was shown. */
    attempts: p.integer().default(0),
    expiresAt: p.datetime(),
  }),
});
