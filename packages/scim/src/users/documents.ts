import { graphql, type ResultOf } from '@rollcall/graphql-client';

/** Everything that a SCIM User shows but its groups, which cost a read of their own. */
export const UserFields = graphql(`
  fragment UserFields on User {
    id
    userName
    externalId
    status
    active
    name { formatted familyName givenName middleName honorificPrefix honorificSuffix }
    displayName
    nickName
    profileUrl
    title
    userType
    preferredLanguage
    locale
    timezone
    emails { value display type primary }
    phoneNumbers { value display type primary }
    ims { value display type primary }
    photos { value display type primary }
    addresses { formatted streetAddress locality region postalCode country type primary }
    entitlements { value display type primary }
    directoryRoles { value display type primary }
    x509Certificates { value display type primary }
    employeeNumber
    costCenter
    organization
    division
    department
    managerId
    managerDisplayName
    managerReference
    customAttributes { schema name value }
    version
    createdAt
    updatedAt
  }
`);

/** The user's groups (RFC 7643 §4.1.2); a team that no directory pushed is none, so the origin is asked for. */
export const UserGroups = graphql(`
  fragment UserGroups on User {
    teams { id displayName origin }
  }
`);

export const GetUser = graphql(`query ScimUser($id: ID!) { user(id: $id) { ...UserFields ...UserGroups } }`, [
  UserFields,
  UserGroups,
]);

export const GetUserWithoutGroups = graphql(
  `query ScimUserWithoutGroups($id: ID!) { user(id: $id) { ...UserFields } }`,
  [UserFields],
);

export const ListUsers = graphql(
  `query ScimUsers(
    $filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor, $offset: Int,
    $withCursors: Boolean!
  ) {
    users(
      filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset
    ) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor @include(if: $withCursors)
        endCursor @include(if: $withCursors)
      }
      nodes { ...UserFields ...UserGroups }
    }
  }`,
  [UserFields, UserGroups],
);

export const ListUsersWithoutGroups = graphql(
  `query ScimUsersWithoutGroups(
    $filter: UserFilter, $orderBy: UserOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor, $offset: Int,
    $withCursors: Boolean!
  ) {
    users(
      filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset
    ) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor @include(if: $withCursors)
        endCursor @include(if: $withCursors)
      }
      nodes { ...UserFields }
    }
  }`,
  [UserFields],
);

export const CountUsers = graphql(
  `query ScimUserCount($filter: UserFilter) { users(filter: $filter, first: 1) { totalCount } }`,
);

/** Groups are not asked for: nobody belongs to one before the id is known. */
export const CreateUser = graphql(
  `mutation ScimCreateUser($input: CreateUserInput!) { createUser(input: $input) { user { ...UserFields } } }`,
  [UserFields],
);

export const UpdateUser = graphql(
  `mutation ScimUpdateUser($input: UpdateUserInput!) {
    updateUser(input: $input) { user { ...UserFields ...UserGroups } }
  }`,
  [UserFields, UserGroups],
);

export const UpdateUserWithoutGroups = graphql(
  `mutation ScimUpdateUserWithoutGroups($input: UpdateUserInput!) {
    updateUser(input: $input) { user { ...UserFields } }
  }`,
  [UserFields],
);

export const DeprovisionUser = graphql(
  `mutation ScimDeprovisionUser($input: DeprovisionUserInput!) { deprovisionUser(input: $input) { changed } }`,
);

// No resource is shown in the answer to a bulk request, so an id is all that is asked for.

export const CreateUsers = graphql(
  `mutation ScimCreateUsers($input: CreateUsersInput!) {
    createUsers(input: $input) { results { user { id } error { code message field conflictingId } } }
  }`,
);

export const DeprovisionUsers = graphql(
  `mutation ScimDeprovisionUsers($input: DeprovisionUsersInput!) {
    deprovisionUsers(input: $input) { results { user { id } error { code message field conflictingId } } }
  }`,
);

export const userDocuments = [
  GetUser,
  GetUserWithoutGroups,
  ListUsers,
  ListUsersWithoutGroups,
  CountUsers,
  CreateUser,
  UpdateUser,
  UpdateUserWithoutGroups,
  DeprovisionUser,
  CreateUsers,
  DeprovisionUsers,
];

/** A user as the documents give it; without `teams` when groups were not asked for. */
export type UserResult = ResultOf<typeof UserFields> & Partial<ResultOf<typeof UserGroups>>;
