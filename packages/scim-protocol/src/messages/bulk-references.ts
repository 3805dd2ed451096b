import { invalidSyntax } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, namesOf } from '../json.ts';
import { assertMemberCount } from '../resource/distinct-names.ts';
import type { BulkOperation } from './bulk-operation.ts';

const prefix = 'bulkId:';

/** What has to be known of an operation before its turn. */
export interface BulkContent {
  /** The bulkIds that it refers to. */
  readonly references: ReadonlySet<string>;
  /** How many its data has when it is written as JSON, roughly. */
  readonly characters: number;
}

/**
 * Looks through an operation once. It may refer in its path and in its data (RFC 7644 §3.7.2): extensions refer like any
 * attribute, so every value counts. Throws invalidSyntax for data that is nested without end.
 */
export function contentOf({ path, data }: BulkOperation): BulkContent {
  const references = new Set<string>();
  for (const segment of path.split('/'))
    if (segment.startsWith(prefix)) references.add(segment.slice(prefix.length));
  const characters = data === undefined ? 0 : collect(data, references);
  return { references, characters };
}

/** The operation with every `bulkId:x` that is resolved already replaced by the id of the resource. */
export function resolveBulkReferences(
  operation: BulkOperation,
  ids: ReadonlyMap<string, string>,
): BulkOperation {
  const path = operation.path
    .split('/')
    .map((segment) => resolveBulkReference(segment, ids))
    .join('/');
  if (operation.data === undefined) return { ...operation, path };
  return { ...operation, path, data: resolveValue(operation.data, ids) };
}

/** A text with the ids of the resources in place of the references that are resolved already. */
export function resolveBulkReference(text: string, ids: ReadonlyMap<string, string>): string {
  if (!text.includes(prefix)) return text;
  if (text.startsWith(prefix)) return ids.get(text.slice(prefix.length)) ?? text;
  return text.replaceAll(innerReference, (reference, id: string) => ids.get(id) ?? reference);
}

/** Data in two: all of it but what refers to these bulkIds, and that. Undefined for a part with nothing in it. */
export interface DividedData {
  readonly rest: JsonValue | undefined;
  readonly references: JsonValue | undefined;
}

/**
 * Sets apart what can't be told yet, to break a cycle of references (RFC 7644 §3.7.1). An element, and a complex
 * value, goes as a whole.
 */
export function divideByReferences(data: JsonValue, bulkIds: ReadonlySet<string>): DividedData {
  if (Array.isArray(data)) {
    const [waiting, ready] = partition(data, (item) => refersTo(item, bulkIds));
    if (waiting.length === 0) return { rest: data, references: undefined };
    return { rest: ready.length === 0 ? undefined : ready, references: waiting };
  }
  if (!isJsonObject(data)) {
    return refersTo(data, bulkIds)
      ? { rest: undefined, references: data }
      : { rest: data, references: undefined };
  }
  const values = Object.values(data);
  if (values.some((value) => typeof value === 'string' && refersTo(value, bulkIds))) {
    return { rest: undefined, references: data };
  }
  const parts = values.map((value) => divideByReferences(value, bulkIds));
  if (parts.every(({ references }) => references === undefined)) return { rest: data, references: undefined };
  const names = Object.keys(data);
  return {
    rest: objectOf(
      names,
      parts.map(({ rest }) => rest),
    ),
    references: objectOf(
      names,
      parts.map(({ references }) => references),
    ),
  };
}

/**
 * How many levels of objects and arrays the data of a bulk operation may have. SCIM data is five deep at most; a body
 * nested without end must not exhaust the stack.
 */
export const maxBulkDataDepth = 20;

/** Adds the references in a value to those that were found; gives how many characters it has. */
function collect(value: JsonValue, found: Set<string>, depth = 0): number {
  if (depth > maxBulkDataDepth) throw invalidSyntax(`data is nested deeper than ${maxBulkDataDepth} levels.`);
  if (typeof value === 'string') {
    for (const bulkId of referencesIn(value)) found.add(bulkId);
    return value.length + '""'.length;
  }
  let characters = '{}'.length;
  if (Array.isArray(value)) {
    for (const item of value) characters += collect(item, found, depth + 1) + ','.length;
  } else if (isJsonObject(value)) {
    const names = namesOf(value);
    assertMemberCount(names.length);
    for (const name of names)
      characters += name.length + '"":'.length + collect(value[name] ?? null, found, depth + 1);
  }
  return characters;
}

/** The bulkIds that a text refers to: as a whole, or as parts of it. */
function referencesIn(text: string): readonly string[] {
  if (!text.includes(prefix)) return none;
  if (text.startsWith(prefix)) return [text.slice(prefix.length)];
  return Array.from(text.matchAll(innerReference), ([, bulkId = '']) => bulkId);
}

const none: readonly string[] = [];

/** The quoted value of a filter in a PATCH path, or the end of a `$ref`. */
const innerReference = /(?<=["/])bulkId:([^"/]+)(?="|$)/g;

function resolveValue(value: JsonValue, ids: ReadonlyMap<string, string>, depth = 0): JsonValue {
  if (depth > maxBulkDataDepth) throw invalidSyntax(`data is nested deeper than ${maxBulkDataDepth} levels.`);
  if (typeof value === 'string') return resolveBulkReference(value, ids);
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, ids, depth + 1));
  if (!isJsonObject(value)) return value;
  const resolved: JsonObject = Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, resolveValue(item, ids, depth + 1)]),
  );
  return resolved;
}

function refersTo(value: JsonValue, bulkIds: ReadonlySet<string>): boolean {
  if (typeof value === 'string') {
    for (const bulkId of referencesIn(value)) if (bulkIds.has(bulkId)) return true;
    return false;
  }
  if (Array.isArray(value)) return value.some((item) => refersTo(item, bulkIds));
  return isJsonObject(value) && Object.values(value).some((item) => refersTo(item, bulkIds));
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  const [passing, failing]: [T[], T[]] = [[], []];
  for (const item of items) (test(item) ? passing : failing).push(item);
  return [passing, failing];
}

/** The members that have a value; undefined when none has. */
function objectOf(
  names: readonly string[],
  values: readonly (JsonValue | undefined)[],
): JsonObject | undefined {
  const present = names.flatMap((name, index): [string, JsonValue][] => {
    const value = values[index];
    return value === undefined ? [] : [[name, value]];
  });
  return present.length === 0 ? undefined : Object.fromEntries(present);
}
