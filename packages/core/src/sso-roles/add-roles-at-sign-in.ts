import { type RawBuilder, sql } from 'kysely';
import { tellAccessOf } from '../authorization/end-access.ts';
import type { TransactionScope } from '../database/work.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Authorship } from '../model/event.ts';
import type { User } from '../model/user.entity.ts';
import { groupKey } from './group-value.ts';
import { type SsoSignIn, ssoRolesDue } from './sso-roles-due.ts';

/** Who signs in by what, and with which groups. */
export interface SignInWithGroups {
  readonly connection: { readonly id: string };
  readonly person: Pick<User, 'id'>;
  /** How the provider calls the person. */
  readonly identity: { readonly issuer: string; readonly subject: string };
  /** Null where the provider sent none, or they are not kept. */
  readonly groups: readonly string[] | null;
  /** Did the provider hold the groups back, since there are too many? */
  readonly groupsWithheld: boolean;
}

/**
 * Adds the roles that the groups of a sign-in are mapped to; nothing is ever taken. It comes before the session begins, so that
 * this has them, and after the person is linked. The gate holds the person, the sign-in connection and the roles
 * (`usedSignInConnection`).
 */
export async function addRolesAtSignIn(
  { sql: db }: TransactionScope,
  authorship: Authorship,
  { connection, person, identity, groupsWithheld, ...sent }: SignInWithGroups,
): Promise<void> {
  const { accountId } = authorship;
  const groups = sent.groups === null ? null : distinct(sent.groups);
  await keepArrived(accountId, { connection, person, identity, groups, groupsWithheld }).execute(db);
  if (groups === null || groups.length === 0) return;
  const signIn = { accountId, signInConnectionId: connection.id, userId: person.id, groups };
  const { numAffectedRows = 0n } = await addStatement(authorship, signIn).execute(db);
  if (numAffectedRows > 0n) await tellAccessOf(accountId, sql`${person.id}::uuid`).execute(db);
}

/** Each group once, as it is kept: the first spelling of those that are the same. */
const distinct = (groups: readonly string[]): string[] => [
  ...new Map(groups.toReversed().map((group) => [groupKey(group), group.trim()]))
    .values()
    .filter((group) => group !== ''),
];

/** Grants and their events; each grant keeps what it came from. */
function addStatement(authorship: Authorship, signIn: SsoSignIn): RawBuilder<unknown> {
  const { accountId, actor, requestId } = authorship;
  const account = sql`${accountId}::uuid`;
  const person = sql`${signIn.userId}::uuid`;
  return sql`
    WITH ${ssoRolesDue(signIn)},
    granted AS (
      INSERT INTO role_grants AS g (account_id, user_id, role_id, source, sign_in_connection_id, sign_in_connection_name,
        group_value, actor_kind, actor_id, actor_name, request_id)
      SELECT ${account}, ${person}, d.role_id, 'SSO_MAPPING', d.sign_in_connection_id, d.sign_in_connection_name,
        d.group_value, ${actor.kind}, ${actor.id}::uuid, ${actor.name}, ${requestId}
      FROM due d WHERE d.outcome = 'ADDED'),
    stamped AS (
      UPDATE users u SET updated_at = u.updated_at WHERE u.account_id = ${account} AND u.id = ${person}
        AND EXISTS (SELECT FROM due d WHERE d.outcome = 'ADDED')
      RETURNING u.id, coalesce(u.display_name, u.user_name) AS label)
    ${recordEvents(
      authorship,
      sql`SELECT 'ROLE_GRANTED', 'USER', s.id, s.label, 'ROLE', d.role_id, d.name,
        jsonb_build_array(jsonb_build_object('field', 'signIn', 'before', NULL, 'after', jsonb_build_object(
          'group', d.group_value, 'mappingId', d.id, 'signInConnectionId', d.sign_in_connection_id,
          'signInConnection', d.sign_in_connection_name)))
      FROM due d, stamped s WHERE d.outcome = 'ADDED' ORDER BY d.name, d.group_value`,
    )}`;
}

/** More are nobody's to choose from; all of them add roles. */
const MAX_KEPT = 2000;

/**
 * Keeps when a link was used, and which groups have arrived, for those who map them. What the provider held back is not known,
 * and none is taken for it.
 */
function keepArrived(
  accountId: string,
  { connection, person, identity: { issuer, subject }, groups, groupsWithheld }: SignInWithGroups,
): RawBuilder<unknown> {
  const arrived =
    groups === null ? sql`` : sql`groups = ${groups.slice(0, MAX_KEPT)}::text[], groups_at = now(),`;
  return sql`UPDATE identity_links SET ${arrived} groups_withheld = ${groupsWithheld},
      last_used_at = CASE WHEN issuer = ${issuer} AND subject = ${subject} THEN now() ELSE last_used_at END
    WHERE account_id = ${accountId}::uuid AND sign_in_connection_id = ${connection.id}::uuid AND user_id = ${person.id}::uuid`;
}
