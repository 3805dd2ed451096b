import { GROUP_SCHEMA, type JsonObject, weakEtag } from '@rollcall/scim-protocol';
import type { ResourceUrls } from '../resource-urls.ts';
import type { TeamResult } from './documents.ts';

/**
 * Renders a team as a SCIM Group (RFC 7643 §4.2). A group that was asked for its members and has none shows an empty
 * list: authentik takes a missing one for "not supported" and stops comparing. A member that is a Group is shown as such;
 * whoever is in that one is not a member by it.
 */
export function toScimGroup(team: TeamResult, urls: ResourceUrls): JsonObject {
  const group: JsonObject = { schemas: [GROUP_SCHEMA], id: team.id };
  if (team.externalId !== null) group.externalId = team.externalId;
  group.displayName = team.displayName;
  if (team.memberReferences !== undefined) group.members = toMembers(team, urls);
  group.meta = {
    resourceType: 'Group',
    created: team.createdAt,
    lastModified: team.updatedAt,
    location: urls.groups + team.id,
    version: weakEtag(team.version),
  };
  return group;
}

function toMembers({ memberReferences = [], nested = [] }: TeamResult, urls: ResourceUrls): JsonObject[] {
  const groups = new Map(nested.map((group) => [group.id, group]));
  return memberReferences.map((reference) => {
    const group = groups.get(reference.id);
    const isGroup = reference.type === 'TEAM' || group !== undefined;
    const member: JsonObject = {
      value: reference.id,
      $ref: (isGroup ? urls.groups : urls.users) + reference.id,
    };
    const displayName = reference.displayName ?? group?.displayName ?? null;
    if (displayName !== null) member.display = displayName;
    member.type = isGroup ? 'Group' : 'User';
    return member;
  });
}
