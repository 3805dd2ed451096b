import type { RoundRobin } from '@rollcall/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestOwners } from './request-owners.ts';

/** Resolves when it is the request's turn. */
export type Schedule = (request: FastifyRequest) => Promise<void>;

export const scheduleOf =
  (roundRobin: RoundRobin, owners: RequestOwners): Schedule =>
  (request) =>
    roundRobin.turnOf(owners.ownerOf(request));

/** Has the requests of the scope wait for their turn; those with a body had theirs when it was parsed. */
export function scheduleRequests(scope: FastifyInstance, schedule: Schedule): void {
  scope.addHook('preHandler', async (request) => {
    if (request.body === undefined) await schedule(request);
  });
}
