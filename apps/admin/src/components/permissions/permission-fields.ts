import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';

/** What is shown of something that can be allowed. */
export const permissionFields = graphql(`
  fragment PermissionFields on Permission {
    __typename
    id
    title
    description
  }
`);

export type Permission = ResultOf<typeof permissionFields>;
