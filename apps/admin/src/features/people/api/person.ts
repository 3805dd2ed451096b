'use client';
import { useQuery } from '@apollo/client/react';
import { effectiveRoleFields } from '@/components/roles/role-fields.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { personFields } from '@/lib/live/entity-fragments.ts';
import { eventFields } from '@/lib/live/event-fragment.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';

const personQuery = graphql(
  `
  query PersonPage($id: ID!, $after: Cursor) {
    user(id: $id) {
      ...PersonFields
      externalId
      managedBy { __typename id name }
      nickName
      profileUrl
      userType
      preferredLanguage
      locale
      timezone
      employeeNumber
      costCenter
      organization
      division
      managerReference
      createdAt
      emails { value display type primary }
      phoneNumbers { value display type primary }
      ims { value display type primary }
      addresses { formatted streetAddress locality region postalCode country type primary }
      entitlements { value display type primary }
      directoryRoles { value display type primary }
      teams { __typename id displayName origin memberCount }
      reports(first: 50) { nodes { __typename id displayName userName title } totalCount }
      roles { ...EffectiveRoleFields }
      events(first: 20, after: $after) {
        nodes { ...EventFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [personFields, effectiveRoleFields, eventFields],
);

export type PersonDetails = NonNullable<ResultOf<typeof personQuery>['user']>;

/** Everything about a person, read again when an event touches them. */
export function usePerson(id: string) {
  const { data, loading, error, refetch, fetchMore, networkStatus } = useQuery(personQuery, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
  });
  useLiveRefetch(
    refetch,
    ({ type, subject, related }) =>
      subject.id === id || related?.id === id || type === 'DEFAULT_ROLES_CHANGED',
  );
  const person = data?.user;
  const loadOlder = () =>
    fetchMore({
      variables: { after: person?.events.pageInfo.endCursor },
      updateQuery: (before, { fetchMoreResult }) => {
        if (!before.user || !fetchMoreResult.user) return before;
        const { nodes, pageInfo } = fetchMoreResult.user.events;
        const events = { ...before.user.events, nodes: [...before.user.events.nodes, ...nodes], pageInfo };
        return { ...before, user: { ...before.user, events } };
      },
    }).catch(() => {});
  return { person, missing: !loading && person === null, loading, error, refetch, loadOlder, networkStatus };
}
