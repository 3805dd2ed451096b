import { GROUP_SCHEMA, type JsonObject } from '@rollcall/scim-protocol';
import type { ResourceUrls } from '../addresses/resource-urls.ts';
import { resourceEtag } from '../resources/resource-etag.ts';
import type { TeamResult } from './documents.ts';

/**
 * Renders a team as a SCIM Group (RFC 7643 §4.2). A group that was asked for its members and has none shows an empty
 * list: authentik takes a missing one for "not supported" and stops comparing. A member that is a Group is shown as such;
 * whoever is in that one is not a member by it.
 */
export function toScimGroup(team: TeamResult, urls: ResourceUrls, etag = groupEtag(team)): JsonObject {
  const group: JsonObject = { schemas: [GROUP_SCHEMA], id: team.id };
  if (team.externalId !== null) group.externalId = team.externalId;
  group.displayName = team.displayName;
  if (team.memberReferences !== undefined) group.members = toMembers(team, urls);
  group.meta = {
    resourceType: 'Group',
    created: team.createdAt,
    lastModified: team.updatedAt,
    location: urls.Group + team.id,
    version: etag,
  };
  return group;
}

/** The tag of a group as it is shown: the names of its members are not its own. */
export function groupEtag({ version, memberReferences }: TeamResult): string {
  return resourceEtag(
    version,
    memberReferences?.flatMap(({ id, displayName }) => [id, displayName]),
  );
}

function toMembers({ memberReferences = [] }: TeamResult, urls: ResourceUrls): JsonObject[] {
  return memberReferences.map(({ id, displayName, type }) => {
    const isGroup = type === 'TEAM';
    const member: JsonObject = { value: id, $ref: (isGroup ? urls.Group : urls.User) + id };
    if (displayName !== null) member.display = displayName;
    member.type = isGroup ? 'Group' : 'User';
    return member;
  });
}
