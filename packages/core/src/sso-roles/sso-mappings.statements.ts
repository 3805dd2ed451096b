import { type RawBuilder, sql } from 'kysely';
import { recordEvents } from '../events/record-events.ts';
import type { Authorship } from '../model/event.ts';
import { groupKey, groupKeyOf } from './group-value.ts';

/** A group as a sign-in connection's provider sends it. */
export interface SsoGroup {
  readonly signInConnectionId: string;
  readonly value: string;
}

/** The same, with the name of the sign-in connection, which events tell. */
interface NamedSsoGroup extends SsoGroup {
  readonly name: string;
}

/** Within `sso_role_mappings m`: those of a group. */
export const ofSsoGroup = (accountId: string, { signInConnectionId, value }: SsoGroup): RawBuilder<unknown> =>
  sql`m.account_id = ${accountId}::uuid AND m.sign_in_connection_id = ${signInConnectionId}::uuid
    AND ${groupKeyOf('m.group_value')} = ${groupKey(value)}`;

/** The roles that a group is mapped to. */
export const presentSsoMappings = (accountId: string, group: SsoGroup): RawBuilder<{ role_id: string }> =>
  sql`SELECT m.role_id FROM sso_role_mappings m WHERE ${ofSsoGroup(accountId, group)}`;

/**
 * Writes the row of a sign-in connection as it is, so that a sign-in that waited for it is told of after the change that it saw
 * (`keeps_order`).
 */
const stamped = (accountId: string, { signInConnectionId }: SsoGroup): RawBuilder<unknown> =>
  sql`stamped AS (UPDATE sign_in_connections c SET name = c.name
    WHERE c.account_id = ${accountId}::uuid AND c.id = ${signInConnectionId}::uuid)`;

/** Maps a group to these roles, and logs it. */
export function mapSsoStatement(
  authorship: Authorship,
  group: NamedSsoGroup,
  mappings: readonly { readonly id: string; readonly roleId: string }[],
): RawBuilder<unknown> {
  const { accountId, actor, requestId } = authorship;
  return sql`
    WITH ${stamped(accountId, group)},
    mapped AS (
      INSERT INTO sso_role_mappings AS m (account_id, id, sign_in_connection_id, group_value, role_id,
        actor_kind, actor_id, actor_name, request_id)
      SELECT ${accountId}::uuid, w.id, ${group.signInConnectionId}::uuid, ${group.value}::text, w.role_id,
        ${actor.kind}, ${actor.id}::uuid, ${actor.name}, ${requestId}
      FROM unnest(${mappings.map(({ id }) => id)}::uuid[], ${mappings.map(({ roleId }) => roleId)}::uuid[]) AS w (id, role_id)
      RETURNING m.id, m.group_value, m.role_id)
    ${recordEvents(authorship, ssoMappingEvents('ROLE_MAPPING_CREATED', accountId, group))}`;
}

/** Takes a group's mappings to these roles back, and logs it; who has a role by them keeps it. */
export const unmapSsoStatement = (
  authorship: Authorship,
  group: NamedSsoGroup,
  roleIds: readonly string[],
): RawBuilder<unknown> => sql`
    WITH ${stamped(authorship.accountId, group)},
    mapped AS (
      DELETE FROM sso_role_mappings m
      WHERE ${ofSsoGroup(authorship.accountId, group)} AND m.role_id = ANY(${[...roleIds]}::uuid[])
      RETURNING m.id, m.group_value, m.role_id)
    ${recordEvents(authorship, ssoMappingEvents('ROLE_MAPPING_DELETED', authorship.accountId, group))}`;

/** Takes all mappings of a sign-in connection back, which is about to go, and logs it. */
export const unmapConnectionStatement = (
  authorship: Authorship,
  { id, name }: { readonly id: string; readonly name: string },
): RawBuilder<unknown> => sql`
    WITH mapped AS (
      DELETE FROM sso_role_mappings m
      WHERE m.account_id = ${authorship.accountId}::uuid AND m.sign_in_connection_id = ${id}::uuid
      RETURNING m.id, m.group_value, m.role_id)
    ${recordEvents(
      authorship,
      ssoMappingEvents('ROLE_MAPPING_DELETED', authorship.accountId, { signInConnectionId: id, name }),
    )}`;

/** The events of the part `mapped`; each tells the sign-in connection, on the side where there is one. */
function ssoMappingEvents(
  type: 'ROLE_MAPPING_CREATED' | 'ROLE_MAPPING_DELETED',
  accountId: string,
  { signInConnectionId: id, name }: Omit<NamedSsoGroup, 'value'>,
): RawBuilder<unknown> {
  const [before, after] = type === 'ROLE_MAPPING_CREATED' ? [null, { id, name }] : [{ id, name }, null];
  const changes = JSON.stringify([{ field: 'signInConnection', before, after }]);
  return sql`SELECT ${sql.lit(type)}, 'SSO_ROLE_MAPPING', m.id, m.group_value, 'ROLE', r.id, r.name, ${changes}::jsonb
    FROM mapped m JOIN roles r ON r.account_id = ${accountId}::uuid AND r.id = m.role_id ORDER BY r.name`;
}
