import {
  invalidPath,
  invalidSyntax,
  invalidValue,
  mutability,
  noTarget,
  payloadTooLarge,
  ScimError,
} from '../errors.ts';
import { findMember, isJsonObject, type JsonObject, type JsonValue, namesOf } from '../json.ts';
import { assertDistinctNames, assertDistinctNamesThroughout } from '../resource/distinct-names.ts';
import { GivenOnce } from '../resource/given-once.ts';
import { type Member, membersOf, membersOfExtension, readMember } from '../resource/read-assignments.ts';
import type { SchemaDefinition } from '../schema/attribute.ts';
import {
  type AttributeTarget,
  attributeTarget,
  findExtension,
  isCoreSchema,
  type PathTolerance,
  resolveAttribute,
} from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';
import { PATCH_OP } from '../schema/urns.ts';
import { singleValueFromArray } from '../tolerances/array-or-single.ts';
import { isUnassigned } from '../tolerances/empty-string.ts';
import { assertMessageSchemas } from '../tolerances/schemas-list.ts';
import type { PatchOperation } from './operation.ts';
import { type PatchPath, parsePatchPath } from './parse-path.ts';
import { patchLimits } from './patch-limits.ts';
import { readRemove, valueOfRemove } from './read-remove.ts';
import { readWrite } from './read-write.ts';
import { isKeptWhenUnassigned } from './tolerances/kept-active.ts';
import { operationFromAnyCase } from './tolerances/operation-name.ts';
import { isRestatedIdentity, isSameId } from './tolerances/restated-identity.ts';

/** What a caller may tell about the request. */
export interface ParsePatchOptions {
  readonly tolerances?: readonly PathTolerance[];
  /** Id of the resource; an operation that sets `id` to it is no error. */
  readonly resourceId?: string;
}

interface Reading extends ParsePatchOptions {
  readonly resourceType: ResourceTypeDefinition;
}

/**
 * Parses and validates the body of a PATCH (RFC 7644 §3.5.2). Throws invalidSyntax, invalidPath, invalidFilter,
 * invalidValue, noTarget or mutability, each naming the operation by its index.
 */
export function parsePatchRequest(
  body: unknown,
  resourceType: ResourceTypeDefinition,
  options: ParsePatchOptions = {},
): readonly PatchOperation[] {
  const reading = { ...options, resourceType };
  const operations: PatchOperation[] = [];
  for (const [index, operation] of listOperations(body).entries()) {
    try {
      for (const step of readOperation(operation, reading)) {
        if (step.kind !== 'clear' || !isKeptWhenUnassigned(step.target)) operations.push(step);
      }
    } catch (error) {
      throw error instanceof ScimError
        ? new ScimError(error.status, error.scimType, `Operations[${index}]: ${error.detail}`)
        : error;
    }
    assertOperationCount(operations.length);
  }
  return operations;
}

function listOperations(body: unknown): readonly JsonValue[] {
  if (!isJsonObject(body)) throw invalidSyntax('a PATCH is a JSON object with "Operations".');
  assertDistinctNames(body);
  assertMessageSchemas(findMember(body, 'schemas'), PATCH_OP, 'PATCH');
  const operations = findMember(body, 'Operations');
  if (!Array.isArray(operations) || operations.length === 0) {
    throw invalidSyntax('Operations must be an array of one or more operations (RFC 7644 §3.5.2).');
  }
  assertOperationCount(operations.length);
  return operations;
}

function assertOperationCount(count: number): void {
  if (count <= patchLimits.maxOperations) return;
  throw payloadTooLarge(
    `The PATCH has ${count} operations or more, where each attribute that one sets counts; at most ${patchLimits.maxOperations} are allowed. Send them in several requests; one operation may carry any number of members.`,
  );
}

function readOperation(operation: JsonValue, reading: Reading): readonly PatchOperation[] {
  if (!isJsonObject(operation)) throw invalidSyntax('an operation is an object with op, path and value.');
  assertDistinctNamesThroughout(operation);
  const op = operationFromAnyCase(findMember(operation, 'op'));
  if (op === undefined) throw invalidSyntax('op must be "add", "remove" or "replace".');
  const path = findMember(operation, 'path');
  const value = findMember(operation, 'value');
  if (op === 'remove') return readRemoveOperation(path, value, reading);
  if (value === undefined) throw invalidValue('value', `is required for ${op}. Use remove to unassign.`);
  if (isUnassigned(path) || isCorePath(path, reading)) return readWithoutPath(op, value, reading);
  const extension = extensionAt(path, reading);
  if (extension !== undefined) return readExtension(op, extension, value, reading);
  const patchPath = readPath(path, reading);
  if (isRestatedIdentity(patchPath.target, value, reading.resourceId)) return [];
  assertWritable(patchPath);
  return readWrite(op, patchPath, value);
}

