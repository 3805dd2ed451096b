import { graphql, type ResultOf } from '@rollcall/graphql-client';

const PublishedRoleFields = graphql(`
  fragment PublishedRoleFields on PublishedRole {
    id
    name
    description
    assignable
    createdAt
  }
`);

/** The roles of the account as the connection that asks is told of them; nothing for whoever comes without one. */
export const ListRoles = graphql(
  `query ScimRoles(
    $filter: PublishedRoleFilter, $orderBy: PublishedRoleOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor,
    $offset: Int, $withCursors: Boolean!
  ) {
    ownConnection {
      publishedRoles(
        filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset
      ) {
        totalCount
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor @include(if: $withCursors)
          endCursor @include(if: $withCursors)
        }
        nodes { ...PublishedRoleFields }
      }
    }
  }`,
  [PublishedRoleFields],
);

export const CountRoles = graphql(
  `query ScimRoleCount($filter: PublishedRoleFilter) { ownConnection { publishedRoles(filter: $filter, first: 1) { totalCount } } }`,
);

/** Everything that roles can allow. */
export const ListPermissions = graphql(
  `query ScimEntitlements { permissions { id title description operatorOnly } }`,
);

export const publishedDocuments = [ListRoles, CountRoles, ListPermissions];

export type RoleResult = NonNullable<
  ResultOf<typeof ListRoles>['ownConnection']
>['publishedRoles']['nodes'][number];
export type PermissionResult = ResultOf<typeof ListPermissions>['permissions'][number];
