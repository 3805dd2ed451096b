import { DomainError, invalidInput } from '../errors/domain-error.ts';
import type { PermissionId } from './permissions.ts';
import type { SignedInViewer } from './viewer.ts';

/**
 * Whose sign-in a viewer may change. Whoever sets somebody's password can be them, so nobody changes what somebody signs
 * in with who may do more than they may themselves (docs/decisions/0012-nobody-becomes-more.md).
 */
export interface CredentialPowers {
  /** What the other person may do at most; null for what the account's default roles allow. */
  readonly limits: readonly PermissionId[] | null;
  readonly setsPasswords: boolean;
  /** The person whom the token that asks acts for. Nobody's token decides what they sign in with; null where no token asks. */
  readonly actsFor: string | null;
}

/** What people sign in with, whose it is, or by what they are, as inputs and answers name it; `id` is that of a link. */
export type SignInField = 'userName' | 'emails' | 'password' | 'userId' | 'sessions' | 'secondFactors' | 'id';

export function credentialPowersOf(viewer: SignedInViewer): CredentialPowers {
  const actsFor = viewer.kind === 'TOKEN' ? viewer.userId : null;
  const isProvider = viewer.kind === 'TOKEN' && viewer.connectionId !== null;
  return isProvider
    ? { limits: null, setsPasswords: viewer.setsPasswords, actsFor }
    : { limits: [...viewer.permissions], setsPasswords: true, actsFor };
}

/** The refusal of a change of what somebody signs in with who has this permission. */
export function exceedsPowers(
  { limits }: CredentialPowers,
  field: SignInField,
  permission: string,
): DomainError {
  const reason =
    limits === null
      ? `this person may do more than the account's default roles allow (${permission}), so no identity provider changes what they sign in with. An admin does, with updateUser, or takes their roles away first.`
      : `this person may do what this credential may not (${permission}), so it can not change what they sign in with. Somebody who has that permission can.`;
  return new DomainError('FORBIDDEN', `${field}: ${reason}`, { field, permission });
}

/** The refusal of a change by a person's token of what that person signs in with: a token would become a way to sign in as them. */
export const changesOwnSignIn = (field: SignInField): DomainError =>
  invalidInput(
    field,
    'this token acts for the same person, and no token decides by what its person signs in. Sign in and change it there, or have somebody else do it.',
  );

/** The refusal of any password from a connection that sets none. */
export const setsNoPasswords = (): DomainError =>
  invalidInput(
    'password',
    'this connection sets no passwords. Switch on its password sync, or have the identity provider send none.',
  );
