import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';

/** What is shown of a token. */
export const tokenFields = graphql(`
  fragment TokenFields on Token {
    __typename
    id
    name
    kind
    status
    prefix
    lastFour
    createdAt
    expiresAt
    expiresSoon
    lastUsedAt
    revokedAt
    overlapEndsAt
    permissions { __typename id title }
    connection { __typename id name provider }
    createdBy { kind id name }
  }
`);

export type Token = ResultOf<typeof tokenFields>;
