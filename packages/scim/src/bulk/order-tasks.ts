import {
  type BulkOperation,
  contentOf,
  divideByReferences,
  invalidValue,
  isRefused,
  PATCH_OP,
  type RefusedOperation,
  ScimError,
} from '@rollcall/scim-protocol';
import { findMemberChange } from './find-member-change.ts';
import { type BulkTarget, type BulkTask, type PlannedTask, readTarget } from './task.ts';

/**
 * Puts operations in an order in which each finds what it refers to (RFC 7644 §3.7.2): that of the request, but whatever
 * is referred to comes first. Of a cycle, the operation that closes it is done without the reference, and completed
 * once the other end is there (§3.7.1). What can't be done at all is refused in its place.
 */
export function orderTasks(operations: readonly (BulkOperation | RefusedOperation)[]): PlannedTask[] {
  const ordering = new Ordering(operations);
  for (const index of operations.keys()) ordering.visit(index);
  return ordering.tasks;
}

class Ordering {
  readonly tasks: PlannedTask[] = [];
  readonly #operations: readonly (BulkOperation | RefusedOperation)[];
  /** By bulkId, the operation that creates the resource. */
  readonly #creators = new Map<string, number>();
  /** The operations whose references are being visited, each with how many are around it. */
  readonly #open = new Map<number, number>();
  readonly #visited = new Set<number>();
  /** The second halves of POSTs, by the operation that they wait for. */
  readonly #completions = new Map<number, BulkTask[]>();

  constructor(operations: readonly (BulkOperation | RefusedOperation)[]) {
    this.#operations = operations;
    for (const [index, { method, bulkId }] of operations.entries()) {
      if (method === 'POST' && bulkId !== undefined) this.#creators.set(bulkId, index);
    }
  }

  visit(index: number): void {
    const operation = this.#operations[index];
    if (operation === undefined || this.#visited.has(index)) return;
    this.#visited.add(index);
    this.#open.set(index, this.#open.size);
    try {
      if (isRefused(operation)) throw operation.error;
      this.#schedule(index, operation);
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      this.tasks.push({ index, error });
    }
    this.#open.delete(index);
    this.#complete(index);
  }

  #schedule(index: number, operation: BulkOperation): void {
    const target = readTarget(operation, index);
    const { references, characters } = contentOf(operation);
    const circular = new Set<string>();
    for (const reference of references) {
      const creator = this.#creators.get(reference);
      if (creator === undefined) throw unknownReference(reference);
      if (this.#open.has(creator)) circular.add(reference);
      else this.visit(creator);
    }
    const task = { index, operation, target, references, characters, completes: false };
    if (circular.size === 0) this.tasks.push({ ...task, memberChange: findMemberChange(task) });
    else this.#divide(task, circular);
  }

  /** Schedules a task without what closes a cycle, and its completion for when that is known. */
  #divide(task: BulkTask, circular: ReadonlySet<string>): void {
    const { operation, target, index } = task;
    const { rest, references } = divideByReferences(operation.data ?? null, circular);
    if (rest === undefined || references === undefined) throw unresolvable(circular);
    this.tasks.push({
      ...task,
      operation: { ...operation, data: rest },
      references: task.references.difference(circular),
    });
    const path = `/${target.type}s/bulkId:${operation.bulkId}`;
    const data = { schemas: [PATCH_OP], Operations: [{ op: 'add', value: references }] };
    const completion = {
      index,
      operation: { method: 'PATCH', path, data } as const,
      target: { type: target.type, id: `bulkId:${operation.bulkId}` } satisfies BulkTarget,
      ...contentOf({ method: 'PATCH', path, data }),
      completes: true,
    };
    // The outermost of the operations it refers to is the last to be scheduled.
    const creators = [...circular].map((bulkId) => this.#creators.get(bulkId) ?? index);
    const awaits = creators.reduce((outer, other) =>
      this.#depthOf(other) < this.#depthOf(outer) ? other : outer,
    );
    const waiting = this.#completions.get(awaits) ?? [];
    this.#completions.set(awaits, waiting);
    waiting.push({ ...completion, memberChange: findMemberChange(completion) });
  }

  #depthOf(index: number): number {
    return this.#open.get(index) ?? Number.POSITIVE_INFINITY;
  }

  /** Schedules the completions that waited for this operation. */
  #complete(index: number): void {
    this.tasks.push(...(this.#completions.get(index) ?? []));
  }
}

function unknownReference(bulkId: string): ScimError {
  return invalidValue(
    `bulkId:${bulkId.slice(0, 80)}`,
    'refers to no POST of this request. Give the bulkId of one, or the id of a resource.',
  );
}

function unresolvable(bulkIds: ReadonlySet<string>): ScimError {
  const names = [...bulkIds].map((id) => `bulkId:${id.slice(0, 80)}`).join(', ');
  return new ScimError(
    409,
    undefined,
    `The references to ${names} are circular and can not be resolved. Create the resources first, then refer to them by id.`,
  );
}
