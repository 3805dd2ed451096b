import { GROUP_SCHEMA, type JsonObject, weakEtag } from '@rollcall/scim-protocol';
import type { ResourceUrls } from '../resource-urls.ts';
import type { TeamResult } from './documents.ts';

/**
 * Renders a team as a SCIM Group (RFC 7643 §4.2). A group that was asked for its members and has none shows an empty
 * list: authentik takes a missing one for "not supported" and stops comparing.
 */
export function toScimGroup(team: TeamResult, urls: ResourceUrls): JsonObject {
  const group: JsonObject = { schemas: [GROUP_SCHEMA], id: team.id };
  if (team.externalId !== null) group.externalId = team.externalId;
  group.displayName = team.displayName;
  if (team.memberReferences !== undefined) group.members = toMembers(team.memberReferences, urls);
  group.meta = {
    resourceType: 'Group',
    created: team.createdAt,
    lastModified: team.updatedAt,
    location: urls.groups + team.id,
    version: weakEtag(team.version),
  };
  return group;
}

function toMembers(
  references: NonNullable<TeamResult['memberReferences']>,
  urls: ResourceUrls,
): JsonObject[] {
  return references.map(({ id, displayName }) => {
    const member: JsonObject = { value: id, $ref: urls.users + id };
    if (displayName !== null) member.display = displayName;
    member.type = 'User';
    return member;
  });
}
