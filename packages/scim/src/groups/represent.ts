import {
  groupResourceType,
  isProjected,
  type Projection,
  parseProjection,
  project,
  resolveAttribute,
} from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { Representation } from '../http/answer-resource.ts';
import { searchQueryOf } from '../http/query.ts';
import type { ResourceUrls } from '../resource-urls.ts';
import type { TeamResult } from './documents.ts';
import { groupEtag, toScimGroup } from './to-scim.ts';

const members = resolveAttribute(groupResourceType, 'members');

/** Which attributes of a Group the request asks for (RFC 7644 §3.9). */
export function groupProjectionOf(request: FastifyRequest): Projection {
  return parseProjection(searchQueryOf(request), groupResourceType);
}

/** Tells whether the members have to be read for this representation. */
export function showsMembers(projection: Projection): boolean {
  return members !== undefined && isProjected(projection, members);
}

/** The part of a group that the request asks for. */
export function projectGroup(team: TeamResult, projection: Projection, urls: ResourceUrls, etag?: string) {
  const resource = toScimGroup(team, urls, etag);
  return projection.mode === 'default' ? resource : project(resource, projection, groupResourceType);
}

/** A group as the answer to a request about one; members that were read and are not shown are no part of its tag. */
export function representGroup(
  { memberReferences, ...team }: TeamResult,
  projection: Projection,
  urls: ResourceUrls,
): Representation {
  const shown =
    memberReferences !== undefined && showsMembers(projection) ? { ...team, memberReferences } : team;
  const etag = groupEtag(shown);
  return {
    resource: projectGroup(shown, projection, urls, etag),
    version: team.version,
    etag,
    location: urls.groups + team.id,
  };
}