function readRemoveOperation(
  path: JsonValue | undefined,
  value: JsonValue | undefined,
  reading: Reading,
): readonly PatchOperation[] {
  if (isUnassigned(path)) {
    throw noTarget('a remove needs a path that says what to remove (RFC 7644 §3.5.2.2).');
  }
  if (isCorePath(path, reading)) {
    throw invalidPath(
      'it is the URN of the core schema, which no resource is without (RFC 7643 §3). Give the path of each attribute that is to go.',
    );
  }
  const extension = extensionAt(path, reading);
  if (extension !== undefined) {
    if (!isUnassigned(value)) throw valueOfRemove(extension.id);
    return readExtension('replace', extension, null, reading);
  }
  const patchPath = readPath(path, reading);
  assertWritable(patchPath);
  return readRemove(patchPath, value);
}

/** The value is a set of attributes of the resource (RFC 7644 §3.5.2.1); its names may be paths themselves. */
function readWithoutPath(
  op: 'add' | 'replace',
  given: JsonValue,
  reading: Reading,
): readonly PatchOperation[] {
  const value = singleValueFromArray(given);
  if (!isJsonObject(value)) {
    throw invalidValue('value', 'must be an object of attributes when the operation has no path.');
  }
  const operations = readMembers(op, membersOf(value, reading.resourceType), reading);
  if (op === 'replace') return operations;
  const unsaid = extensionsOfNull(value, reading);
  return operations.filter(({ kind, target }) => kind !== 'clear' || !unsaid.has(target.extension));
}

/** The extensions whose container is null, be it in that of the core schema: to add nothing changes nothing. */
function extensionsOfNull(value: JsonObject, { resourceType }: Reading): ReadonlySet<string | undefined> {
  const core = namesOf(value).filter((name) => isCoreSchema(resourceType, name));
  const containers = [value, ...core.map((name) => value[name])].filter(isJsonObject);
  const names = containers.flatMap((each) => namesOf(each).filter((name) => each[name] === null));
  const urns = names.map((name) => findExtension(resourceType, name)?.id);
  return new Set(urns.filter((urn) => urn !== undefined));
}

/** The path is the URN of an extension, which stands for its container (RFC 7644 §3.10, RFC 7643 §3.3). */
function readExtension(
  op: 'add' | 'replace',
  extension: SchemaDefinition,
  value: JsonValue,
  reading: Reading,
): readonly PatchOperation[] {
  if (op === 'add' && value === null) return [];
  return readMembers(op, membersOfExtension(extension, value), reading);
}

function readMembers(
  op: 'add' | 'replace',
  members: readonly Member[],
  reading: Reading,
): readonly PatchOperation[] {
  const given = new GivenOnce();
  const operations: PatchOperation[] = [];
  for (const [name, raw] of members) {
    if (name.includes('[')) {
      operations.push(...readWrite(op, writable(readPath(name, reading)), raw));
    } else {
      assertOwnId(name, raw, reading);
      const assignment = readMember([name, raw], reading.resourceType, reading.tolerances);
      if (assignment === undefined) continue;
      given.add(assignment);
      operations.push(...readWrite(op, { target: assignment.target }, assignment.raw));
    }
    assertOperationCount(operations.length);
  }
  return operations;
}

/** Of what a client can't write, another id alone is a mistake for sure: the request is meant for another resource. */
function assertOwnId(name: string, value: JsonValue, { resourceType, resourceId }: Reading): void {
  // Of very many unknown names hardly one ends so, and only those are worth a look into the schemas.
  if (resourceId === undefined || isUnassigned(value) || name.slice(-2).toLowerCase() !== 'id') return;
  if (namesId(name, resourceType) && !isSameId(value, resourceId)) throw foreignId();
}

/** In an extension that has no id of its own the resource's can be meant only. */
function namesId(name: string, resourceType: ResourceTypeDefinition): boolean {
  const target = resolveAttribute(resourceType, name);
  if (target !== undefined) return target.path === 'id';
  return name.toLowerCase().endsWith(':id') && findExtension(resourceType, name.slice(0, -3)) !== undefined;
}

const foreignId = () =>
  mutability(
    'id',
    'is not the one in the address, and can not be changed. Send the request to its resource.',
  );

function isCorePath(path: JsonValue | undefined, { resourceType }: Reading): boolean {
  return typeof path === 'string' && isCoreSchema(resourceType, path.trim());
}

function extensionAt(path: JsonValue | undefined, { resourceType }: Reading): SchemaDefinition | undefined {
  return typeof path === 'string' ? findExtension(resourceType, path.trim()) : undefined;
}

function readPath(path: JsonValue | undefined, { resourceType, tolerances }: Reading): PatchPath {
  if (typeof path !== 'string') throw invalidPath('it must be a string.');
  return parsePatchPath(path, resourceType, tolerances);
}

function writable(path: PatchPath): PatchPath {
  assertWritable(path);
  return path;
}

/** RFC 7644 §3.5.2: readOnly is never changed; an immutable part of an element is changed by exchanging the element. */
function assertWritable({ target }: PatchPath): void {
  const { attribute, subAttribute } = target;
  if (attribute.mutability === 'readOnly' || subAttribute?.mutability === 'readOnly') {
    throw mutability(target.path);
  }
  if (attribute.multiValued && subAttribute?.mutability === 'immutable') throw immutableElement(target);
}

function immutableElement({ path, attribute }: AttributeTarget): ScimError {
  const whole = attributeTarget(attribute).path;
  return mutability(path, `is immutable. Remove the element of ${whole} and add another one instead.`);
}
