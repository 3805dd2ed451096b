import type { RequestScope } from '../adapter/request-scope.ts';
import { requiredVersion } from '../http/preconditions.ts';
import type { BatchItem, Done } from '../resources/batch.ts';
import { deleteResource, patchResource, replaceResource } from '../resources/change-resource.ts';
import type { ResourcePort } from '../resources/resource-port.ts';

/** Changes or deletes one resource as a request of its own would; `version` is If-Match (RFC 7644 §3.7). */
export async function runSingle(
  port: ResourcePort,
  scope: RequestScope,
  { id, operation: { method, version, data: body } }: BatchItem,
): Promise<Done> {
  const target = { id, condition: { ifVersion: requiredVersion(version) }, withMemberships: false };
  if (method === 'DELETE') {
    await deleteResource(port, scope, target);
    return { status: 204, id };
  }
  if (method === 'PUT') {
    await replaceResource(port, scope, { ...target, body });
    return { status: 200, id };
  }
  await patchResource(port, scope, { ...target, body });
  return { status: port.batches.patchStatus, id };
}
