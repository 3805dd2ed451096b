import {
  defaultProjection,
  isProjected,
  type JsonObject,
  type Projection,
  parseProjection,
  project,
  type ResourceTypeDefinition,
} from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { RequestScope } from '../adapter/request-scope.ts';
import type { ResourceUrls } from '../addresses/resource-urls.ts';
import type { Representation } from '../http/answer-resource.ts';
import { searchQueryOf } from '../http/query.ts';
import { pathTolerances } from './path-tolerances.ts';
import type { ReadablePort, StoredResource } from './resource-port.ts';

/** Which attributes of a resource are shown, and what such a resource is. */
export interface View {
  projection: Projection;
  resourceType: ResourceTypeDefinition;
}

/**
 * Which attributes the request asks for (RFC 7644 §3.9); what the type is in the caller's account need be known only where
 * it names some.
 */
export async function viewOf(
  port: ReadablePort,
  scope: RequestScope,
  request: FastifyRequest,
): Promise<View> {
  const query = searchQueryOf(request);
  if (query.attributes === undefined && query.excludedAttributes === undefined) {
    return { projection: defaultProjection, resourceType: port.resourceType };
  }
  const resourceType = await port.resourceTypeFor(scope);
  return { projection: parseProjection(query, resourceType, pathTolerances), resourceType };
}

/** Tells whether memberships have to be read for this representation. */
export const showsMemberships = ({ memberships }: ReadablePort, { projection }: View): boolean =>
  memberships !== undefined && isProjected(projection, memberships);

/** The part of a resource that is shown. */
export const shownPart = (resource: JsonObject, { projection, resourceType }: View): JsonObject =>
  projection.mode === 'default' ? resource : project(resource, projection, resourceType);

/** A resource as the answer to a request about one. */
export function represent(
  port: ReadablePort,
  stored: StoredResource,
  { view, urls }: { view: View; urls: ResourceUrls },
): Representation {
  const etag = port.etag(stored);
  return {
    resource: shownPart(port.render(stored, urls, etag), view),
    version: stored.version,
    etag,
    location: urls[port.name] + stored.id,
  };
}
