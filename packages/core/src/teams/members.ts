import { type RawBuilder, sql } from 'kysely';
import { DomainError, invalidInput } from '../errors.ts';
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
export const foundPeople = (accountId: string, uuids: readonly string[]): RawBuilder<unknown> =>
  sql`SELECT u.id, coalesce(u.display_name, u.user_name) AS label FROM users u
    WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(${uuids}::uuid[]) AND u.status <> 'DEPROVISIONED'
    ORDER BY u.id FOR KEY SHARE OF u`;

/**
 * The teams among those who are wanted, held like them; nobody is looked for twice. Within `before b`, the team that they
 * shall be members of: one that an identity provider pushed has as members only what the same connection pushed.
 */
export const foundTeams = (uuids: readonly string[]): RawBuilder<unknown> =>
  sql`SELECT t.id, t.display_name AS label FROM before b JOIN teams t ON t.account_id = b.account_id
      AND t.id = ANY(ARRAY(SELECT w FROM unnest(${uuids}::uuid[]) AS w WHERE w NOT IN (SELECT id FROM found)))
    WHERE t.id <> b.id AND (b.connection_id IS NULL OR t.connection_id = b.connection_id)
    ORDER BY t.id FOR KEY SHARE OF t`;

/** Those who are wanted and neither in `found` nor in `found_teams`. */
export const missingMembers = ({ texts }: WantedMembers): RawBuilder<unknown> =>
  sql`SELECT id FROM unnest(${texts}::text[]) AS wanted (id) WHERE id NOT IN (
      SELECT found.id::text FROM found UNION ALL SELECT found_teams.id::text FROM found_teams)`;

const SHOWN = 20;

/** The refusal of member ids that name nobody. */
export function unknownMembers(asked: readonly string[], missing: readonly string[]): DomainError {
  const shown = missing.slice(0, SHOWN).join(', ');
  const more = missing.length > SHOWN ? ` and ${missing.length - SHOWN} more` : '';
  return new DomainError(
    'UNKNOWN_MEMBER',
    `memberIds: ${missing.length} of ${asked.length} name neither a person of this account nor a team that can be a member of this one: ${shown}${more}. Nothing was changed.`,
    { field: 'memberIds', ids: missing.slice(0, SHOWN) },
  );
}

/** Throws INVALID_INPUT when a team shall be a member of itself. Longer circles are kept as they come: nothing follows them. */
export function checkNotItself(id: string, { texts }: WantedMembers): void {
  if (texts.includes(id.toLowerCase()))
    throw invalidInput('memberIds', 'a team can not be a member of itself.');
}
