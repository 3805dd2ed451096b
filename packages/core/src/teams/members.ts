import { type RawBuilder, sql } from 'kysely';
import type { InSql } from '../database/statement.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import { isUuid } from '../text/uuid.ts';

/** Ids that a client wants to be members: those that can name somebody, and all of them as text. */
export interface WantedMembers {
  /** As `plainArray` has them. Text that is no UUID names nobody; it must not reach a cast. */
  readonly uuids: string;
  readonly texts: readonly string[];
}

/** Ids in the one form in which they are compared, each once. */
export function distinctIds(ids: readonly string[]): Set<string> {
  return new Set(ids.map((id) => id.toLowerCase()));
}

/** Those of a list of ids that can name somebody, and all of them as text. */
export function wantedMembers(ids: Set<string>): WantedMembers {
  const texts = [...ids];
  return { uuids: plainArray(texts.filter(isUuid)), texts };
}

/** An array as PostgreSQL reads it, of items that need no quotes: the driver would look at each of thousands. */
export const plainArray = (items: readonly (string | number)[]): string => `{${items.join(',')}}`;

/**
 * Within `locks`: those of a uuid[] who are in the directory, id and label, held so that nobody deprovisions them meanwhile; and
 * told of after whoever has decided on them.
 */
export const heldPeople = (accountId: InSql<string>, ids: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`SELECT u.id, coalesce(u.display_name, u.user_name) AS label FROM users u
    WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(${ids}) AND u.status <> 'DEPROVISIONED'
      AND (SELECT count(*) FROM locks) = 1 AND keeps_order(u.xmin) ORDER BY u.id FOR KEY SHARE OF u`;

/**
 * The teams among those who are wanted, held like them; nobody is looked for twice. Within `before b`, the team that they
 * shall be members of: one that an identity provider pushed has as members only what the same connection pushed.
 */
export const foundTeams = (uuids: InSql<string>): RawBuilder<unknown> =>
  sql`SELECT t.id, t.display_name AS label FROM before b JOIN teams t ON t.account_id = b.account_id
      AND t.id = ANY(ARRAY(SELECT w FROM unnest(${uuids}::uuid[]) AS w WHERE w NOT IN (SELECT id FROM people)))
    WHERE t.id <> b.id AND (b.connection_id IS NULL OR t.connection_id = b.connection_id)
    ORDER BY t.id FOR KEY SHARE OF t`;

/** Those who are wanted and neither in `people` nor in `found_teams`. */
export const missingMembers = (texts: InSql<readonly string[]>): RawBuilder<unknown> =>
  sql`SELECT id, place FROM unnest(${texts}::text[]) WITH ORDINALITY AS wanted (id, place) WHERE id NOT IN (
      SELECT people.id::text FROM people UNION ALL SELECT found_teams.id::text FROM found_teams)`;

const SHOWN = 20;

/** Those who are missing: how many, and the first of them. */
export interface MissingMembers {
  readonly count: number;
  readonly first: readonly string[];
}

/** The same of rows with an id and a place, as JSON: what a refusal does not show is not worth reading. */
export const missingSummary = (id: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`json_build_object('count', count(*), 'first', (array_agg(${id} ORDER BY place))[:${sql.lit(SHOWN)}])`;

/** The refusal of member ids that name nobody; `field` is the list in which they came. */
export function unknownMembers(field: string, asked: number, { count, first }: MissingMembers): DomainError {
  const ids = first.slice(0, SHOWN);
  const more = count > ids.length ? ` and ${count - ids.length} more` : '';
  return new DomainError(
    'UNKNOWN_MEMBER',
    `${field}: ${count} of ${asked} name neither a person of this account nor a team that can be a member of this one: ${ids.join(', ')}${more}. Nothing was changed.`,
    { field, ids },
  );
}

/** Throws INVALID_INPUT when a team shall be a member of itself. Longer cycles are kept as they come: nothing follows them. */
export function checkNotItself(field: string, id: string, members: ReadonlySet<string>): void {
  if (members.has(id.toLowerCase())) throw invalidInput(field, 'a team can not be a member of itself.');
}
