import { invalidSyntax, invalidValue, payloadTooLarge, type ScimError } from '../errors.ts';
import { findMember, isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { assertDistinctNames } from '../resource/distinct-names.ts';
import { BULK_REQUEST, BULK_RESPONSE } from '../schema/urns.ts';
import { assertMessageSchemas } from '../tolerances/schemas-list.ts';
import { type BulkOperation, isRefused, type RefusedOperation, readBulkOperation } from './bulk-operation.ts';
import { toErrorResponse } from './error-response.ts';

export interface BulkRequest {
  /** Stop after this many errors; undefined: carry on (RFC 7644 §3.7.3). */
  readonly failOnErrors?: number;
  /** In the order of the request; one that can't be carried out does not keep the others from it. */
  readonly operations: readonly (BulkOperation | RefusedOperation)[];
}

/** What became of one operation. */
export interface BulkResult {
  /** As the request has it; undefined when it has none. */
  readonly method: string | undefined;
  readonly bulkId?: string | undefined;
  readonly location?: string | undefined;
  /** The HTTP status that a request of its own would have had, or why the operation failed. */
  readonly outcome: number | ScimError;
}

/**
 * Reads a bulk request (RFC 7644 §3.7). Throws invalidSyntax or invalidValue when it is none, 413 when it has more
 * operations than published; what is wrong with one operation is told by that operation.
 */
export function parseBulkRequest(body: unknown, limits: { readonly maxOperations: number }): BulkRequest {
  if (!isJsonObject(body)) throw invalidSyntax('a bulk request is a JSON object with "Operations".');
  assertDistinctNames(body);
  assertMessageSchemas(findMember(body, 'schemas'), BULK_REQUEST, 'bulk request');
  const operations = findMember(body, 'Operations');
  if (!Array.isArray(operations)) throw invalidSyntax('Operations must be an array.');
  if (operations.length === 0) throw invalidValue('Operations', 'is empty. Send at least one operation.');
  if (operations.length > limits.maxOperations) {
    throw payloadTooLarge(
      `The bulk request has ${operations.length} operations; at most ${limits.maxOperations} are allowed (maxOperations). Split it.`,
    );
  }
  const failOnErrors = readFailOnErrors(findMember(body, 'failOnErrors'));
  return {
    ...(failOnErrors === undefined ? {} : { failOnErrors }),
    operations: withoutSharedBulkIds(operations.map(readBulkOperation)),
  };
}

/** Builds a bulk response; `status` is a string, and `response` has the error of what failed (RFC 7644 §3.7.3). */
export function bulkResponse(results: readonly BulkResult[]): JsonObject {
  return { schemas: [BULK_RESPONSE], Operations: results.map(renderResult) };
}

function renderResult({ method, bulkId, location, outcome }: BulkResult): JsonObject {
  return {
    ...(location === undefined ? {} : { location }),
    ...(method === undefined ? {} : { method }),
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(typeof outcome === 'number'
      ? { status: String(outcome) }
      : { status: String(outcome.status), response: toErrorResponse(outcome) }),
  };
}

/** Nobody means "stop before the first error", so zero is as good as none. */
function readFailOnErrors(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw invalidValue('failOnErrors', 'must be a whole number.');
  }
  return value < 1 ? undefined : value;
}

/** Refuses all that share one bulkId: which of them a reference means, nobody can tell (RFC 7644 §3.7). */
function withoutSharedBulkIds(
  operations: readonly (BulkOperation | RefusedOperation)[],
): readonly (BulkOperation | RefusedOperation)[] {
  const users = new Map<string, number>();
  for (const { method, bulkId } of operations) {
    if (method === 'POST' && bulkId !== undefined) users.set(bulkId, (users.get(bulkId) ?? 0) + 1);
  }
  return operations.map((operation, index) => {
    const { method, bulkId } = operation;
    if (isRefused(operation) || method !== 'POST' || (users.get(bulkId ?? '') ?? 0) < 2) return operation;
    const error = invalidValue(
      `Operations[${index}].bulkId`,
      'is that of another POST, too. Give each a bulkId of its own.',
    );
    return { method, path: operation.path, ...(bulkId === undefined ? {} : { bulkId }), error };
  });
}
