import {
  type BulkOperation,
  type BulkResult,
  type RefusedOperation,
  resolveBulkReference,
  ScimError,
} from '@rollcall/scim-protocol';
import type { ResourceUrls } from '../addresses/resource-urls.ts';
import { isFailed, type Outcome } from '../resources/batch.ts';
import { findTarget, isRefusedTask, type PlannedTask } from './task.ts';

/** What a journal is kept of. */
export interface JournalOptions {
  operations: readonly (BulkOperation | RefusedOperation)[];
  /** How many errors are accepted; undefined: any number. */
  failOnErrors: number | undefined;
  urls: ResourceUrls;
  /** Says a failure in SCIM's words. */
  describe(error: unknown): ScimError;
}

/**
 * What was done of a bulk request, and what came of it. Results have no `version`: it would be the tag of what a GET shows,
 * groups and names of others among it, which later operations of the same request may still change.
 */
export class BulkJournal {
  /** By bulkId, the id of what was created. */
  readonly ids = new Map<string, string>();
  readonly #options: JournalOptions;
  readonly #results = new Map<number, BulkResult>();
  #errors = 0;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /** How many more errors are accepted. */
  get acceptable(): number {
    return (this.#options.failOnErrors ?? Number.POSITIVE_INFINITY) - this.#errors;
  }

  /** Were there as many errors as are accepted? Then nothing more is done (RFC 7644 §3.7.3). */
  get isFull(): boolean {
    return this.acceptable <= 0;
  }

  /** Keeps what became of a task; when it completes an earlier one, the two have one result. */
  record(task: PlannedTask, outcome: Outcome): void {
    if (!isRefusedTask(task) && task.completes) this.#recordCompletion(task.index, outcome);
    else this.#record(task.index, outcome);
  }

  /** The results of what was done, in the order of the request. */
  results(): BulkResult[] {
    return this.#options.operations.flatMap((_, index) => this.#results.get(index) ?? []);
  }

  #record(index: number, outcome: Outcome): void {
    const operation = this.#options.operations[index];
    if (operation === undefined) return;
    const { method, bulkId } = operation;
    if (isFailed(outcome)) {
      this.#errors += 1;
      const error = this.#options.describe(outcome.error);
      this.#results.set(index, { method, bulkId, location: this.#locationOf(operation), outcome: error });
      return;
    }
    if (method === 'POST' && bulkId !== undefined) this.ids.set(bulkId, outcome.id);
    this.#results.set(index, {
      method,
      bulkId,
      location: this.#locationOf(operation, outcome.id),
      outcome: outcome.status,
    });
  }

  #recordCompletion(index: number, outcome: Outcome): void {
    const created = this.#results.get(index);
    // Of what was not created, nothing can be completed, and that it was not is told already.
    if (created === undefined || typeof created.outcome !== 'number') return;
    if (!isFailed(outcome)) return;
    this.#errors += 1;
    const { detail } = this.#options.describe(outcome.error);
    this.#results.set(index, {
      ...created,
      outcome: new ScimError(
        409,
        undefined,
        `The resource was created, but its circular references could not be set: ${detail}`,
      ),
    });
  }

  /** Every result but that of a failed POST says where the resource is (RFC 7644 §3.7.3). */
  #locationOf(operation: BulkOperation | RefusedOperation, id?: string): string | undefined {
    const target = operation.path === undefined ? undefined : findTarget(operation.path);
    if (operation.method === 'POST' && id === undefined) return undefined;
    const known = id ?? resolveBulkReference(target?.id ?? '', this.ids);
    if (target === undefined || known === '' || known.startsWith('bulkId:')) return undefined;
    return this.#options.urls[target.type] + known;
  }
}
