import {
  type MemberChange,
  notFound,
  resolveBulkReference,
  resolveBulkReferences,
  ScimError,
} from '@rollcall/scim-protocol';
import { isResourceId } from '../addresses/resource-id.ts';
import type { ResourceName } from '../addresses/resource-urls.ts';
import type { BatchItem } from '../resources/batch.ts';
import type { BulkTask } from './task.ts';

/** A task that refers to ids alone. */
export interface ResolvedTask extends BatchItem {
  readonly type: ResourceName;
}

/**
 * Puts ids in place of the references of a task (RFC 7644 §3.7.2).
 * @throws ScimError 409 when a resource it refers to was not created, 404 when it addresses what can be no resource
 */
export function resolveTask(task: BulkTask, ids: ReadonlyMap<string, string>): ResolvedTask {
  const missing = [...task.references].find((bulkId) => !ids.has(bulkId));
  if (missing !== undefined) throw notCreated(missing);
  const { type } = task.target;
  const operation = task.references.size === 0 ? task.operation : resolveBulkReferences(task.operation, ids);
  const id = resolveBulkReference(task.target.id ?? '', ids);
  if (task.target.id !== undefined && !isResourceId(id)) throw notFound(type, id.slice(0, 80));
  return {
    type,
    id: id.toLowerCase(),
    operation,
    memberChange: task.memberChange && resolveMembers(task.memberChange, ids),
  };
}

function resolveMembers(change: MemberChange, ids: ReadonlyMap<string, string>): MemberChange {
  const resolve = (id: string) => resolveBulkReference(id, ids);
  return {
    ...change,
    addMembers: change.addMembers.map(resolve),
    removeMembers: change.removeMembers.map(resolve),
  };
}

function notCreated(bulkId: string): ScimError {
  return new ScimError(
    409,
    undefined,
    `The operation refers to bulkId:${bulkId.slice(0, 80)}, which failed. Mend that operation, then send both again.`,
  );
}
