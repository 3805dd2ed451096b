import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema-env.d.ts';

/**
 * Writes a document against `schema.graphql`: its variables and its result are typed from the text itself.
 * Fragments are not masked, so a result can be read as one plain object.
 */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Cursor: string; DateTime: string; JSON: unknown };
}>();

/** The closed list of expected failures, as the schema has it. */
export type ErrorCode = ReturnType<typeof graphql.scalar<'ErrorCode'>>;

/** The TypeScript face of a named scalar, enum or input type of the schema. */
export type SchemaType<Name extends Parameters<typeof graphql.scalar>[0]> = ReturnType<
  typeof graphql.scalar<Name>
>;

export type { FragmentOf, ResultOf, TadaDocumentNode, VariablesOf } from 'gql.tada';
export { readFragment } from 'gql.tada';
