import { graphql, type ResultOf } from '@rollcall/graphql-client';

const TokenFields = graphql(`
  fragment TokenFields on Token {
    id
    name
    kind
    status
    permissions {
      id
    }
    connection {
      id
    }
    prefix
    lastFour
    createdAt
    expiresAt
    lastUsedAt
    revokedAt
    overlapEndsAt
  }
`);

export type TokenFields = ResultOf<typeof TokenFields>;

export const IssueToken = graphql(
  `
    mutation IssueToken($input: IssueTokenInput!) {
      issueToken(input: $input) {
        secret
        token {
          ...TokenFields
        }
      }
    }
  `,
  [TokenFields],
);

export const RotateToken = graphql(
  `
    mutation RotateToken($input: RotateTokenInput!) {
      rotateToken(input: $input) {
        secret
        token {
          ...TokenFields
        }
      }
    }
  `,
  [TokenFields],
);

export const RevokeToken = graphql(
  `
    mutation RevokeToken($input: RevokeTokenInput!) {
      revokeToken(input: $input) {
        token {
          ...TokenFields
        }
      }
    }
  `,
  [TokenFields],
);

export const ListTokens = graphql(
  `
    query ListTokens($first: Int!, $after: Cursor) {
      tokens(first: $first, after: $after) {
        nodes {
          ...TokenFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [TokenFields],
);
