import { ScimError } from '@rollcall/scim-protocol';
import type { FastifyInstance } from 'fastify';

/** Refuses the header by which GraphQL saves nothing: whoever sends it here would save all the same. */
export function refuseRehearsals(scope: FastifyInstance): void {
  scope.addHook('onRequest', async ({ headers }) => {
    const asked = headers['rollcall-dry-run'];
    if (asked === undefined || asked === 'false') return;
    throw new ScimError(
      400,
      undefined,
      'SCIM knows no rehearsal, and nothing was done. Leave the header rollcall-dry-run out, or rehearse the change with GraphQL.',
    );
  });
}
