import { graphql, type ResultOf } from '@rollcall/graphql-client';

/** Everything that a SCIM Group shows but its members, of which there may be very many. */
export const TeamFields = graphql(`
  fragment TeamFields on Team {
    id
    displayName
    externalId
    origin
    version
    createdAt
    updatedAt
  }
`);

const TeamMembers = graphql(`
  fragment TeamMembers on Team {
    memberReferences { id displayName type }
  }
`);

export const GetTeam = graphql(
  `query ScimGroup($id: ID!) { team(id: $id) { ...TeamFields ...TeamMembers } }`,
  [TeamFields, TeamMembers],
);

export const GetTeamWithoutMembers = graphql(
  `query ScimGroupWithoutMembers($id: ID!) { team(id: $id) { ...TeamFields } }`,
  [TeamFields],
);

export const ListTeams = graphql(
  `query ScimGroups(
    $filter: TeamFilter, $orderBy: TeamOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor, $offset: Int,
    $withCursors: Boolean!
  ) {
    teams(
      filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset
    ) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor @include(if: $withCursors)
        endCursor @include(if: $withCursors)
      }
      nodes { ...TeamFields ...TeamMembers }
    }
  }`,
  [TeamFields, TeamMembers],
);

export const ListTeamsWithoutMembers = graphql(
  `query ScimGroupsWithoutMembers(
    $filter: TeamFilter, $orderBy: TeamOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor, $offset: Int,
    $withCursors: Boolean!
  ) {
    teams(
      filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before, offset: $offset
    ) {
      totalCount
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor @include(if: $withCursors)
        endCursor @include(if: $withCursors)
      }
      nodes { ...TeamFields }
    }
  }`,
  [TeamFields],
);

export const CountTeams = graphql(
  `query ScimGroupCount($filter: TeamFilter) { teams(filter: $filter, first: 1) { totalCount } }`,
);

export const CreateTeam = graphql(
  `mutation ScimCreateGroup($input: CreateTeamInput!) {
    createTeam(input: $input) { team { ...TeamFields ...TeamMembers } }
  }`,
  [TeamFields, TeamMembers],
);

export const CreateTeamWithoutMembers = graphql(
  `mutation ScimCreateGroupWithoutMembers($input: CreateTeamInput!) {
    createTeam(input: $input) { team { ...TeamFields } }
  }`,
  [TeamFields],
);

export const UpdateTeam = graphql(
  `mutation ScimUpdateGroup($input: UpdateTeamInput!) {
    updateTeam(input: $input) { team { ...TeamFields ...TeamMembers } }
  }`,
  [TeamFields, TeamMembers],
);

export const UpdateTeamWithoutMembers = graphql(
  `mutation ScimUpdateGroupWithoutMembers($input: UpdateTeamInput!) {
    updateTeam(input: $input) { team { ...TeamFields } }
  }`,
  [TeamFields],
);

export const DeleteTeam = graphql(
  `mutation ScimDeleteGroup($input: DeleteTeamInput!) { deleteTeam(input: $input) { deletedTeamId } }`,
);

// No resource is shown in the answer to a bulk request, so an id is all that is asked for.

export const CreateTeams = graphql(
  `mutation ScimCreateGroups($input: CreateTeamsInput!) {
    createTeams(input: $input) { results { team { id } error { code message field conflictingId } } }
  }`,
);

export const ChangeTeamMembers = graphql(
  `mutation ScimChangeMembers($input: ChangeTeamMembersInput!) {
    changeTeamMembers(input: $input) { results { team { id } error { code message field conflictingId } } }
  }`,
);

export const DeleteTeams = graphql(
  `mutation ScimDeleteGroups($input: DeleteTeamsInput!) {
    deleteTeams(input: $input) { results { deletedTeamId error { code message field conflictingId } } }
  }`,
);

export const teamDocuments = [
  GetTeam,
  GetTeamWithoutMembers,
  ListTeams,
  ListTeamsWithoutMembers,
  CountTeams,
  CreateTeam,
  CreateTeamWithoutMembers,
  UpdateTeam,
  UpdateTeamWithoutMembers,
  DeleteTeam,
  CreateTeams,
  ChangeTeamMembers,
  DeleteTeams,
];

/** A team as the documents give it; without `memberReferences` when members were not asked for. */
export type TeamResult = ResultOf<typeof TeamFields> & Partial<ResultOf<typeof TeamMembers>>;
