import {
  type JsonObject,
  parsePatchRequest,
  parseResource,
  preconditionFailed,
  type ResourceTypeDefinition,
} from '@rollcall/scim-protocol';
import type { RequestScope } from '../adapter/request-scope.ts';
import type { WriteCondition } from '../http/preconditions.ts';
import { writeIf } from './conditional-write.ts';
import { pathTolerances } from './path-tolerances.ts';
import type { DependentWrite, ResourcePort, StoredResource, Write } from './resource-port.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

// A request and an operation of a bulk request change resources by these.

/** Which resource is to be changed, on what condition, and whether the answer shows its memberships. */
export interface ChangeTarget {
  id: string;
  condition: WriteCondition;
  withMemberships: boolean;
}

/** Reads the body of a POST or PUT, all of it (RFC 7644 §3.3, §3.5.1). */
export const readResource = (body: unknown, resourceType: ResourceTypeDefinition): JsonObject =>
  parseResource(body, resourceType, { tolerances: pathTolerances });

/** Creates a resource (RFC 7644 §3.3). */
export async function createResource(
  port: ResourcePort,
  scope: RequestScope,
  { body, withMemberships }: { body: unknown; withMemberships: boolean },
): Promise<StoredResource> {
  const resourceType = await port.resourceTypeFor(scope);
  return port.create(scope, readResource(body, resourceType), { resourceType, withMemberships });
}

/** Replaces a resource (RFC 7644 §3.5.1). */
export async function replaceResource(
  port: ResourcePort,
  scope: RequestScope,
  { body, ...target }: ChangeTarget & { body: unknown },
): Promise<StoredResource> {
  const resourceType = await port.resourceTypeFor(scope);
  const write = port.replace(readResource(body, resourceType), resourceType);
  return carryOut(port, scope, target, write);
}

/** Changes a resource by operations (RFC 7644 §3.5.2): without reading it where the operations allow it. */
export async function patchResource(
  port: ResourcePort,
  scope: RequestScope,
  { body, ...target }: ChangeTarget & { body: unknown },
): Promise<StoredResource> {
  const resourceType = await port.resourceTypeFor(scope);
  const options = { tolerances: pathTolerances, resourceId: target.id };
  const plan = port.patch(parsePatchRequest(body, resourceType, options), resourceType);
  return carryOut(port, scope, target, typeof plan === 'function' ? plan : fromPresent(port, plan));
}

/** Deletes a resource (RFC 7644 §3.6). */
export async function deleteResource(
  port: ResourcePort,
  scope: RequestScope,
  target: Omit<ChangeTarget, 'withMemberships'>,
): Promise<void> {
  await carryOut(port, scope, { ...target, withMemberships: false }, (_, { id, ifVersion }) =>
    port.delete(scope, { id, ifVersion }),
  );
}

function carryOut<T>(
  port: ResourcePort,
  scope: RequestScope,
  { id, condition, withMemberships }: ChangeTarget,
  write: Write<T>,
): Promise<T> {
  return writeIf({
    condition,
    maxAttempts: scope.adapter.limits.maxPatchAttempts,
    currentVersion: async () => (await port.get(scope, id, false)).version,
    write: (ifVersion) => write(scope, { id, ifVersion, withMemberships }),
  });
}

/** Reads, computes, and writes at the version that was read; retried when somebody else was faster. */
function fromPresent(port: ResourcePort, plan: DependentWrite<StoredResource>): Write<StoredResource> {
  return (scope, target) =>
    retryOnConflict({
      maxAttempts: scope.adapter.limits.maxPatchAttempts,
      ifVersion: target.ifVersion,
      async attempt() {
        const { id, ifVersion, withMemberships } = target;
        const present = await port.get(scope, id, withMemberships || patchesMemberships(port));
        if (ifVersion !== undefined && ifVersion !== present.version) throw preconditionFailed();
        const write = plan.planFrom(port.render(present, scope.urls));
        if (write !== undefined) return write(scope, { ...target, ifVersion: present.version });
        return withMemberships ? present : port.withoutMemberships(present);
      },
    });
}

/** What no client can write has no part in a change: `groups` of a User are read-only, `members` of a Group are not. */
const patchesMemberships = ({ memberships }: ResourcePort): boolean =>
  memberships !== undefined && memberships.attribute.mutability !== 'readOnly';
