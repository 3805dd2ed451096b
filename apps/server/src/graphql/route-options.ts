import type { ApolloServer } from '@apollo/server';
import type { Core, RequestContext } from '@rollcall/core';
import type { ValidationRule } from 'graphql';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import type { Schedule } from '../scheduling/schedule-requests.ts';
import type { ContractAnswers } from './contract-questions.ts';

/** What `/graphql` is served with. */
export interface GraphQLRouteOptions {
  readonly core: Core;
  readonly apollo: ApolloServer<RequestContext>;
  readonly limiter: RateLimiter;
  /** Lets a request begin when it is its turn. */
  readonly schedule: Schedule;
  /** Authenticates a request. */
  readonly createContext: Core['createContext'];
  readonly validationRules: ValidationRule[];
  /** Makes the answers about the contract. */
  readonly contractAnswers: ContractAnswers;
  /** Origins, besides the server's own, whose pages may open a WebSocket with a person's cookie. */
  readonly allowedOrigins: readonly string[];
}
