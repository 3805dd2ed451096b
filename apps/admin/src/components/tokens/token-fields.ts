import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';

/** What everybody may see of a token that acts for them. */
export const tokenSummary = graphql(`
  fragment TokenSummary on Token {
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
    createdBy { kind id name }
  }
`);

/** What is shown of a token to whoever may see the account's. */
export const tokenFields = graphql(
  `
  fragment TokenFields on Token {
    ...TokenSummary
    connection { __typename id name provider }
  }
`,
  [tokenSummary],
);

export type TokenSummary = ResultOf<typeof tokenSummary>;
export type Token = ResultOf<typeof tokenFields>;
