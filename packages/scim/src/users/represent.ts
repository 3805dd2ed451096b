import {
  isProjected,
  type Projection,
  parseProjection,
  project,
  type ResourceTypeDefinition,
  resolveAttribute,
  userResourceType,
} from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { Representation } from '../http/answer-resource.ts';
import { searchQueryOf } from '../http/query.ts';
import { pathTolerances } from '../path-tolerances.ts';
import type { ResourceUrls } from '../resource-urls.ts';
import type { UserResult } from './documents.ts';
import { toScimUser, userEtag } from './to-scim.ts';

const groups = resolveAttribute(userResourceType, 'groups');

/** Which attributes of a User are shown, and what a User is. */
export interface UserView {
  projection: Projection;
  userType: ResourceTypeDefinition;
}

const everything: UserView = {
  projection: parseProjection({}, userResourceType),
  userType: userResourceType,
};

/**
 * Which attributes of a User the request asks for (RFC 7644 §3.9); what a User is in the caller's account need be
 * known only where it names some.
 */
export async function userViewOf(
  request: FastifyRequest,
  userTypeOf: () => Promise<ResourceTypeDefinition>,
): Promise<UserView> {
  const query = searchQueryOf(request);
  if (query.attributes === undefined && query.excludedAttributes === undefined) return everything;
  const userType = await userTypeOf();
  return { projection: parseProjection(query, userType, pathTolerances), userType };
}

/** Tells whether the user's groups have to be read for this representation. */
export function showsGroups({ projection }: Pick<UserView, 'projection'>): boolean {
  return groups !== undefined && isProjected(projection, groups);
}

/** The part of a user that the request asks for. */
export function projectUser(
  user: UserResult,
  { projection, userType }: UserView,
  urls: ResourceUrls,
  etag?: string,
) {
  const resource = toScimUser(user, urls, etag);
  return projection.mode === 'default' ? resource : project(resource, projection, userType);
}

/** A user as the answer to a request about one. */
export function representUser(user: UserResult, view: UserView, urls: ResourceUrls): Representation {
  const etag = userEtag(user);
  return {
    resource: projectUser(user, view, urls, etag),
    version: user.version,
    etag,
    location: urls.users + user.id,
  };
}
