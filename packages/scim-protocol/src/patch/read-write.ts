import { invalidValue } from '../errors.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { isReference } from '../resource/element.ts';
import { readSubAttributes, readValue } from '../resource/read-value.ts';
import { assertSaysSomething } from '../resource/something-known.ts';
import type { AttributeTarget } from '../schema/resolve-attribute.ts';
import { singleValueFromArray } from '../tolerances/array-or-single.ts';
import { isUnassigned } from '../tolerances/empty-string.ts';
import type { PatchOperation } from './operation.ts';
import type { PatchPath } from './parse-path.ts';
import { writeParts } from './write-parts.ts';

type WriteOp = 'add' | 'replace';

/** Reads an add or replace with a path (RFC 7644 §3.5.2.1, §3.5.2.3). Throws invalidValue. */
export function readWrite(op: WriteOp, path: PatchPath, raw: JsonValue): readonly PatchOperation[] {
  const { attribute, subAttribute } = path.target;
  if (attribute.multiValued && (path.filter !== undefined || subAttribute !== undefined)) {
    return readWriteToElements(op, path, raw);
  }
  if (attribute.multiValued) return readWriteOfList(op, path, raw);
  if (attribute.type === 'complex' && subAttribute === undefined) return readWriteOfComplex(path, raw);
  const { target } = path;
  const value = readValue(subAttribute ?? attribute, singleValueFromArray(raw), target.path);
  if (subAttribute !== undefined) return writeParts(target, new Map([[subAttribute, value ?? null]]));
  return [value === undefined ? { kind: 'clear', target } : { kind: 'set', target, value }];
}

function readWriteToElements(op: WriteOp, path: PatchPath, raw: JsonValue): readonly PatchOperation[] {
  const { target, filter } = path;
  if (target.subAttribute !== undefined) {
    const value = readValue(target.subAttribute, singleValueFromArray(raw), target.path) ?? null;
    return [{ kind: 'setInMatching', target, value, ...(filter === undefined ? {} : { filter }) }];
  }
  if (filter === undefined) return [];
  if (isNothing(raw)) return op === 'replace' ? [{ kind: 'removeMatching', target, filter }] : [];
  const value = readElementParts(op, target, singleValueFromArray(raw));
  return Object.keys(value).length === 0 ? [] : [{ kind: 'changeMatching', op, target, filter, value }];
}

const isNothing = (raw: JsonValue): boolean => isUnassigned(raw) || (Array.isArray(raw) && raw.length === 0);

/** What a value says of an element; null is a part that it clears, and adding nothing changes nothing. */
function readElementParts(op: WriteOp, { attribute, path }: AttributeTarget, value: JsonValue): JsonObject {
  if (isUnassigned(value)) {
    throw invalidValue(
      path,
      'has a list of nothing. Give the element itself; null for all of the value removes it.',
    );
  }
  assertSaysSomething(attribute, value, path);
  const parts = [...readSubAttributes(attribute, value, path)].filter(
    ([, part]) => op === 'replace' || part !== null,
  );
  const said: JsonObject = Object.fromEntries(parts.map(([{ name }, part]) => [name, part]));
  if (said.value === null && isReference(attribute)) {
    throw invalidValue(`${path}.value`, 'is required: the id of the member. Use remove to take it out.');
  }
  return said;
}

/** Adding nothing changes nothing; replacing with nothing (null or []) unassigns (RFC 7643 §2.5). */
function readWriteOfList(op: WriteOp, { target }: PatchPath, raw: JsonValue): readonly PatchOperation[] {
  const elements = readValue(target.attribute, raw, target.path);
  if (Array.isArray(elements)) {
    return [{ kind: op === 'add' ? 'addElements' : 'replaceElements', target, elements }];
  }
  return op === 'replace' ? [{ kind: 'clear', target }] : [];
}

/** Sub-attributes that the value does not name stay as they are (RFC 7644 §3.5.2.3). */
function readWriteOfComplex({ target }: PatchPath, raw: JsonValue): readonly PatchOperation[] {
  const value = singleValueFromArray(raw);
  if (isUnassigned(value)) return [{ kind: 'clear', target }];
  return writeParts(target, readSubAttributes(target.attribute, value, target.path));
}
