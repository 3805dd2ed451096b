import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { Core, RequestContext } from '@rollcall/core';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, type ValidationRule } from 'graphql';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { noteFailedSignIns, refusalOf } from './admit-operation.ts';
import { toContract } from './contract-error.ts';
import {
  asksForContract,
  type ContractAnswers,
  contractIsForKnown,
  withoutSuggestions,
} from './contract-questions.ts';
import { currentRequest, isAnonymous } from './current-request.ts';
import { MAX_TOKENS } from './limits.ts';

/** What Apollo serves, and within which limits. */
export interface ApolloOptions {
  readonly core: Core;
  readonly limiter: RateLimiter;
  readonly validationRules: ValidationRule[];
  /** Makes the answers about the contract. */
  readonly contractAnswers: ContractAnswers;
  /** May those without a credential read the contract? */
  readonly publicIntrospection: boolean;
}

/** Apollo for clients that come over HTTP; the same schema and resolvers serve the SCIM adapter inside the process. */
export function createApollo(app: FastifyInstance, options: ApolloOptions): ApolloServer<RequestContext> {
  const { core, limiter, validationRules, publicIntrospection } = options;
  return new ApolloServer<RequestContext>({
    schema: core.schema,
    validationRules,
    parseOptions: { maxTokens: MAX_TOKENS },
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    formatError(formatted, error) {
      const request = currentRequest.getStore();
      const shown = toContract(formatted, error, { log: app.log, requestId: request?.id });
      return publicIntrospection || !isAnonymous(request)
        ? shown
        : { ...shown, message: withoutSuggestions(shown.message) };
    },
    stopOnTerminationSignals: false,
    plugins: [
      // Instruments every field, for a header that answers of this API never carry.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      showRehearsal,
      keepLimits(core, limiter),
      keepContract(core, options),
    ],
  });
}

/** Tells with a rehearsal's answer which events it would have written. */
const showRehearsal: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue, response }) {
        const { extensions } = contextValue;
        if (extensions !== undefined && response.body.kind === 'single')
          response.body.singleResult.extensions = { ...extensions };
      },
    };
  },
};

const needsWebSocket = () =>
  new GraphQLError(
    'A subscription comes over a WebSocket (protocol graphql-transport-ws) at this address. Open one, and send it there.',
    { extensions: { code: 'INVALID_INPUT', http: { status: 400 } } },
  );

/** Refuses what may not be executed as often or at such cost, once its variables are known. */
const keepLimits = ({ schema }: Core, limiter: RateLimiter): ApolloServerPlugin<RequestContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operation, request: { variables = {} }, response: { http } }) {
        const request = currentRequest.getStore();
        if (operation === undefined || request === undefined) return;
        if (operation.operation === 'subscription') throw needsWebSocket();
        const refusal = await refusalOf({ schema, document, operation, variables }, request, limiter);
        if (refusal === undefined) return;
        const { code, retryAfter } = refusal.extensions;
        http.status = code === 'RATE_LIMITED' ? 429 : 400;
        if (retryAfter !== undefined) http.headers.set('retry-after', String(retryAfter));
        throw refusal;
      },
      async didEncounterErrors({ errors }) {
        const request = currentRequest.getStore();
        if (request !== undefined) noteFailedSignIns(errors, request, limiter);
      },
    };
  },
});

/** Tells what the contract says of itself to those who may read it, from what was made for the first who asked. */
const keepContract = (
  { schema }: Core,
  { contractAnswers, publicIntrospection }: ApolloOptions,
): ApolloServerPlugin<RequestContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ document, contextValue: { viewer } }) {
        if (publicIntrospection || viewer.kind !== 'ANONYMOUS') return;
        if (asksForContract(document)) throw contractIsForKnown();
      },
      async responseForOperation({ document, operation, request: { variables = {} } }) {
        if (operation === undefined) return null;
        const answer = contractAnswers({ schema, document, operation, variables });
        if (answer === undefined) return null;
        const http = { status: undefined, headers: new HeaderMap() };
        return { http, body: { kind: 'single', singleResult: { data: answer.data } } };
      },
    };
  },
});
