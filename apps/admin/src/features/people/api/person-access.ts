'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';

const powersQuery = graphql(`
  query PersonAccessPowers {
    viewer { user { __typename id } permissions { __typename id } }
    features { mail }
  }
`);

const sessionsQuery = graphql(`
  query PersonSessions($id: ID!) {
    user(id: $id) { __typename id sessions { __typename id device address lastUsedAt } }
  }
`);

const sendResetMutation = graphql(`
  mutation SendPasswordReset($input: SendPasswordResetInput!) {
    sendPasswordReset(input: $input) { address }
  }
`);

const endSessionsMutation = graphql(`
  mutation EndSessionsOf($input: EndSessionsInput!) {
    endSessions(input: $input) { endedSessionIds }
  }
`);

const changeStatusMutation = graphql(`
  mutation ChangeStatus($input: UpdateUserInput!) {
    updateUser(input: $input) { user { __typename id status } }
  }
`);

/** What whoever looks may do about how people sign in. */
export function useAccessPowers() {
  const { data } = useQuery(powersQuery);
  const may = (permission: string) => data?.viewer.permissions.some(({ id }) => id === permission) ?? false;
  return {
    ownId: data?.viewer.user?.id,
    writesUsers: may('users:write'),
    readsSignIn: may('sign-in:read'),
    writesSignIn: may('sign-in:write'),
    sendsMail: data?.features.mail ?? false,
  };
}

/** Where a person is signed in, as of now. */
export function useSessionsOf(id: string) {
  const { data, loading, error } = useQuery(sessionsQuery, {
    variables: { id },
    fetchPolicy: 'network-only',
  });
  return { sessions: data?.user?.sessions, loading, error };
}

export const useSendReset = () => useMutation(sendResetMutation);
export const useEndSessionsOf = () => useMutation(endSessionsMutation);
export const useChangeStatus = () => useMutation(changeStatusMutation);
