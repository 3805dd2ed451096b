import type { SchemaType } from '@rollcall/graphql-client';
import {
  type PatchOperation,
  parsePatchRequest,
  parseResource,
  preconditionFailed,
  type ResourceTypeDefinition,
  toDirectUpdate,
} from '@rollcall/scim-protocol';
import { type WriteCondition, writeIf } from '../conditions.ts';
import { untilNotOvertaken } from '../overtaken.ts';
import { pathTolerances } from '../path-tolerances.ts';
import type { WriteScope } from '../write-scope.ts';
import {
  CreateUser,
  DeprovisionUser,
  UpdateUser,
  UpdateUserWithoutGroups,
  type UserResult,
} from './documents.ts';
import { toWholeUser, type WholeUser } from './from-scim.ts';
import { withPlaceholderPassword } from './placeholder-password.ts';
import { planComputedUpdate, planDirectUpdate } from './plan-patch.ts';
import { findUser } from './read-users.ts';
import { toScimUser } from './to-scim.ts';

/** Which user is to be changed, on what condition, and whether the answer shows their groups. */
export interface UserTarget {
  id: string;
  condition: WriteCondition;
  withGroups: boolean;
}

/** Reads the body of a POST or PUT of a User, all of it (RFC 7644 §3.3, §3.5.1). */
export function readWholeUser(body: unknown, userType: ResourceTypeDefinition): WholeUser {
  return toWholeUser(parseResource(body, userType, { tolerances: pathTolerances }), userType);
}

/** Creates a user (RFC 7644 §3.3). */
export async function createUserFrom(scope: WriteScope, body: unknown): Promise<UserResult> {
  const { adapter, caller } = scope;
  const input = withPlaceholderPassword(readWholeUser(body, await scope.userType()));
  const { createUser } = await adapter.client.execute(CreateUser, { input }, caller);
  return createUser.user;
}

/** Replaces a user (RFC 7644 §3.5.1). */
export async function replaceUserBy(
  scope: WriteScope,
  target: UserTarget,
  body: unknown,
): Promise<UserResult> {
  const change = readWholeUser(body, await scope.userType());
  return writeUser(scope, target, (ifVersion) => update(scope, target, { ...change, ifVersion }));
}

/** Changes a user by operations (RFC 7644 §3.5.2): without reading the user where the operations allow it. */
export async function patchUserBy(scope: WriteScope, target: UserTarget, body: unknown): Promise<UserResult> {
  const userType = await scope.userType();
  const operations = parsePatchRequest(body, userType, {
    tolerances: pathTolerances,
    resourceId: target.id,
  });
  const direct = toDirectUpdate(operations);
  if (direct !== undefined) {
    const change = planDirectUpdate(direct, userType);
    return writeUser(scope, target, (ifVersion) => update(scope, target, { ...change, ifVersion }));
  }
  return writeUser(scope, target, (ifVersion) =>
    untilNotOvertaken({
      maxAttempts: scope.adapter.limits.maxPatchAttempts,
      ifVersion,
      attempt: () => patchCurrent(scope, target, { operations, ifVersion, userType }),
    }),
  );
}

/** Deletes a user (RFC 7644 §3.6): they are gone for the IdP, the account keeps the history. */
export async function removeUser(scope: WriteScope, target: Omit<UserTarget, 'withGroups'>): Promise<void> {
  const { adapter, caller } = scope;
  await writeUser(scope, target, (ifVersion) =>
    adapter.client.execute(DeprovisionUser, { input: { id: target.id, ifVersion } }, caller),
  );
}

function writeUser<T>(
  { adapter, caller }: WriteScope,
  { id, condition }: Pick<UserTarget, 'id' | 'condition'>,
  write: (ifVersion: number | undefined) => Promise<T>,
): Promise<T> {
  return writeIf({
    condition,
    maxAttempts: adapter.limits.maxPatchAttempts,
    currentVersion: async () => (await findUser(adapter, { id, withGroups: false, caller })).version,
    write,
  });
}

type Update = Omit<SchemaType<'UpdateUserInput'>, 'id'>;

async function update(
  { adapter, caller }: WriteScope,
  { id, withGroups }: UserTarget,
  change: Update,
): Promise<UserResult> {
  const document = withGroups ? UpdateUser : UpdateUserWithoutGroups;
  const { updateUser } = await adapter.client.execute(document, { input: { ...change, id } }, caller);
  return updateUser.user;
}

interface PatchAttempt {
  operations: readonly PatchOperation[];
  ifVersion: number | undefined;
  userType: ResourceTypeDefinition;
}

/** Reads, computes, and writes unless somebody else was faster. */
async function patchCurrent(
  scope: WriteScope,
  target: UserTarget,
  { operations, ifVersion, userType }: PatchAttempt,
): Promise<UserResult> {
  const { adapter, caller } = scope;
  const user = await findUser(adapter, { ...target, caller });
  if (ifVersion !== undefined && ifVersion !== user.version) throw preconditionFailed();
  const change = planComputedUpdate(toScimUser(user, scope.urls), operations, userType);
  if (change === undefined) return user;
  return update(scope, target, { ...change, ifVersion: user.version });
}
