import { type RawBuilder, sql } from 'kysely';
import { DomainError } from '../errors.ts';
import { isUuid } from '../uuid.ts';

/** Text that is no UUID names nobody; it must not reach a cast. */
const uuids = (ids: readonly string[]): string[] => ids.filter(isUuid);

/** Those of `ids` who are in the directory: id and label, held so that nobody deprovisions them meanwhile. */
export const foundMembers = (accountId: string, ids: readonly string[]): RawBuilder<unknown> =>
  sql`SELECT u.id, coalesce(u.display_name, u.user_name) AS label FROM users u
    WHERE u.account_id = ${accountId}::uuid AND u.id = ANY(${uuids(ids)}::uuid[]) AND u.status <> 'DEPROVISIONED'
    FOR KEY SHARE OF u`;

/** Those of `ids` who are not in `found`. */
export const missingMembers = (ids: readonly string[]): RawBuilder<unknown> =>
  sql`SELECT id FROM unnest(${ids.map((id) => id.toLowerCase())}::text[]) AS wanted (id)
    WHERE id NOT IN (SELECT found.id::text FROM found)`;

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
