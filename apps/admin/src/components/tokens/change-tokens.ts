'use client';
import { useMutation } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';
import { tokenSummary } from './token-fields.ts';

const issueTokenMutation = graphql(
  `
  mutation IssueToken($input: IssueTokenInput!) {
    issueToken(input: $input) { secret token { ...TokenSummary } }
  }
`,
  [tokenSummary],
);

const issueOwnTokenMutation = graphql(
  `
  mutation IssueOwnToken($input: IssueOwnTokenInput!) {
    issueToken: issueOwnToken(input: $input) { secret token { ...TokenSummary } }
  }
`,
  [tokenSummary],
);

const revokeTokenMutation = graphql(
  `
  mutation RevokeToken($input: RevokeTokenInput!) {
    revokeToken(input: $input) { token { ...TokenSummary } }
  }
`,
  [tokenSummary],
);

/** What lists tokens, as far as it is on the screen. */
const lists = ['Tokens', 'Profile'];

// The secret must not stay in memory: the answer does not go into the cache.
export const useIssueToken = () =>
  useMutation(issueTokenMutation, { fetchPolicy: 'no-cache', refetchQueries: lists });

export const useIssueOwnToken = () =>
  useMutation(issueOwnTokenMutation, { fetchPolicy: 'no-cache', refetchQueries: lists });

export const useRevokeToken = () => useMutation(revokeTokenMutation, { refetchQueries: lists });
