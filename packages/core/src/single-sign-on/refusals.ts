import type { Sql } from '../database/database.ts';
import { DomainError } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import type { Authorship, PropertyChange } from '../model/event.ts';
import type { User } from '../model/user.entity.ts';
import { countRefusal } from '../sign-in/sign-in-attempts.ts';
import { isTold } from '../sign-in/tell-failed-attempt.ts';

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
  NOT_ACTIVE: 'You are switched off here. Ask your admin.',
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

/** By which connection, and in which request. */
export interface RefusalPlace {
  readonly connection: { readonly account_id: string; readonly id: string; readonly name: string };
  readonly requestId: string;
  readonly address: string | undefined;
}

const MAX_DETAIL = 500;

/**
 * Writes the event of a refusal, whatever becomes of the request, and answers what to throw. Of many that are alike the first
 * ones and each doubling are told: anybody can be refused, and nobody is to fill the log.
 */
export async function tellRefusal(
  db: Sql,
  { connection, requestId, address }: RefusalPlace,
  { reason, detail, subject, person }: RefusedSignIn,
): Promise<DomainError> {
  const attempts = await countRefusal(db, [connection.id, reason, subject ?? ''].join(' '));
  if (!isTold(attempts)) return refusalOf(reason);
  const told = { reason, detail: shown(detail), subject, address, attempts };
  const changes: PropertyChange[] = Object.entries(told)
    .filter(([, after]) => after !== undefined)
    .map(([field, after]) => ({ field, before: null, after }));
  await recordEvent(signInAuthorship(connection.account_id, requestId), {
    type: 'SIGN_IN_REFUSED',
    subject: { type: 'SIGN_IN_CONNECTION', id: connection.id, label: connection.name },
    ...(person && {
      related: { type: 'USER', id: person.id, label: person.displayName ?? person.userName },
    }),
    changes,
  }).execute(db);
  return refusalOf(reason);
}

export const refusalOf = (reason: SingleSignOnRefusal): DomainError =>
  new DomainError('SIGN_IN_FAILED', singleSignOnRefusals[reason], { reason });

/** Nobody has signed in yet, so it is the doing of the platform. */
export const signInAuthorship = (accountId: string, requestId: string): Authorship => ({
  accountId,
  actor: { kind: 'SYSTEM', id: null, name: 'Sign-in' },
  connectionId: null,
  requestId,
});

/** Texts of strangers, without what the log can't keep. */
const shown = (text: string): string =>
  text
    .replaceAll(/\p{Cc}/gu, ' ')
    .toWellFormed()
    .slice(0, MAX_DETAIL)
    .toWellFormed();
