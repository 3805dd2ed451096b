'use client';
import type { TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import type { RehearsedEvent } from '@/lib/live/rehearsal.ts';
import { useRehearsedMutation } from '@/lib/live/use-rehearsed-mutation.ts';

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

/** What a mutation answers that says, as `outcome`, how the person stands after it. */
interface Outcome {
  readonly outcome: { readonly user: Standing };
}

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

const rehearseGrant = graphql(
  `
  mutation RehearseGrantRole($input: RoleGrantInput!) {
    outcome: grantRole(input: $input) { user { ...StandingFields } }
  }
`,
  [standingFields],
);

/** How somebody stands, how they would stand after a change, and what it would log. */
export interface RehearsedStanding {
  readonly before: Standing;
  readonly after: Standing;
  readonly events: readonly RehearsedEvent[];
}

/** Has a change of a person rehearsed when it is shown; it is what the server would do, or why it would refuse. */
function useRehearsedChange<Input>(
  id: string,
  mutation: TypedDocumentNode<Outcome, { input: Input }>,
  input: NoInfer<Input> | undefined,
): {
  readonly rehearsal: RehearsedStanding | undefined;
  readonly refusal: unknown;
  readonly waiting: boolean;
} {
  const { rehearsal, refusal, waiting } = useRehearsedMutation(mutation, input);
  const now = useQuery(standingQuery, {
    variables: { id },
    fetchPolicy: 'no-cache',
    // Whoever may not see sessions or tokens is answered all the rest.
    errorPolicy: 'all',
  });
  const before = now.data?.user;
  if (!now.loading && !before)
    return {
      rehearsal: undefined,
      refusal: now.error ?? new Error('There is no such person any more.'),
      waiting,
    };
  if (!before || !rehearsal) return { rehearsal: undefined, refusal, waiting };
  const { data, events = [] } = rehearsal;
  return { rehearsal: { before, after: data.outcome.user, events }, refusal, waiting };
}

/** What switching a person on or off would come to. */
export const useRehearsedStatus = (id: string, active: boolean) =>
  useRehearsedChange(id, rehearseUpdate, { id, active });

/** What taking a role that was given by hand would come to. */
export const useRehearsedRevocation = (userId: string, roleId: string) =>
  useRehearsedChange(userId, rehearseRevocation, { userId, roleId });

/** What giving a role by hand would come to; nothing until one is chosen. */
export const useRehearsedGrant = (userId: string, roleId: string | null) =>
  useRehearsedChange(userId, rehearseGrant, roleId === null ? undefined : { userId, roleId });
