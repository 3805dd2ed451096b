import { graphql } from '@rollcall/graphql-client';

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

export const bulkDocuments = [CreateUsers, DeprovisionUsers, CreateTeams, ChangeTeamMembers, DeleteTeams];
