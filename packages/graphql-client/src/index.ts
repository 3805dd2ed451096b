export type { GraphQLCaller, GraphQLClient, GraphQLRequestHeaders } from './client.ts';
export {
  type ErrorCode,
  type FragmentOf,
  graphql,
  type ResultOf,
  readFragment,
  type SchemaType,
  type TadaDocumentNode,
  type VariablesOf,
} from './graphql.ts';
export { hangUpOf } from './hang-up.ts';
export { createHttpClient, type HttpClientOptions, type HttpGraphQLClient } from './http-client.ts';
export { createInProcessClient, type InProcessClientOptions } from './in-process-client.ts';
export { type GraphQLErrorFacts, GraphQLRequestError } from './request-error.ts';
