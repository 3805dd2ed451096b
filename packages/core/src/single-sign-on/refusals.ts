import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { User } from '../model/user.entity.ts';
import { type RefusalPlace, tellRefused } from './tell-refused.ts';

/** Why somebody was not signed in, and what they are told. */
export const singleSignOnRefusals = {
  CONNECTION:
    'There is no sign-in connection at this address, or it is switched off. Go to the sign-in page, or ask your admin.',
  REQUEST:
    'The link that brought you here asks for something that this sign-in does not do. Go to the sign-in page.',
  NOT_BEGUN:
    'This sign-in was not begun in this browser, was used before, or took longer than ten minutes. Sign in again.',
  PROVIDER_REFUSED: 'Your identity provider did not sign you in. Try again, or ask your admin.',
  PROVIDER_UNREACHABLE:
    'Your identity provider can not be asked just now, or is not set up rightly. Try again in a few minutes, or ask your admin.',
  PROVIDER_ANSWER:
    'What your identity provider answered can not be trusted, so you are not signed in. Try again, or ask your admin.',
  NOBODY:
    'Your identity provider knows you, but nobody here is linked to you yet. Ask your admin to let you in.',
  SECOND_FACTOR:
    'Your account asks for a second factor, and your identity provider does not say that it asked you for one. Ask your admin.',
  NOT_ACTIVE: 'You are switched off here. Ask your admin.',
  ENDED: 'Your identity provider has just ended the session that you come from. Sign in again.',
  OTHER_PERSON:
    'At your identity provider you are signed in as somebody else than here, so it proves nothing of you. Sign in there as yourself.',
  NOT_ANEW:
    'Your identity provider did not ask you anew who you are, or does not say when it did. Try again, or ask your admin.',
  WRONG_CONTEXT:
    'Your identity provider did not ask you in the way that your account wants here. Ask your admin.',
} as const satisfies Record<string, string>;

export type SingleSignOnRefusal = keyof typeof singleSignOnRefusals;

/** Who was not signed in, and by which connection, as far as that is known. */
export interface RefusedSignIn {
  readonly reason: SingleSignOnRefusal;
  /** What the admin is told beyond the reason. */
  readonly detail: string;
  readonly subject?: string | undefined;
  readonly person?: Pick<User, 'id' | 'userName' | 'displayName'> | undefined;
}

/** Somebody was not signed in; what to tell of it is still to be written. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly refused: RefusedSignIn;
  constructor(refused: RefusedSignIn, options?: ErrorOptions) {
    super(refused.detail, options);
    this.refused = refused;
  }
}

/** Writes the event of a refusal, as `tellRefused` does, and answers what to throw. */
export async function tellRefusal(
  db: Sql,
  place: RefusalPlace,
  refused: RefusedSignIn,
): Promise<DomainError> {
  await tellRefused(db, place, { type: 'SIGN_IN_REFUSED', ...refused });
  return refusalOf(refused.reason);
}

/** The same refusal, with where the browser goes on to. */
export const refusedGoingOn = (refusal: DomainError, returnPath: string | null): DomainError =>
  returnPath === null
    ? refusal
    : new DomainError(refusal.code, refusal.message, { ...refusal.facts, returnPath });

export const refusalOf = (reason: SingleSignOnRefusal): DomainError =>
  new DomainError('SIGN_IN_FAILED', singleSignOnRefusals[reason], { reason });
