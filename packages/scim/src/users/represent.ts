import {
  isProjected,
  type Projection,
  parseProjection,
  project,
  resolveAttribute,
  userResourceType,
} from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { Representation } from '../http/answer-resource.ts';
import { searchQueryOf } from '../http/query.ts';
import { pathTolerances } from '../path-tolerances.ts';
import type { ResourceUrls } from '../resource-urls.ts';
import type { UserResult } from './documents.ts';
import { toScimUser } from './to-scim.ts';

const groups = resolveAttribute(userResourceType, 'groups');

/** Which attributes of a User the request asks for (RFC 7644 §3.9). */
export function userProjectionOf(request: FastifyRequest): Projection {
  return parseProjection(searchQueryOf(request), userResourceType, pathTolerances);
}

/** Tells whether the user's groups have to be read for this representation. */
export function showsGroups(projection: Projection): boolean {
  return groups !== undefined && isProjected(projection, groups);
}

/** The part of a user that the request asks for. */
export function projectUser(user: UserResult, projection: Projection, urls: ResourceUrls) {
  const resource = toScimUser(user, urls);
  return projection.mode === 'default' ? resource : project(resource, projection, userResourceType);
}

/** A user as the answer to a request about one. */
export function representUser(user: UserResult, projection: Projection, urls: ResourceUrls): Representation {
  return {
    resource: projectUser(user, projection, urls),
    version: user.version,
    location: urls.users + user.id,
  };
}
