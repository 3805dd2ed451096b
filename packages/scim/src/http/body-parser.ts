import { invalidSyntax } from '@rollcall/scim-protocol';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/**
 * Reads bodies of the two media types that SCIM clients use (RFC 7644 §3.1); any other is answered 415.
 *
 * Keys that would reach a prototype are dropped: they name no attribute of any schema.
 */
export function readScimBodies(scope: FastifyInstance, maxBodyBytes: number): void {
  const parseJson = scope.getDefaultJsonParser('remove', 'remove');
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<string>(
    ['application/scim+json', 'application/json'],
    { parseAs: 'string', bodyLimit: maxBodyBytes },
    (request: FastifyRequest, text, done) => {
      // IdPs put the content type on a DELETE too, which has no body.
      if (text === '') return done(null, undefined);
      parseJson(request, text, (error, body) => {
        if (error === null) done(null, body);
        else done(invalidSyntax('it is no JSON. Check quotes, commas and brackets.'));
      });
    },
  );
}
