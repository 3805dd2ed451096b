import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema-env.d.ts';

/** Types a GraphQL document from `schema.graphql`, the only thing the admin knows of the server. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Cursor: string; DateTime: string; JSON: unknown; ID: string };
}>();

export type { ResultOf, VariablesOf } from 'gql.tada';
