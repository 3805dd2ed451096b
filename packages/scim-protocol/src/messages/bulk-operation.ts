import { invalidSyntax, invalidValue, ScimError } from '../errors.ts';
import { findMember, isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { assertDistinctNames } from '../resource/distinct-names.ts';

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

/** An operation that can't be carried out, with as much of it as its result repeats. */
export interface RefusedOperation {
  readonly method?: string;
  readonly path?: string;
  readonly bulkId?: string;
  readonly error: ScimError;
}

/** Tells an operation that can't be carried out from one that may be. */
export function isRefused(operation: BulkOperation | RefusedOperation): operation is RefusedOperation {
  return 'error' in operation;
}

/** Reads one operation of a bulk request; what is wrong with it is in the result, and harms no other operation. */
export function readBulkOperation(operation: JsonValue, index: number): BulkOperation | RefusedOperation {
  const where = `Operations[${index}]`;
  if (!isJsonObject(operation)) {
    return { error: invalidSyntax(`${where} must be an object with method and path.`) };
  }
  try {
    return readWellFormed(operation, where);
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    return { ...repeated(operation), error };
  }
}

function readWellFormed(operation: JsonObject, where: string): BulkOperation {
  assertDistinctNames(operation);
  const method = methodOf(findMember(operation, 'method'), where);
  const path = findMember(operation, 'path');
  if (typeof path !== 'string' || !path.startsWith('/')) {
    throw invalidValue(`${where}.path`, 'must be a path relative to the base URL, such as /Users.');
  }
  const bulkId = textOf(operation, 'bulkId', where);
  if (method === 'POST' && (bulkId === undefined || bulkId === '')) {
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
    ...(data === undefined || method === 'DELETE' ? {} : { data }),
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

function repeated(operation: JsonObject): Pick<RefusedOperation, 'method' | 'path' | 'bulkId'> {
  const [method, path, bulkId] = ['method', 'path', 'bulkId'].map((name) => findMember(operation, name));
  return {
    ...(typeof method === 'string' ? { method: method.toUpperCase() } : {}),
    ...(typeof path === 'string' ? { path } : {}),
    ...(typeof bulkId === 'string' ? { bulkId } : {}),
  };
}
