import type { ApolloServer } from '@apollo/server';
import type { Core, RequestContext } from '@rollcall/core';
import type { ValidationRule } from 'graphql';

/** What `/graphql` is served with. */
export interface GraphQLRouteOptions {
  readonly core: Core;
  readonly apollo: ApolloServer<RequestContext>;
  readonly validationRules: ValidationRule[];
  /** Origins, besides the server's own, whose pages may open a WebSocket with a person's cookie. */
  readonly allowedOrigins: readonly string[];
}
