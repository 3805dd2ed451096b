'use client';
import { skipToken, useQuery } from '@apollo/client/react';
import { roleSummary } from '@/components/roles/role-fields.ts';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { personFields } from '@/lib/live/entity-fragments.ts';

const testQuery = graphql(
  `
  query SignInTest($id: ID!) {
    signInTest(id: $id) {
      id
      checks { name passed }
      problem
      subject
      claims { name value }
      groups
      groupsProblem
      foundBy
      creates
      createdAt
      expiresAt
      user { ...PersonFields }
      roles { ...RoleSummary }
      ssoRoles { group outcome role { __typename id name } }
    }
  }
`,
  [personFields, roleSummary],
);

export type SignInTest = NonNullable<ResultOf<typeof testQuery>['signInTest']>;

/** What a test came to that one began oneself; null once its time is over. */
export function useSignInTest(id: string | null) {
  const { data, error } = useQuery(
    testQuery,
    id === null ? skipToken : { variables: { id }, fetchPolicy: 'no-cache' },
  );
  return { test: data?.signInTest, error };
}
