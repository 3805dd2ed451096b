import { GraphQLRequestError } from '@rollcall/graphql-client';
import { payloadTooLarge, ScimError, toErrorResponse } from '@rollcall/scim-protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { challenge } from './challenge.ts';
import { toScimError } from './error-mapping.ts';
import { TooManyValues, UnreadableBody } from './read-body.ts';
import { sendJson } from './send.ts';

/**
 * Makes the handler that answers whatever a handler throws with the RFC's error body (RFC 7644 §3.12). For what is refused
 * before the plugin is asked, such as an address that can't be decoded, a server calls it itself.
 */
export function errorAnswerer() {
  return (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const scimError = describeError(error, request);
    if (scimError.status === 401)
      reply.header('www-authenticate', challenge(request.headers.authorization, scimError.detail));
    const retryAfter = retryAfterOf(error, scimError);
    // RFC 6585 §4, RFC 9110 §15.6.4; whole seconds, since Okta reads nothing else.
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
    return sendJson(reply, scimError.status, JSON.stringify(toErrorResponse(scimError)));
  };
}

/** Seconds to wait where nobody said how many. */
const TRY_AGAIN_SECONDS = 5;

function retryAfterOf(error: unknown, { status }: ScimError): number | undefined {
  const said = error instanceof GraphQLRequestError ? error.facts.retryAfter : undefined;
  if (typeof said === 'number') return said;
  return status === 503 ? TRY_AGAIN_SECONDS : undefined;
}

/** Says any failure in SCIM's words; what nobody expected goes to the log, and only its request id to the client. */
export function describeError(error: unknown, request: FastifyRequest): ScimError {
  return asScimError(error, request) ?? masked(error, request);
}

function asScimError(error: unknown, request: FastifyRequest): ScimError | undefined {
  if (error instanceof ScimError) return error;
  if (error instanceof GraphQLRequestError) return toScimError(error);
  return refusedByServer(error, request);
}

/** The refusals of the HTTP server itself: a body that is too large, of an unknown kind, or cut short. */
function refusedByServer(error: unknown, { routeOptions }: FastifyRequest): ScimError | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  switch (error.statusCode) {
    case 413:
      if (error instanceof TooManyValues) return payloadTooLarge(error.message);
      return payloadTooLarge(
        `The request body is larger than ${routeOptions.bodyLimit} bytes${nameOfLimit(routeOptions.url)}. Split the request into smaller ones.`,
      );
    case 414:
      return new ScimError(414, undefined, 'The address is longer than any that exists here.');
    case 415:
      return new ScimError(
        415,
        undefined,
        error instanceof UnreadableBody
          ? error.message
          : 'Send the body with Content-Type application/scim+json.',
      );
    case 400:
      if (error instanceof UnreadableBody) return new ScimError(400, 'invalidSyntax', error.message);
      return new ScimError(400, 'invalidSyntax', 'The request could not be read as HTTP says it is.');
    case 421:
      return new ScimError(421, undefined, error.message);
    default:
      return undefined;
  }
}

/** The limit of /Bulk has a name in /ServiceProviderConfig (RFC 7644 §3.7.4). */
function nameOfLimit(route: string | undefined): string {
  return route?.endsWith('/Bulk') === true ? ' (maxPayloadSize)' : '';
}

/** What nobody expected is told to nobody: the cause goes to the log, the client gets the id to ask about. */
function masked(error: unknown, request: FastifyRequest): ScimError {
  request.log.error({ err: error }, 'A SCIM request failed unexpectedly');
  return new ScimError(
    500,
    undefined,
    `An unexpected error occurred. Try again later; if it persists, report request id ${request.id}.`,
  );
}
