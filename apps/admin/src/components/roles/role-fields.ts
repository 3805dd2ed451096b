import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';

/** What is shown of a role wherever one is chosen. */
export const roleSummary = graphql(`
  fragment RoleSummary on Role {
    __typename
    id
    name
    description
    builtIn
    exclusive
  }
`);

/** Why somebody has a role: the grant, and what is behind it where a group or the word of an identity provider gives it. */
export const grantFields = graphql(`
  fragment GrantFields on RoleGrant {
    source
    grantedAt
    requestId
    endsWhen
    grantedBy { kind id name }
    said { value display }
    connection { __typename id name provider }
    signIn { signInConnectionId signInConnectionName group }
    mapping {
      __typename
      id
      createdAt
      createdBy { kind id name }
      group { name team { __typename id } }
      connection { __typename id name provider }
    }
  }
`);

/** A role that counts for somebody, with every reason. */
export const effectiveRoleFields = graphql(
  `
  fragment EffectiveRoleFields on EffectiveRole {
    role { ...RoleSummary }
    because { ...GrantFields }
  }
`,
  [roleSummary, grantFields],
);

export type RoleChoice = ResultOf<typeof roleSummary>;
export type Grant = ResultOf<typeof grantFields>;
export type EffectiveRole = ResultOf<typeof effectiveRoleFields>;
