import type { FastifyInstance } from 'fastify';

/** Reads forms (`application/x-www-form-urlencoded`), as identity providers send them. */
export function readForms(scope: FastifyInstance): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body: string, done) => done(null, parametersOf(body)),
  );
}

/** What a form says; of a parameter that comes twice all values, which nobody takes for one (RFC 6749 §3.2). */
function parametersOf(body: string): Record<string, string | string[]> {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const [first = '', ...more] = form.getAll(name);
      return [name, more.length === 0 ? first : [first, ...more]];
    }),
  );
}
