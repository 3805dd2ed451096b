import { invalidSyntax } from '@rollcall/scim-protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { decodeBodies } from './decode-body.ts';
import { textOfBody } from './read-body.ts';

const mediaTypes = ['application/scim+json', 'application/json', 'text/json'];

/**
 * Reads bodies of the two media types that SCIM clients use (RFC 7644 §3.1), and of the name that JSON had before; any other
 * is answered 415. A body that does not say what it is (RFC 9110 §8.3) can be nothing else here.
 *
 * Keys that would reach a prototype are dropped: they name no attribute of any schema.
 */
export function readScimBodies(scope: FastifyInstance, maxBodyBytes: number): void {
  const parseJson = scope.getDefaultJsonParser('remove', 'remove');
  decodeBodies(scope);
  scope.addHook('preParsing', async ({ headers }, _reply, payload) => {
    headers['content-type'] ??= mediaTypes[0];
    return payload;
  });
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<Buffer>(
    mediaTypes,
    { parseAs: 'buffer', bodyLimit: maxBodyBytes },
    (request: FastifyRequest, bytes, done) => {
      // IdPs put the content type on a DELETE too, which has no body.
      if (bytes.length === 0) return done(null, undefined);
      parseJson(request, textOfBody(request, bytes), (error, body) => {
        if (error === null) done(null, body);
        else done(invalidSyntax('it is no JSON. Check quotes, commas and brackets.'));
      });
    },
  );
}
