import { decodeBodies, textOfBody } from '@rollcall/scim';
import type { FastifyInstance } from 'fastify';

/** JSON by the same rules as in SCIM: valid UTF-8, and decoded within the limit of its route where it comes compressed. */
export function readJsonBodies(scope: FastifyInstance): void {
  const parseJson = scope.getDefaultJsonParser('error', 'error');
  decodeBodies(scope);
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) =>
    parseJson(request, textOfBody(request, bytes), done),
  );
}
