import type { FastifyInstance } from 'fastify';

/** Reads forms (`application/x-www-form-urlencoded`), as identity providers send them. */
export function readForms(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body: string, done) => done(null, Object.fromEntries(new URLSearchParams(body))),
  );
}
