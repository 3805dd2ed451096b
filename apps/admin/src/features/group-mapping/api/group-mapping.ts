'use client';
import { useMutation, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useState } from 'react';
import { roleSummary } from '@/components/roles/role-fields.ts';
import type { PageVariables } from '@/components/ui/page-turner.tsx';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { teamFields } from '@/lib/live/entity-fragments.ts';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { changesRoles } from '@/lib/live/touched.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const optionsQuery = graphql(
  `
  query MappingOptions {
    connections(first: 100) { nodes { __typename id name provider } }
    roles(first: 500) { nodes { ...RoleSummary } }
  }
`,
  [roleSummary],
);

const groupsQuery = graphql(
  `
  query MappedTeams($filter: TeamFilter, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
    teams(
      filter: $filter, orderBy: { field: DISPLAY_NAME, direction: ASC }
      first: $first, after: $after, last: $last, before: $before
    ) {
      nodes { ...TeamFields }
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`,
  [teamFields],
);

const mappingsQuery = graphql(
  `
  query GroupMappings($connectionId: ID!, $after: Cursor) {
    roleMappings(first: 500, after: $after, filter: { connectionId: $connectionId }) {
      nodes {
        __typename
        id
        createdAt
        createdBy { kind id name }
        role { ...RoleSummary }
        group { name pushed team { __typename id } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [roleSummary],
);

const setGroupRolesMutation = graphql(`
  mutation SetGroupRoles($input: SetGroupRolesInput!) { setGroupRoles(input: $input) { changed } }
`);

export type Mapping = ResultOf<typeof mappingsQuery>['roleMappings']['nodes'][number];
export type MappableTeam = ResultOf<typeof groupsQuery>['teams']['nodes'][number];
export type MappingConnection = ResultOf<typeof optionsQuery>['connections']['nodes'][number];

/** The connections that push groups, and the roles that groups can give. */
export function useMappingOptions() {
  return useQuery(optionsQuery, { fetchPolicy: 'cache-and-network' });
}

const groupEvents: readonly FeedEvent['type'][] = ['TEAM_CREATED', 'TEAM_UPDATED', 'TEAM_DELETED'];

/** A page of the groups that a connection has pushed; the old rows stay while the new ones come. */
export function usePushedGroups(connectionId: string, search: string, page: PageVariables) {
  const filter = {
    connectionId: { equals: connectionId },
    origin: 'DIRECTORY' as const,
    ...(search && { search }),
  };
  const { data, previousData, loading, error, refetch } = useQuery(groupsQuery, {
    variables: { filter, ...page },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(refetch, ({ type }) => groupEvents.includes(type));
  const groups = (data ?? previousData)?.teams;
  return { groups, stale: loading && !data && groups !== undefined, error, refetch };
}

/** Every mapping of a connection, once all pages are here; read again when roles or their groups change. */
export function useMappings(connectionId: string) {
  const {
    data,
    loading,
    error,
    refetch: readAgain,
    fetchMore,
  } = useQuery(mappingsQuery, {
    variables: { connectionId },
    fetchPolicy: 'cache-and-network',
  });
  const [brokenOff, setBrokenOff] = useState<Error>();
  const refetch = useCallback(() => {
    setBrokenOff(undefined);
    return readAgain();
  }, [readAgain]);
  useLiveRefetch(refetch, (event) => changesRoles(event) || groupEvents.includes(event.type));
  const { hasNextPage, endCursor } = data?.roleMappings.pageInfo ?? {};
  useEffect(() => {
    if (!hasNextPage || loading || brokenOff) return;
    fetchMore({
      variables: { after: endCursor },
      updateQuery: ({ roleMappings: { nodes } }, { fetchMoreResult: { roleMappings: next } }) => ({
        roleMappings: { ...next, nodes: [...nodes, ...next.nodes] },
      }),
    }).catch(setBrokenOff);
  }, [hasNextPage, endCursor, loading, brokenOff, fetchMore]);
  // Whoever changes a group sees all of its roles first.
  return { mappings: hasNextPage ? undefined : data?.roleMappings.nodes, error: error ?? brokenOff, refetch };
}

export const useSetGroupRoles = () =>
  useMutation(setGroupRolesMutation, { refetchQueries: ['GroupMappings', 'MappedTeams', 'GroupRolesJobs'] });
