import { ScimError } from '@rollcall/scim-protocol';
import type { FastifyInstance } from 'fastify';
import type { Adapter, Endpoint } from './adapter.ts';
import {
  getResourceType,
  getSchema,
  getServiceProviderConfig,
  listResourceTypes,
  listSchemas,
} from './discovery/endpoints.ts';
import { getGroup, listGroups } from './groups/read-groups.ts';
import { createGroup, deleteGroup, patchGroup, replaceGroup } from './groups/write-groups.ts';
import { notOffered } from './not-offered.ts';
import { getUser, listUsers } from './users/read-users.ts';
import { createUser, deleteUser, patchUser, replaceUser } from './users/write-users.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const search = notOffered(
  'POST /.search is not offered. Use GET with the same parameters in the query string.',
);
const bulk = notOffered('Bulk operations are not offered. Send the operations one by one.');
const me = notOffered(
  '/Me is not offered: a SCIM token belongs to a connection, not to a user. Use /Users/{id}.',
);

/** The endpoints of RFC 7644 §3.2, relative to the base URL. */
const endpoints: Record<string, Partial<Record<Method, Endpoint>>> = {
  '/Users': { GET: listUsers, POST: createUser },
  '/Users/:id': { GET: getUser, PUT: replaceUser, PATCH: patchUser, DELETE: deleteUser },
  '/Users/.search': { POST: search },
  '/Groups': { GET: listGroups, POST: createGroup },
  '/Groups/:id': { GET: getGroup, PUT: replaceGroup, PATCH: patchGroup, DELETE: deleteGroup },
  '/Groups/.search': { POST: search },
  '/.search': { POST: search },
  '/Bulk': { POST: bulk },
  '/Me': { GET: me, POST: me, PUT: me, PATCH: me, DELETE: me },
  '/ServiceProviderConfig': { GET: getServiceProviderConfig },
  '/ResourceTypes': { GET: listResourceTypes },
  '/ResourceTypes/:id': { GET: getResourceType },
  '/Schemas': { GET: listSchemas },
  '/Schemas/:id': { GET: getSchema },
};

/** Mounts every endpoint; a method that an endpoint does not have is answered 405 with those that it has. */
export function mountEndpoints(scope: FastifyInstance, adapter: Adapter): void {
  for (const [url, byMethod] of Object.entries(endpoints)) {
    const allowed = methods.filter((method) => byMethod[method] !== undefined);
    for (const method of allowed) {
      const endpoint = byMethod[method];
      if (endpoint !== undefined) scope.route({ method, url, handler: endpoint(adapter) });
    }
    const refused = methods.filter((method) => !allowed.includes(method));
    if (refused.length > 0) refuse(scope, { url, refused, allow: allowed.join(', ') });
  }
}

interface Refusal {
  url: string;
  refused: Method[];
  allow: string;
}

function refuse(scope: FastifyInstance, { url, refused, allow }: Refusal): void {
  scope.route({
    method: refused,
    url,
    // Before the body is read: whatever it is, it is not wanted.
    onRequest: async (request, reply) => {
      reply.header('allow', allow);
      throw new ScimError(405, undefined, `${request.method} is not possible here. Use ${allow}.`);
    },
    handler: (_request, reply) => reply,
  });
}
