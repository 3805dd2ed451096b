import { graphql, type ResultOf } from '../graphql/graphql.ts';

/** What a person's row, card and badge show; refetched whenever an event touches the person. */
export const personFields = graphql(`
  fragment PersonFields on User {
    __typename
    id
    userName
    displayName
    name { formatted givenName familyName }
    title
    department
    status
    updatedAt
    reportCount
    manager { __typename id displayName userName }
  }
`);

/** What a team's row shows; refetched whenever an event touches the team. */
export const teamFields = graphql(`
  fragment TeamFields on Team {
    __typename
    id
    displayName
    origin
    memberCount
    updatedAt
    connection { __typename id name provider }
    parent { __typename id displayName }
    lead { __typename id displayName userName }
  }
`);

export type Person = ResultOf<typeof personFields>;
export type TeamSummary = ResultOf<typeof teamFields>;
