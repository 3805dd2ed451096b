import { GraphQLRequestError } from '@rollcall/graphql-client';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Goes on to a page of ours, by GET whatever came. */
export const goTo = (adminUrl: string, reply: FastifyReply, path: string): FastifyReply =>
  reply.redirect(`${adminUrl}${path}`, 303);

/** Goes on to the sign-in page, which says why nobody is signed in. */
export function goToRefusal(
  adminUrl: string,
  error: unknown,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): FastifyReply {
  if (!(error instanceof GraphQLRequestError)) throw error;
  if (error.code === 'INTERNAL') request.log.error({ requestId: request.id }, 'a sign-in failed');
  const { reason } = error.facts;
  const refused = typeof reason === 'string' ? reason : error.code;
  return goTo(adminUrl, reply, `/sign-in?${new URLSearchParams({ refused, request: request.id })}`);
}
