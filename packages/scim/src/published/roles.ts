import {
  type JsonObject,
  notFound,
  OKTA_ROLE_SCHEMA,
  ROLE_SCHEMA,
  roleResourceType,
} from '@rollcall/scim-protocol';
import { resourceEtag } from '../resources/resource-etag.ts';
import type { ReadablePort, StoredResource } from '../resources/resource-port.ts';
import { partVariables, type StoredPage } from '../resources/stored-list.ts';
import { CountRoles, ListRoles, type RoleResult } from './documents.ts';
import { planRoleFilter, planRoleOrder } from './plan-roles.ts';

/** A role, and what other types of resources have of which it has nothing. */
export type StoredRole = RoleResult & StoredResource;

const stored = (role: RoleResult): StoredRole => ({
  ...role,
  externalId: null,
  displayName: role.name,
  version: 1,
  updatedAt: role.createdAt,
});

const nothing: StoredPage<StoredRole> = {
  totalCount: 0,
  nodes: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false },
};

/** The roles of the account, which an identity provider reads to know what it can give (draft-ietf-scim-roles-entitlements-01). */
export const roles: ReadablePort<StoredRole> = {
  name: 'Role',
  resourceType: roleResourceType,
  memberships: undefined,
  resourceTypeFor: () => roleResourceType,

  async get({ adapter: { client }, caller }, id) {
    const variables = { filter: { id: { equals: id } }, first: 1, withCursors: false };
    const { ownConnection } = await client.execute(ListRoles, variables, caller);
    const [role] = ownConnection?.publishedRoles.nodes ?? [];
    if (role === undefined) throw notFound('Role', id);
    return stored(role);
  },

  list({ adapter: { client }, caller }, { filter: asked, sort }) {
    const filter = planRoleFilter(asked);
    const orderBy = planRoleOrder(sort);
    if (filter === false) return undefined;
    return {
      identity: { roles: filter, orderBy },
      async count() {
        const { ownConnection } = await client.execute(CountRoles, { filter }, caller);
        return ownConnection?.publishedRoles.totalCount ?? 0;
      },
      async read(part) {
        const variables = { filter, orderBy, ...partVariables(part) };
        const { ownConnection } = await client.execute(ListRoles, variables, caller);
        if (ownConnection === null) return nothing;
        const { nodes, ...page } = ownConnection.publishedRoles;
        return { ...page, nodes: nodes.map(stored) };
      },
    };
  },

  render(role, urls, etag = roleEtag(role)) {
    const resource: JsonObject = {
      // Okta finds what it can give by a URN of its own.
      schemas: [ROLE_SCHEMA, OKTA_ROLE_SCHEMA],
      id: role.id,
      value: role.name,
      display: role.name,
      displayName: role.name,
    };
    if (role.description !== null) resource.description = role.description;
    resource.supported = role.assignable;
    resource.limitedAssignmentsPermitted = false;
    resource.meta = {
      resourceType: 'Role',
      created: role.createdAt,
      location: urls.Role + role.id,
      version: etag,
    };
    return resource;
  },

  etag: roleEtag,
};

/** A role counts no changes: its tag is that of what is shown. */
function roleEtag({ name, description, assignable }: RoleResult): string {
  return resourceEtag(1, [name, description, assignable]);
}
