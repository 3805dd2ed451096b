'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const streamFields = graphql(`
  fragment SignalStreamFields on SignInConnection {
    __typename
    id
    signalsUri
    signalStream {
      issuer
      audience
      delivery
      pollUrl
      lastFour
      overlapEndsAt
      lastReceivedAt
      verifiedAt
      problem
      createdAt
    }
  }
`);

const streamQuery = graphql(
  `
  query SignalStream($id: ID!) { signInConnection(id: $id) { ...SignalStreamFields } }
`,
  [streamFields],
);

const setMutation = graphql(
  `
  mutation SetSignalStream($input: SetSignalStreamInput!) {
    setSignalStream(input: $input) { secret signInConnection { ...SignalStreamFields } }
  }
`,
  [streamFields],
);

const rotateMutation = graphql(
  `
  mutation RotateSignalToken($input: RotateSignalTokenInput!) {
    rotateSignalToken(input: $input) { secret signInConnection { ...SignalStreamFields } }
  }
`,
  [streamFields],
);

const deleteMutation = graphql(
  `
  mutation DeleteSignalStream($input: DeleteSignalStreamInput!) {
    deleteSignalStream(input: $input) { signInConnection { ...SignalStreamFields } }
  }
`,
  [streamFields],
);

export type StreamOfConnection = ResultOf<typeof streamFields>;
export type Stream = NonNullable<StreamOfConnection['signalStream']>;

/** The stream of security events of a sign-in connection, kept current. */
export function useSignalStream(id: string) {
  const { data, error, refetch } = useQuery(streamQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, ({ subject }) => subject.id === id);
  return { connection: data?.signInConnection, error, refetch };
}

// Secrets must not stay in memory: these answers don't go into the cache.
const secretly = { fetchPolicy: 'no-cache', refetchQueries: ['SignalStream'] } as const;
export const useSetSignalStream = () =>
  useMutation(setMutation, { ...secretly, refetchQueries: [...secretly.refetchQueries] });
export const useRotateSignalToken = () =>
  useMutation(rotateMutation, { ...secretly, refetchQueries: [...secretly.refetchQueries] });
export const useDeleteSignalStream = () => useMutation(deleteMutation);
