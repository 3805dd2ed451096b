'use client';
import type { TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { type RehearsedEvent, rehearsedEvents, rehearsing } from '@/lib/live/rehearsal.ts';

const standingFields = graphql(`
  fragment StandingFields on User {
    __typename
    id
    status
    reportCount
    teams { __typename id displayName }
    roles { role { __typename id name permissions { __typename id title } } }
    sessions { __typename id }
    tokens { __typename id name }
  }
`);

const standingQuery = graphql(
  `
  query Standing($id: ID!) { user(id: $id) { ...StandingFields } }
`,
  [standingFields],
);

/** The teams, roles, sessions and tokens of a person; of sessions and tokens there is none to see for whoever may not. */
export type Standing = ResultOf<typeof standingFields>;

/** A mutation that answers, as `outcome`, how the person stands after it. */
export type StandingMutation<Input> = TypedDocumentNode<{ outcome: { user: Standing } }, { input: Input }>;

const rehearseUpdate = graphql(
  `
  mutation RehearseUpdateUser($input: UpdateUserInput!) {
    outcome: updateUser(input: $input) { user { ...StandingFields } }
  }
`,
  [standingFields],
);

const rehearseRevocation = graphql(
  `
  mutation RehearseRevokeRole($input: RoleGrantInput!) {
    outcome: revokeRole(input: $input) { user { ...StandingFields } }
  }
`,
  [standingFields],
);

/** How somebody stands, how they would stand after a change, and what it would log. */
export interface Rehearsal {
  readonly before: Standing;
  readonly after: Standing;
  readonly events: readonly RehearsedEvent[];
}

/** Has a change of a person rehearsed when it is shown; it is what the server would do, or why it would refuse. */
function useRehearsed<Input>(id: string, mutation: StandingMutation<Input>, input: Input) {
  const client = useApolloClient();
  const [rehearsal, setRehearsal] = useState<Rehearsal>();
  const [refusal, setRefusal] = useState<unknown>();
  const variables = JSON.stringify(input);
  useEffect(() => {
    let shown = true;
    const rehearse = async () => {
      // Whoever may not see sessions or tokens is answered all the rest.
      const errorPolicy = 'all';
      const [{ data: now }, { data, error, extensions }] = await Promise.all([
        client.query({ query: standingQuery, variables: { id }, fetchPolicy: 'no-cache', errorPolicy }),
        client.mutate({ mutation, variables: { input: JSON.parse(variables) }, errorPolicy, ...rehearsing }),
      ]);
      if (!shown) return;
      const after = data?.outcome?.user;
      if (!now?.user || !after) return setRefusal(error ?? new Error('There is no such person any more.'));
      setRehearsal({ before: now.user, after, events: rehearsedEvents(extensions) ?? [] });
    };
    rehearse().catch((error: unknown) => shown && setRefusal(error));
    return () => {
      shown = false;
    };
  }, [client, id, mutation, variables]);
  return { rehearsal, refusal };
}

/** What switching a person on or off would come to. */
export const useRehearsedStatus = (id: string, active: boolean) =>
  useRehearsed(id, rehearseUpdate, { id, active });

/** What taking a role that was given by hand would come to. */
export const useRehearsedRevocation = (userId: string, roleId: string) =>
  useRehearsed(userId, rehearseRevocation, { userId, roleId });
