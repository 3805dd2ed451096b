'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const policyQuery = graphql(`
  query SignInPolicy { account { __typename id signInPolicy { secondFactor stepUp } } }
`);

const updatePolicyMutation = graphql(`
  mutation UpdateSignInPolicy($input: UpdateSignInPolicyInput!) {
    updateSignInPolicy(input: $input) { policy { secondFactor stepUp } endedSessionIds }
  }
`);

export type SignInPolicy = ResultOf<typeof policyQuery>['account']['signInPolicy'];

/** What the account asks of people who sign in, kept current. */
export function useSignInPolicy() {
  const { data, error, refetch } = useQuery(policyQuery, { fetchPolicy: 'cache-and-network' });
  useLiveRefetch(refetch, ({ type }) => type === 'SIGN_IN_POLICY_UPDATED');
  return { policy: data?.account.signInPolicy, error, refetch };
}

export const useUpdateSignInPolicy = () =>
  useMutation(updatePolicyMutation, { refetchQueries: ['SignInPolicy'] });
