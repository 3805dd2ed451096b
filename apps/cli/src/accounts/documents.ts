import { graphql } from '@rollcall/graphql-client';

export const CreateAccount = graphql(`
  mutation CreateAccount($input: CreateAccountInput!) {
    createAccount(input: $input) {
      account {
        id
        scimUrl
        graphqlUrl
      }
      adminPassword
    }
  }
`);

export const ListAccounts = graphql(`
  query ListAccounts($first: Int!, $after: Cursor) {
    accounts(first: $first, after: $after) {
      nodes {
        id
        name
        region
        scimUrl
        graphqlUrl
        createdAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
