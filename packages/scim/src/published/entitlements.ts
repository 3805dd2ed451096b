import {
  ENTITLEMENT_SCHEMA,
  entitlementResourceType,
  type JsonObject,
  matchesFilter,
  notFound,
  OKTA_ENTITLEMENT_SCHEMA,
} from '@rollcall/scim-protocol';
import type { RequestScope } from '../adapter/request-scope.ts';
import { pathParameter } from '../addresses/base-url.ts';
import type { ResourceUrls } from '../addresses/resource-urls.ts';
import type { Addressee } from '../resources/addressee.ts';
import { resourceEtag } from '../resources/resource-etag.ts';
import type { ReadablePort, StoredResource } from '../resources/resource-port.ts';
import { ListPermissions, type PermissionResult } from './documents.ts';
import { listOfFew } from './list-of-few.ts';

/** A permission, and what other types of resources have of which it has nothing. */
type StoredEntitlement = PermissionResult & StoredResource;

/** An entitlement is called by its name: `/Entitlements/users:read`. */
export const nameInPath: Addressee = (_port, { request }) => pathParameter(request, 'id') ?? '';

/**
 * What roles can allow (draft-ietf-scim-roles-entitlements-01): the permissions, which are the same for every account. A role
 * gives them, so none is given by itself: `supported` is false, and what is said in `entitlements` of a User is kept alone.
 */
export const entitlements: ReadablePort<StoredEntitlement> = {
  name: 'Entitlement',
  resourceType: entitlementResourceType,
  memberships: undefined,
  resourceTypeFor: () => entitlementResourceType,

  async get(scope, id) {
    const found = (await permissionsFor(scope)).find((each) => each.id === id.toLowerCase());
    if (found === undefined) throw notFound('Entitlement', id);
    return found;
  },

  list(scope, { filter, sort }) {
    if (filter === false) return undefined;
    const matches = (each: StoredEntitlement) =>
      filter === true || matchesFilter(filter, render(each, scope.urls));
    return listOfFew({
      identity: { entitlements: filter, sort: sort && [sort.target.path, sort.isDescending] },
      read: async () => (await permissionsFor(scope)).filter(matches),
      propertyOf: (each, path) => render(each, scope.urls)[path],
      sort,
    });
  },

  render,
  etag,
};

async function permissionsFor({
  adapter: { client },
  caller,
}: Pick<RequestScope, 'adapter' | 'caller'>): Promise<StoredEntitlement[]> {
  const { permissions } = await client.execute(ListPermissions, {}, caller);
  return permissions
    .filter(({ operatorOnly }) => !operatorOnly)
    .map((each) => ({
      ...each,
      externalId: null,
      displayName: each.title,
      version: 1,
      createdAt: null,
      updatedAt: null,
    }));
}

function render(each: StoredEntitlement, urls: ResourceUrls, tag = etag(each)): JsonObject {
  return {
    schemas: [ENTITLEMENT_SCHEMA, OKTA_ENTITLEMENT_SCHEMA],
    id: each.id,
    value: each.id,
    display: each.title,
    displayName: each.title,
    description: each.description,
    type: 'permission',
    supported: false,
    limitedAssignmentsPermitted: false,
    meta: { resourceType: 'Entitlement', location: urls.Entitlement + each.id, version: tag },
  };
}

function etag({ title, description }: StoredEntitlement): string {
  return resourceEtag(1, [title, description]);
}
