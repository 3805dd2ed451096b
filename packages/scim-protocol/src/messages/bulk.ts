import { invalidSyntax, invalidValue, payloadTooLarge } from '../errors.ts';
import { findMember, isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { BULK_REQUEST, BULK_RESPONSE } from '../schema/urns.ts';

export type BulkMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of a bulk request (RFC 7644 §3.7). */
export interface BulkOperation {
  readonly method: BulkMethod;
  /** Relative to the base URL, such as `/Users` or `/Groups/{id}`. */
  readonly path: string;
  readonly bulkId?: string;
  readonly version?: string;
  readonly data?: JsonValue;
}

export interface BulkRequest {
  /** Stop after this many errors; undefined: carry on (RFC 7644 §3.7.3). */
  readonly failOnErrors?: number;
  readonly operations: readonly BulkOperation[];
}

/** What became of one operation. */
export interface BulkResult {
  readonly method: BulkMethod;
  readonly status: number;
  readonly bulkId?: string;
  readonly location?: string;
  readonly version?: string;
  /** The error's body when the operation failed. */
  readonly response?: JsonObject;
}

/** Reads a bulk request. Throws invalidSyntax or invalidValue, 413 for more operations than published. */
export function parseBulkRequest(body: unknown, limits: { readonly maxOperations: number }): BulkRequest {
  if (!isJsonObject(body)) throw invalidSyntax('a bulk request is a JSON object with "Operations".');
  const schemas = findMember(body, 'schemas');
  if (Array.isArray(schemas) && !schemas.includes(BULK_REQUEST)) {
    throw invalidSyntax(`schemas of a bulk request must contain ${BULK_REQUEST}.`);
  }
  const operations = findMember(body, 'Operations');
  if (!Array.isArray(operations)) throw invalidSyntax('Operations must be an array.');
  if (operations.length > limits.maxOperations) {
    throw payloadTooLarge(
      `The bulk request has ${operations.length} operations; at most ${limits.maxOperations} are allowed (maxOperations). Split it.`,
    );
  }
  const failOnErrors = findMember(body, 'failOnErrors') ?? undefined;
  if (failOnErrors !== undefined && (typeof failOnErrors !== 'number' || !Number.isInteger(failOnErrors))) {
    throw invalidValue('failOnErrors', 'must be a whole number.');
  }
  return {
    ...(failOnErrors === undefined || failOnErrors < 1 ? {} : { failOnErrors }),
    operations: operations.map(readBulkOperation),
  };
}

/** Builds a bulk response; `status` is a string (RFC 7644 §3.7.3). */
export function bulkResponse(results: readonly BulkResult[]): JsonObject {
  return {
    schemas: [BULK_RESPONSE],
    Operations: results.map(({ status, ...result }) => ({ ...result, status: String(status) })),
  };
}

function readBulkOperation(operation: JsonValue, index: number): BulkOperation {
  const where = `Operations[${index}]`;
  if (!isJsonObject(operation)) throw invalidSyntax(`${where} must be an object with method and path.`);
  const method = methodOf(findMember(operation, 'method'), where);
  const path = findMember(operation, 'path');
  if (typeof path !== 'string' || !path.startsWith('/')) {
    throw invalidValue(`${where}.path`, 'must be a path relative to the base URL, such as /Users.');
  }
  const bulkId = textOf(operation, 'bulkId', where);
  if (method === 'POST' && bulkId === undefined) {
    throw invalidValue(`${where}.bulkId`, 'is required for POST (RFC 7644 §3.7).');
  }
  const version = textOf(operation, 'version', where);
  const data = findMember(operation, 'data');
  if (data === undefined && method !== 'DELETE')
    throw invalidValue(`${where}.data`, `is required for ${method}.`);
  return {
    method,
    path,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(version === undefined ? {} : { version }),
    ...(data === undefined ? {} : { data }),
  };
}

function methodOf(method: JsonValue | undefined, where: string): BulkMethod {
  const upper = typeof method === 'string' ? method.toUpperCase() : undefined;
  if (upper === 'POST' || upper === 'PUT' || upper === 'PATCH' || upper === 'DELETE') return upper;
  throw invalidValue(`${where}.method`, 'must be POST, PUT, PATCH or DELETE.');
}

function textOf(operation: JsonObject, name: string, where: string): string | undefined {
  const value = findMember(operation, name) ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw invalidValue(`${where}.${name}`, 'must be a string.');
}
