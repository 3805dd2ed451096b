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

/** Entra puts this beside the core schema and sends no attributes of it. */
const MICROSOFT_GROUP_SCHEMA = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
const MEMBERS_PER_PATCH = 100;

/** Groups as Entra ID speaks of them. */
export const entraGroups = { findGroup, groupBody, updateGroup, changeMembers } satisfies Partial<Dialect>;

/** Entra's matching query, which never asks for members. */
function findGroup(displayName: string): ScimRequest {
  return readRequest(`/Groups?excludedAttributes=members&${equalityFilter('displayName', displayName)}`);
}

/** A group on creation: always empty, the members follow by PATCH. */
function groupBody(group: Group): JsonObject {
  return {
    schemas: [GROUP_SCHEMA, MICROSOFT_GROUP_SCHEMA],
    externalId: group.externalId,
    displayName: group.displayName,
    meta: { resourceType: 'Group' },
  };
}

/** One Replace per attribute that differs, such as a new name. */
function updateGroup(group: Group, current: Resource): readonly ScimRequest[] {
  const changed = differences(groupBody(group), current);
  if (changed.length === 0) return [];
  const operations = changed.map(({ path, value }) => ({ op: 'Replace', path, value }));
  return [patchRequest(`/Groups/${current.id}`, operations)];
}

/** Adds and removes in requests of their own; a removal lists its ids in `value`, Entra's default. */
function changeMembers(_group: Group, id: string, change: MembershipChange): readonly ScimRequest[] {
  const patch = (op: 'Add' | 'Remove', ids: readonly string[]) =>
    batches(ids, MEMBERS_PER_PATCH).map((batch) =>
      patchRequest(`/Groups/${id}`, [{ op, path: 'members', value: batch.map((value) => ({ value })) }]),
    );
  return [
    ...patch(
      'Add',
      change.added.map((member) => member.id),
    ),
    ...patch('Remove', change.removed),
  ];
}
