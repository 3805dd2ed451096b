import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { type Core, errorCodes, type RequestContext } from '@rollcall/core';
import type { FastifyInstance } from 'fastify';
import { GraphQLError, type GraphQLFormattedError, type ValidationRule } from 'graphql';
import type { RateLimiter } from '../rate-limits/rate-limiter.ts';
import { noteFailedSignIns, refusalOf } from './admit-operation.ts';
import { currentRequest } from './current-request.ts';
import { MAX_TOKENS } from './limits.ts';

/** What Apollo serves, and within which limits. */
export interface ApolloOptions {
  readonly core: Core;
  readonly limiter: RateLimiter;
  readonly validationRules: ValidationRule[];
}

/** Apollo for clients that come over HTTP; the same schema and resolvers serve the SCIM adapter inside the process. */
export function createApollo(
  app: FastifyInstance,
  { core, limiter, validationRules }: ApolloOptions,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema: core.schema,
    validationRules,
    parseOptions: { maxTokens: MAX_TOKENS },
    introspection: true,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    formatError(formatted, error) {
      const requestId = currentRequest.getStore()?.id;
      const shown = toContract(withOwnCode(formatted, error), requestId);
      if (shown.extensions?.code === 'INTERNAL' && formatted.extensions?.code !== 'INTERNAL') {
        app.log.error({ err: unwrapResolverError(error), requestId }, 'GraphQL failed');
      }
      return shown;
    },
    stopOnTerminationSignals: false,
    plugins: [
      // Instruments every field, for a header that answers of this API never carry.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      showRehearsal,
      keepLimits(core, limiter),
    ],
  });
}

/** Tells with a rehearsal's answer the events that it would have written. */
const showRehearsal: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ contextValue, response }) {
        if (contextValue.rehearsal && response.body.kind === 'single') {
          response.body.singleResult.extensions = { rehearsal: { events: contextValue.rehearsed } };
        }
      },
    };
  },
};

/** Refuses what may not be executed as often or at such cost, once its variables are known. */
const keepLimits = ({ schema }: Core, limiter: RateLimiter): ApolloServerPlugin<RequestContext> => ({
  async requestDidStart() {
    return {
      async didResolveOperation({ document, operation, request: { variables = {} }, response: { http } }) {
        const request = currentRequest.getStore();
        if (operation === undefined || request === undefined) return;
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

/** Apollo gives every refusal of a document the same code; a limit's own is in the error beneath. */
function withOwnCode(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const beneath = error instanceof GraphQLError ? error.originalError : undefined;
  if (!(beneath instanceof GraphQLError) || !isContractCode(beneath.extensions.code)) return formatted;
  return { ...formatted, extensions: { ...beneath.extensions } };
}

const isContractCode = (code: unknown): boolean =>
  typeof code === 'string' && Object.hasOwn(errorCodes, code);

/** Errors of the resolvers as they are; those of the document, its variables or its transport as INVALID_INPUT. */
export function toContract(error: GraphQLFormattedError, requestId?: string): GraphQLFormattedError {
  const { message, locations, path, extensions } = error;
  if (isContractCode(extensions?.code)) return { ...error, extensions: { requestId, ...extensions } };
  const masked = extensions?.code === 'INTERNAL_SERVER_ERROR';
  return {
    message: masked
      ? 'Something went wrong on our side. Try again; if it stays, tell us the request id.'
      : message,
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
    extensions: { code: masked ? 'INTERNAL' : 'INVALID_INPUT', requestId },
  };
}
