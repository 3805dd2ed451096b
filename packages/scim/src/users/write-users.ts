import type { GraphQLRequestHeaders, SchemaType } from '@rollcall/graphql-client';
import {
  applyPatch,
  type PatchOperation,
  type Projection,
  parsePatchRequest,
  parseResource,
  preconditionFailed,
  toDirectUpdate,
  userResourceType,
} from '@rollcall/scim-protocol';
import type { FastifyRequest } from 'fastify';
import type { Adapter, Endpoint } from '../adapter.ts';
import { authenticate } from '../authenticate.ts';
import { answerWritten } from '../http/answer-resource.ts';
import { requiredVersion } from '../http/preconditions.ts';
import { untilNotOvertaken } from '../overtaken.ts';
import { pathTolerances } from '../path-tolerances.ts';
import { resourceIdOf } from '../resource-id.ts';
import { type ResourceUrls, resourceUrls } from '../resource-urls.ts';
import {
  CreateUser,
  DeprovisionUser,
  UpdateUser,
  UpdateUserWithoutGroups,
  type UserResult,
} from './documents.ts';
import { toWholeUser } from './from-scim.ts';
import { planDifference, planDirectUpdate } from './plan-patch.ts';
import { findUser } from './read-users.ts';
import { representUser, showsGroups, userProjectionOf } from './represent.ts';
import { toScimUser } from './to-scim.ts';

/** POST /Users (RFC 7644 §3.3). */
export const createUser: Endpoint = (adapter) => async (request, reply) => {
  const caller = authenticate(request);
  const projection = userProjectionOf(request);
  const input = toWholeUser(parseUser(request));
  const { createUser: created } = await adapter.client.execute(CreateUser, { input }, caller);
  const urls = resourceUrls(adapter.baseUrlOf(request));
  return answerWritten(reply, 201, representUser(created.user, projection, urls));
};

/** PUT /Users/{id} (RFC 7644 §3.5.1). */
export const replaceUser: Endpoint = (adapter) => async (request, reply) => {
  const write = beginWrite(adapter, request);
  const user = await write.update({ ...toWholeUser(parseUser(request)), ifVersion: write.ifVersion });
  return answerWritten(reply, 200, representUser(user, write.projection, write.urls));
};

/** PATCH /Users/{id} (RFC 7644 §3.5.2): without reading the user where the operations allow it. */
export const patchUser: Endpoint = (adapter) => async (request, reply) => {
  const write = beginWrite(adapter, request);
  const operations = parsePatchRequest(request.body, userResourceType, {
    tolerances: pathTolerances,
    resourceId: write.id,
  });
  const direct = toDirectUpdate(operations);
  const user =
    direct === undefined
      ? await untilNotOvertaken({
          maxAttempts: adapter.limits.maxPatchAttempts,
          ifVersion: write.ifVersion,
          attempt: () => patchCurrent(adapter, write, operations),
        })
      : await write.update({ ...planDirectUpdate(direct), ifVersion: write.ifVersion });
  return answerWritten(reply, 200, representUser(user, write.projection, write.urls));
};

/** DELETE /Users/{id} (RFC 7644 §3.6): the user is gone for the IdP, the account keeps the history. */
export const deleteUser: Endpoint = (adapter) => async (request, reply) => {
  const caller = authenticate(request);
  const input = { id: resourceIdOf(request, 'User'), ifVersion: requiredVersion(request) };
  await adapter.client.execute(DeprovisionUser, { input }, caller);
  return reply.code(204).send();
};

/** A change of one user, as far as the request's line and headers tell. */
interface UserWrite {
  id: string;
  ifVersion: number | undefined;
  projection: Projection;
  caller: GraphQLRequestHeaders;
  urls: ResourceUrls;
  update(change: Omit<SchemaType<'UpdateUserInput'>, 'id'>): Promise<UserResult>;
}

function beginWrite(adapter: Adapter, request: FastifyRequest): UserWrite {
  const caller = authenticate(request);
  const id = resourceIdOf(request, 'User');
  const projection = userProjectionOf(request);
  const document = showsGroups(projection) ? UpdateUser : UpdateUserWithoutGroups;
  return {
    id,
    caller,
    projection,
    ifVersion: requiredVersion(request),
    urls: resourceUrls(adapter.baseUrlOf(request)),
    async update(change) {
      const { updateUser } = await adapter.client.execute(document, { input: { ...change, id } }, caller);
      return updateUser.user;
    },
  };
}

/** Reads, computes, and writes unless somebody else was faster. */
async function patchCurrent(
  adapter: Adapter,
  write: UserWrite,
  operations: readonly PatchOperation[],
): Promise<UserResult> {
  const user = await findUser(adapter, write);
  if (write.ifVersion !== undefined && write.ifVersion !== user.version) throw preconditionFailed();
  const before = toScimUser(user, write.urls);
  const after = applyPatch(before, operations, userResourceType);
  if (after === before) return user;
  return write.update({ ...planDifference(before, after), ifVersion: user.version });
}

function parseUser(request: FastifyRequest) {
  return parseResource(request.body, userResourceType, { tolerances: pathTolerances });
}
