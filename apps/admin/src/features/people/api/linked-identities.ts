'use client';
import { skipToken, useMutation, useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const identitiesQuery = graphql(`
  query LinkedIdentities($userId: ID!, $after: Cursor) {
    identityLinks(filter: { userId: $userId }, first: 20, after: $after) {
      nodes {
        __typename
        id
        subject
        createdAt
        lastUsedAt
        signInConnection { __typename id name }
      }
      totalCount
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const choicesQuery = graphql(`
  query SignInConnectionChoices { signInConnections(first: 500) { nodes { __typename id name } } }
`);

const linkMutation = graphql(`
  mutation LinkIdentity($input: LinkIdentityInput!) {
    linkIdentity(input: $input) { changed identityLink { __typename id } }
  }
`);

const unlinkMutation = graphql(`
  mutation UnlinkIdentity($input: UnlinkIdentityInput!) {
    unlinkIdentity(input: $input) { unlinkedId }
  }
`);

export type LinkedIdentity = ResultOf<typeof identitiesQuery>['identityLinks']['nodes'][number];

/** As whom identity providers know a person, a page at a time; undefined while `userId` is. */
export function useLinkedIdentities(userId: string | undefined) {
  const { data, loading, error, refetch, fetchMore } = useQuery(
    identitiesQuery,
    userId === undefined ? skipToken : { variables: { userId }, fetchPolicy: 'cache-and-network' },
  );
  useLiveRefetch(
    refetch,
    ({ type, subject }) =>
      subject.id === userId && (type.startsWith('IDENTITY_') || type === 'USER_SIGNED_IN'),
  );
  const links = data?.identityLinks;
  const loadMore = () =>
    fetchMore({
      variables: { after: links?.pageInfo.endCursor },
      updateQuery: ({ identityLinks }, { fetchMoreResult: { identityLinks: next } }) => ({
        identityLinks: { ...next, nodes: [...identityLinks.nodes, ...next.nodes] },
      }),
    }).catch(() => {});
  return { links, loading, error, loadMore };
}

/** The sign-in connections by which somebody can be linked. */
export function useSignInConnectionChoices() {
  return useQuery(choicesQuery, { fetchPolicy: 'cache-and-network' }).data?.signInConnections.nodes;
}

export const useLinkIdentity = () => useMutation(linkMutation, { refetchQueries: ['LinkedIdentities'] });
export const useUnlinkIdentity = () => useMutation(unlinkMutation, { refetchQueries: ['LinkedIdentities'] });
