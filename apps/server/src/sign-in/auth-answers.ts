import { GraphQLRequestError } from '@rollcall/graphql-client';
import type { FastifyReply, FastifyRequest, onRequestHookHandler } from 'fastify';

/** Most bytes of a request to sign in. */
export const MAX_SIGN_IN_BYTES = 16 * 1024;

/** Answers what GraphQL refuses as HTTP does. */
export async function answering(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof GraphQLRequestError)) throw error;
    return refuseAs(error, request, reply);
  }
}

export const refuseBody = (request: FastifyRequest, reply: FastifyReply, message: string): FastifyReply =>
  refuse(request, reply, 400, { code: 'INVALID_INPUT', message });

/** Any page can make a browser send a form here; JSON it may send only to its own origin. */
const refuseForms: onRequestHookHandler = (request, reply, done) => {
  if (/^application\/json *(;|$)/i.test(request.headers['content-type'] ?? '')) return done();
  const message =
    'Send the request with Content-Type: application/json, and {} where there is nothing to say.';
  refuse(request, reply, 415, { code: 'INVALID_INPUT', message });
};

/** Whoever means to save nothing is not to begin or end a session. */
const refuseRehearsals: onRequestHookHandler = (request, reply, done) => {
  const asked = request.headers['rollcall-dry-run'];
  if (asked === undefined || asked === 'false') return done();
  const message =
    'What has to do with signing in can not be rehearsed here, and nothing was done. Leave the header rollcall-dry-run out.';
  refuse(request, reply, 400, { code: 'INVALID_INPUT', message });
};

/** Refuses as GraphQL did, with the status of HTTP that belongs to it. */
export function refuseAs(
  { code, message, facts: { accounts, field, retryAfter } }: GraphQLRequestError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (typeof retryAfter === 'number') reply.header('retry-after', retryAfter);
  return refuse(request, reply, statuses[code] ?? 400, { code, message, accounts, field, retryAfter });
}

const statuses: Readonly<Record<string, number>> = {
  SIGN_IN_FAILED: 401,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
};

const refuse = (request: FastifyRequest, reply: FastifyReply, status: number, error: object): FastifyReply =>
  reply.code(status).send({ error: { ...error, requestId: request.id } });

/** What holds for each request that has to do with signing in. */
export const authOptions = { bodyLimit: MAX_SIGN_IN_BYTES, onRequest: [refuseForms, refuseRehearsals] };
