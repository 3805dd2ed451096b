import { invalidSyntax } from '@rollcall/scim-protocol';
import type { FastifyBodyParser, FastifyInstance, FastifyRequest } from 'fastify';
import { decodeBodies } from './decode-body.ts';
import { UnreadableBody } from './read-body.ts';
import { readJson } from './read-json.ts';

/** Resolves when the server has time for the body of a request. */
export type Schedule = (request: FastifyRequest) => Promise<void>;

const mediaTypes = ['application/scim+json', 'application/json', 'text/json'];

/**
 * Reads bodies of the two media types that SCIM clients use (RFC 7644 §3.1), and of the name that JSON had before; any other
 * is answered 415. A body that does not say what it is (RFC 9110 §8.3) can be nothing else here.
 *
 * A key that would reach a prototype is dropped: it names no attribute of any schema.
 */
export function readScimBodies(
  scope: FastifyInstance,
  { maxBodyBytes, schedule }: { readonly maxBodyBytes: number; readonly schedule: Schedule },
): void {
  decodeBodies(scope);
  scope.addHook('preParsing', async ({ headers }, _reply, payload) => {
    headers['content-type'] ??= mediaTypes[0];
    return payload;
  });
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    mediaTypes,
    { parseAs: 'buffer', bodyLimit: maxBodyBytes },
    async (request: FastifyRequest, bytes: Buffer) => {
      // IdPs put the content type on a DELETE too, which has no body.
      if (bytes.length === 0) return undefined;
      await schedule(request);
      return readJson(request, bytes, parsePlainly).catch((error: unknown) => {
        if (error instanceof UnreadableBody) throw error;
        throw invalidSyntax('it is no JSON. Check quotes, commas and brackets.');
      });
    },
  );
}

const BYTE_ORDER_MARK = /^\uFEFF/;

/** What is named `__proto__` is a member as any other, until `readJson` takes it out. */
const parsePlainly: FastifyBodyParser<string> = (_request, text, done) => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(BYTE_ORDER_MARK, ''));
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  done(null, parsed);
};
