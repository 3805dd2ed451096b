import type { Group } from '../../directory/directory.ts';
import { differences } from '../../scim/differences.ts';
import { GROUP_SCHEMA, type Resource } from '../../scim/resources.ts';
import {
  equalityFilter,
  type JsonObject,
  patchRequest,
  readRequest,
  type ScimRequest,
} from '../../scim/scim-request.ts';
import { batches, type Dialect, type MembershipChange } from '../dialect.ts';

const MEMBERS_PER_PATCH = 100;

/** Groups as Okta speaks of them. */
export const oktaGroups = { findGroup, groupBody, updateGroup, changeMembers } satisfies Partial<Dialect>;

/** Okta's lookup of a pushed group. */
function findGroup(displayName: string): ScimRequest {
  return readRequest(`/Groups?${equalityFilter('displayName', displayName)}&startIndex=1&count=100`);
}

/** A pushed group on creation; Okta gives groups no `externalId`. */
function groupBody(group: Group): JsonObject {
  return { schemas: [GROUP_SCHEMA], displayName: group.displayName, members: [] };
}

/** A rename when the name differs. */
function updateGroup(group: Group, current: Resource): readonly ScimRequest[] {
  const changed = differences({ displayName: group.displayName }, current);
  return changed.length === 0 ? [] : [rename(group, current.id)];
}

/** Removals by filter path and additions with `display`; the name is sent along with each membership update. */
function changeMembers(group: Group, id: string, change: MembershipChange): readonly ScimRequest[] {
  const removals = batches(change.removed, MEMBERS_PER_PATCH).map((batch) =>
    batch.map((member) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(member)}]` })),
  );
  const additions = batches(change.added, MEMBERS_PER_PATCH).map((batch) => [
    {
      op: 'add',
      path: 'members',
      value: batch.map((member) => ({ value: member.id, display: member.userName })),
    },
  ]);
  const rounds = Math.max(removals.length, additions.length);
  const updates = Array.from({ length: rounds }, (_, at) =>
    patchRequest(`/Groups/${id}`, [...(removals[at] ?? []), ...(additions[at] ?? [])]),
  );
  return updates.length === 0 ? [] : [rename(group, id), ...updates];
}

/** The value carries the read-only `id`, as Okta sends it. */
function rename(group: Group, id: string): ScimRequest {
  return patchRequest(`/Groups/${id}`, [{ op: 'replace', value: { id, displayName: group.displayName } }]);
}
