import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyRequest } from 'fastify';

/**
 * The request that is being answered. Apollo formats errors without saying whose they are, and refuses some requests
 * (CSRF, a body that is no GraphQL) before there is a context to ask.
 */
export const currentRequest = new AsyncLocalStorage<FastifyRequest>();
