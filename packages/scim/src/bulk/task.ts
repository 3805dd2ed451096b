import { type BulkOperation, invalidValue, type MemberChange, type ScimError } from '@rollcall/scim-protocol';
import type { ResourceName } from '../addresses/resource-urls.ts';

/** What a step does; the first five do it to any number of resources at once. */
export type StepKind =
  | 'createUsers'
  | 'deleteUsers'
  | 'createGroups'
  | 'deleteGroups'
  | 'changeMembers'
  | 'changeUser'
  | 'changeGroup'
  | 'refuse';

/** Which resource an operation addresses. */
export interface BulkTarget {
  readonly type: ResourceName;
  /** An id, or `bulkId:x`; undefined for one to be created. */
  readonly id: string | undefined;
}

/** An operation that can be carried out, when what it refers to can. */
export interface BulkTask {
  /** Place of the operation in the request. */
  readonly index: number;
  readonly operation: BulkOperation;
  readonly target: BulkTarget;
  /** The bulkIds that have to be known first. */
  readonly references: ReadonlySet<string>;
  /** How large its data is, roughly. */
  readonly characters: number;
  /** Is it the second half of a POST that is part of a cycle of references (RFC 7644 §3.7.1)? */
  readonly completes: boolean;
  /** Who joins and leaves, of a PATCH that does nothing else. */
  readonly memberChange?: MemberChange | undefined;
}

/** An operation of which it is known beforehand that it fails. */
export interface RefusedTask {
  readonly index: number;
  readonly error: ScimError;
}

export type PlannedTask = BulkTask | RefusedTask;

/** Tells a task that fails from one that may succeed. */
export function isRefusedTask(task: PlannedTask): task is RefusedTask {
  return 'error' in task;
}

/**
 * Reads the path of an operation (RFC 7644 §3.7): an endpoint for POST, a resource for everything else.
 * @throws ScimError invalidValue for any other path
 */
export function readTarget({ method, path }: BulkOperation, index: number): BulkTarget {
  const target = findTarget(path);
  const where = `Operations[${index}].path`;
  if (target === undefined) {
    throw invalidValue(where, 'must be /Users, /Groups, /Users/{id} or /Groups/{id}, without a query.');
  }
  if (method === 'POST' && target.id !== undefined) {
    throw invalidValue(where, 'names a resource, but POST creates one. Use /Users or /Groups.');
  }
  if (method !== 'POST' && target.id === undefined) {
    throw invalidValue(where, `names an endpoint, but ${method} needs a resource, such as /Users/{id}.`);
  }
  return target;
}

/** Where the path of an operation leads; undefined when it is no path of a bulk request. */
export function findTarget(path: string): BulkTarget | undefined {
  const [, endpoint, id] = /^\/(Users|Groups)(?:\/([^/?#]+))?\/?$/i.exec(path) ?? [];
  if (endpoint === undefined) return undefined;
  return { type: endpoint.toLowerCase() === 'users' ? 'User' : 'Group', id };
}
