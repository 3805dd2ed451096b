import { decodeBodies, readJson } from '@rollcall/scim';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Schedule } from './scheduling/schedule-requests.ts';

/**
 * JSON by the same rules as in SCIM: valid UTF-8, decoded within the limit of its route where it comes compressed, and parsed
 * when it is the request's turn.
 */
export function readJsonBodies(scope: FastifyInstance, schedule: Schedule): void {
  const parseJson = scope.getDefaultJsonParser('error', 'error');
  decodeBodies(scope);
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, bytes: Buffer) => {
      await schedule(request);
      return readJson(request, bytes, parseJson);
    },
  );
}
