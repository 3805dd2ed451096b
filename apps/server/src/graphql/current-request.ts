import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestContext } from '@rollcall/core';
import type { FastifyRequest } from 'fastify';

/**
 * The request that is being answered. Apollo formats errors without saying whose they are, and refuses some requests
 * (CSRF, a body that is no GraphQL) before there is a context to ask.
 */
export const currentRequest = new AsyncLocalStorage<FastifyRequest>();

/** Whose request it is, as soon as that is known. */
const contexts = new WeakMap<FastifyRequest, RequestContext>();

export function noteContext(request: FastifyRequest, context: RequestContext): void {
  contexts.set(request, context);
}

/** Does the request come without a valid credential, or is it not known yet whether it has one? */
export function isAnonymous(request: FastifyRequest | undefined): boolean {
  const context = request && contexts.get(request);
  return context === undefined || context.viewer.kind === 'ANONYMOUS';
}
