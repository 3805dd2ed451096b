import type { Sql } from '../database/database.ts';
import { recordEvent } from '../events/record-events.ts';
import type { EventParty, EventTypeName, PropertyChange } from '../model/event.ts';
import type { User } from '../model/user.entity.ts';
import { countRefusal } from '../sign-in/sign-in-attempts.ts';
import { isTold } from '../sign-in/tell-failed-attempt.ts';
import { signInAuthorship } from './sign-in-authorship.ts';

/** By which connection, and in which request. */
export interface RefusalPlace {
  readonly connection: { readonly account_id: string; readonly id: string; readonly name: string };
  readonly requestId: string;
  readonly address: string | undefined;
}

/** What was not taken of a provider, or of somebody who says they are one. */
export interface ToldRefusal {
  readonly type: EventTypeName & `${string}_REFUSED`;
  readonly reason: string;
  /** What the admin is told beyond the reason. */
  readonly detail: string;
  readonly subject?: string | undefined;
  readonly person?: Pick<User, 'id' | 'userName' | 'displayName'> | undefined;
}

const MAX_DETAIL = 500;

/** What was refused, whatever it was about. */
export interface RefusedParty {
  readonly accountId: string;
  readonly subject: EventParty;
  readonly requestId: string;
  readonly address: string | undefined;
}

/** Tells of what was not taken by a sign-in connection, as `tellRefusedOf` does. */
export const tellRefused = (
  db: Sql,
  { connection: { account_id: accountId, id, name: label }, ...place }: RefusalPlace,
  refusal: ToldRefusal,
): Promise<void> =>
  tellRefusedOf(db, { ...place, accountId, subject: { type: 'SIGN_IN_CONNECTION', id, label } }, refusal);

/**
 * Writes the event of a refusal, whatever becomes of the request. Of many that are alike the first ones and each doubling are
 * told: anybody can be refused, and nobody is to fill the log.
 */
export async function tellRefusedOf(
  db: Sql,
  { accountId, subject: party, requestId, address }: RefusedParty,
  { type, reason, detail, subject, person }: ToldRefusal,
): Promise<void> {
  const attempts = await countRefusal(db, [type, party.id, reason, subject ?? ''].join(' '));
  if (!isTold(attempts)) return;
  const told = { reason, detail: shown(detail), subject, address, attempts };
  const changes: PropertyChange[] = Object.entries(told)
    .filter(([, after]) => after !== undefined)
    .map(([field, after]) => ({ field, before: null, after }));
  await recordEvent(signInAuthorship(accountId, requestId), {
    type,
    subject: party,
    ...(person && {
      related: { type: 'USER', id: person.id, label: person.displayName ?? person.userName },
    }),
    changes,
  }).execute(db);
}

/** Texts of strangers, without what the log can't keep. */
const shown = (text: string): string =>
  text
    .replaceAll(/\p{Cc}/gu, ' ')
    .toWellFormed()
    .slice(0, MAX_DETAIL)
    .toWellFormed();
