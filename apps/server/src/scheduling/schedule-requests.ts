import type { Core } from '@rollcall/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestOwners } from './request-owners.ts';

/** Resolves when it is the request's turn; all counts by then that was acknowledged before it came. */
export type Schedule = (request: FastifyRequest) => Promise<void>;

export const scheduleOf =
  ({ catchUp, roundRobin }: Pick<Core, 'catchUp' | 'roundRobin'>, owners: RequestOwners): Schedule =>
  async (request) => {
    // Before the turn is given: all who have waited for the same answer go on one by one.
    await catchUp();
    await roundRobin.turnOf(owners.ownerOf(request));
  };

/** Has the requests of the scope wait for their turn; those with a body had theirs when it was parsed. */
export function scheduleRequests(scope: FastifyInstance, schedule: Schedule): void {
  scope.addHook('preHandler', async (request) => {
    if (request.body === undefined) await schedule(request);
  });
}
