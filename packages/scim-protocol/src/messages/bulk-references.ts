import { invalidSyntax } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { BulkOperation } from './bulk.ts';

const prefix = 'bulkId:';

/** The bulkIds that an operation refers to, in its path or data (RFC 7644 §3.7.2). */
export function bulkReferences({ path, data }: BulkOperation): ReadonlySet<string> {
  const found = new Set<string>();
  for (const segment of path.split('/'))
    if (segment.startsWith(prefix)) found.add(segment.slice(prefix.length));
  if (data !== undefined) collect(data, found);
  return found;
}

/** The operation with every `bulkId:x` that is resolved already replaced by the id of the resource. */
export function resolveBulkReferences(
  operation: BulkOperation,
  ids: ReadonlyMap<string, string>,
): BulkOperation {
  const path = operation.path
    .split('/')
    .map((segment) => resolveText(segment, ids))
    .join('/');
  if (operation.data === undefined) return { ...operation, path };
  return { ...operation, path, data: resolveValue(operation.data, ids) };
}

/** SCIM data is five levels deep at most; a body nested without end must not exhaust the stack. */
const maxDepth = 64;

function collect(value: JsonValue, found: Set<string>, depth = 0): void {
  if (depth > maxDepth) throw invalidSyntax(`data is nested deeper than ${maxDepth} levels.`);
  if (typeof value === 'string') {
    for (const [, id] of value.matchAll(bulkIdReference)) if (id !== undefined) found.add(id);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, found, depth + 1);
  } else if (isJsonObject(value)) {
    for (const item of Object.values(value)) collect(item, found, depth + 1);
  }
}

/** A whole value, or the quoted value of a filter in a PATCH path. */
const bulkIdReference = /(?<=^|")bulkId:([^"\s]+)(?="|$)/g;

function resolveText(text: string, ids: ReadonlyMap<string, string>): string {
  return text.replaceAll(bulkIdReference, (reference, id: string) => ids.get(id) ?? reference);
}

function resolveValue(value: JsonValue, ids: ReadonlyMap<string, string>, depth = 0): JsonValue {
  if (depth > maxDepth) throw invalidSyntax(`data is nested deeper than ${maxDepth} levels.`);
  if (typeof value === 'string') return resolveText(value, ids);
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, ids, depth + 1));
  if (!isJsonObject(value)) return value;
  const resolved: JsonObject = Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, resolveValue(item, ids, depth + 1)]),
  );
  return resolved;
}
