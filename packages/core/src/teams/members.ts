import { type RawBuilder, sql } from 'kysely';
import { DomainError } from '../errors.ts';
import { isUuid } from '../uuid.ts';

/** Ids that a client wants to be members: those that can name somebody, and all of them as text. */
export interface WantedMembers {
  /** Text that is no UUID names nobody; it must not reach a cast. */
  readonly uuids: readonly string[];
  readonly texts: readonly string[];
}

/** Ids in the one form in which they are compared. */
export function wantedMembers(ids: Iterable<string>): WantedMembers {
  const texts = [...new Set([...ids].map((id) => id.toLowerCase()))];
  return { uuids: texts.filter(isUuid), texts };
}

/** Those who are wanted and in the directory: id and label, held so that nobody deprovisions them meanwhile. */
export const foundMembers = (accountId: string, { uuids }: WantedMembers): RawBuilder<unknown> =>
  sql`SELECT u.id, coalesce(u.display_name, u.user_name) AS label FROM users u
    WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(${uuids}::uuid[]) AND u.status <> 'DEPROVISIONED'
    ORDER BY u.id FOR KEY SHARE OF u`;

/** Those who are wanted and not in `found`. */
export const missingMembers = ({ texts }: WantedMembers): RawBuilder<unknown> =>
  sql`SELECT id FROM unnest(${texts}::text[]) AS wanted (id) WHERE id NOT IN (SELECT found.id::text FROM found)`;

const SHOWN = 20;

/** The refusal of member ids that name nobody. */
export function unknownMembers(asked: readonly string[], missing: readonly string[]): DomainError {
  const shown = missing.slice(0, SHOWN).join(', ');
  const more = missing.length > SHOWN ? ` and ${missing.length - SHOWN} more` : '';
  return new DomainError(
    'UNKNOWN_MEMBER',
    `memberIds: ${missing.length} of ${asked.length} name nobody in this account: ${shown}${more}. Nothing was changed.`,
    { field: 'memberIds', ids: missing.slice(0, SHOWN) },
  );
}
