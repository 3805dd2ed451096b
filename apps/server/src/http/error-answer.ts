import { errorAnswerer } from '@rollcall/scim';
import { ScimError } from '@rollcall/scim-protocol';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerImpossible, possibleMethods } from '../possible-methods.ts';
import { RateLimited } from '../rate-limits/rate-limited.ts';

/** Outside SCIM and GraphQL, which have bodies of their own: a JSON error with a code, a way out and the request id. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError | RateLimited>(answerError);
  const allowedAt = possibleMethods(app);
  app.setNotFoundHandler((request, reply) => {
    const allow = allowedAt(request);
    if (allow !== undefined) return answerImpossible(request, reply, allow);
    const message = `There is nothing at ${request.method} ${request.url.split('?')[0]}. Known are /graphql, /scim/v2, /auth, /healthz, /readyz and /metrics.`;
    if (isScim(request)) return answerScimError(new ScimError(404, undefined, message), request, reply);
    return reply.code(404).send({ error: { code: 'NOT_FOUND', message, requestId: request.id } });
  });
}

/** Is it meant for SCIM, at whichever version or with however many slashes? */
const isScim = ({ url }: FastifyRequest): boolean => /^\/+scim(\/|\?|$)/i.test(url);

const answerScimError = errorAnswerer();

/**
 * Answers what Fastify refuses before it chooses a route, and so past every hook and error handler: an address whose
 * escapes are no UTF-8, or with a name longer than any has.
 */
export function answerUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  reply.header('x-request-id', request.id);
  const answer = isScim(request) ? answerScimError : answerError;
  answer(error, request, reply);
}

function answerError(
  error: FastifyError | RateLimited,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof RateLimited) {
    const { code, message, facts } = error;
    return reply.code(429).send({ error: { code, message, ...facts, requestId: request.id } });
  }
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ err: error, requestId: request.id }, 'a request failed');
  const code = status >= 500 ? 'INTERNAL' : status === 413 ? 'LIMIT_EXCEEDED' : 'INVALID_INPUT';
  const message =
    status >= 500
      ? 'Something went wrong on our side. Try again; if it stays, tell us the request id.'
      : error.message;
  return reply.code(status).send({ error: { code, message, requestId: request.id } });
}
