import { requiredVersion } from '../conditions.ts';
import { patchGroupBy, removeGroup, replaceGroupBy } from '../groups/change-groups.ts';
import { patchUserBy, removeUser, replaceUserBy } from '../users/change-users.ts';
import type { WriteScope } from '../write-scope.ts';
import type { Done } from './outcome.ts';
import type { ResolvedTask } from './resolve-task.ts';

/** Changes or deletes one user as a request of its own would; `version` is If-Match (RFC 7644 §3.7). */
export async function changeUser(scope: WriteScope, { id, operation }: ResolvedTask): Promise<Done> {
  const { method, version, data } = operation;
  const target = { id, condition: { ifVersion: requiredVersion(version) }, withGroups: false };
  if (method === 'DELETE') {
    await removeUser(scope, target);
    return { status: 204, id };
  }
  const change = method === 'PUT' ? replaceUserBy : patchUserBy;
  await change(scope, target, data);
  return { status: 200, id };
}

/** Changes or deletes one group as a request of its own would. */
export async function changeGroup(scope: WriteScope, { id, operation }: ResolvedTask): Promise<Done> {
  const { method, version, data } = operation;
  const target = { id, condition: { ifVersion: requiredVersion(version) }, withMembers: false };
  if (method === 'DELETE') {
    await removeGroup(scope, target);
    return { status: 204, id };
  }
  if (method === 'PUT') {
    await replaceGroupBy(scope, target, data);
    return { status: 200, id };
  }
  await patchGroupBy(scope, target, data);
  return { status: 204, id };
}
