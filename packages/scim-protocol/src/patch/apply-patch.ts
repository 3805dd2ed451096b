import { mutability, payloadTooLarge } from '../errors.ts';
import type { BoundFilter } from '../filter/bound-filter.ts';
import { isSameJson, type JsonObject, type JsonValue } from '../json.ts';
import { assertElementCount, isKeyed } from '../resource/element.ts';
import { mergeElements } from '../resource/merge-elements.ts';
import { getAttribute, schemasOf, withAttribute } from '../resource/resource-state.ts';
import { type AttributeTarget, topLevelTargets } from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';
import { changeMatching, setInMatching, withoutListed, withoutMatching } from './apply-to-elements.ts';
import { applyToSingle } from './apply-to-single.ts';
import type { PatchOperation } from './operation.ts';
import { patchLimits } from './patch-limits.ts';

/**
 * Applies operations in order and gives the new resource; the given one is not touched, and is itself the answer
 * when nothing changes, so that its version can stay (RFC 7644 §3.5.2). Throws noTarget, or mutability when a
 * required attribute would end up unassigned; then nothing has been applied.
 */
export function applyPatch(
  resource: JsonObject,
  operations: readonly PatchOperation[],
  resourceType: ResourceTypeDefinition,
): JsonObject {
  const changed = applyInOrder(resource, operations);
  assertRequiredRemain(resource, changed, resourceType);
  const complete = { ...changed, schemas: schemasOf(changed, resourceType) };
  const before = { ...resource, schemas: schemasOf(resource, resourceType) };
  return isSameJson(before, complete) ? resource : complete;
}

function applyInOrder(resource: JsonObject, operations: readonly PatchOperation[]): JsonObject {
  let changed = resource;
  let visits = 0;
  for (const [index, operation] of withAddsGathered(operations).entries()) {
    if (index > 0) visits += visitsOf(changed, operation);
    if (visits > patchLimits.maxValuesVisited) {
      throw payloadTooLarge(
        `the operations look at more than ${patchLimits.maxValuesVisited} values, one after the other. Send them in several requests.`,
      );
    }
    changed = applyOperation(changed, operation);
  }
  return changed;
}

/** What is added to an attribute by operations that follow each other is merged in one pass: clients send one for each value. */
function withAddsGathered(operations: readonly PatchOperation[]): readonly PatchOperation[] {
  const gathered: PatchOperation[] = [];
  let adding: { target: AttributeTarget; elements: JsonValue[] } | undefined;
  for (const operation of operations) {
    const { kind, target } = operation;
    if (kind !== 'addElements' || !isKeyed(target.attribute)) {
      gathered.push(operation);
      adding = undefined;
      continue;
    }
    if (adding?.target.path !== target.path) {
      adding = { target, elements: [] };
      gathered.push({ kind, ...adding });
    }
    for (const element of operation.elements) adding.elements.push(element);
  }
  return gathered;
}

/** Values without a `value` of their own are compared each with each. */
function visitsOf(resource: JsonObject, operation: PatchOperation): number {
  const { kind, target } = operation;
  if (kind === 'set' || kind === 'clear' || kind === 'replaceElements') return 1;
  const count = elementsAt(resource, target).length;
  if (!isKeyed(target.attribute)) return 1 + count ** 2;
  return 1 + count * ('filter' in operation ? comparisonsOf(operation.filter) : 1);
}

function comparisonsOf(filter: BoundFilter | undefined): number {
  switch (filter?.kind) {
    case 'and':
    case 'or':
      return filter.operands.reduce((sum, operand) => sum + comparisonsOf(operand), 0);
    case 'not':
      return comparisonsOf(filter.operand);
    case 'valuePath':
      return comparisonsOf(filter.filter);
    default:
      return 1;
  }
}

function applyOperation(resource: JsonObject, operation: PatchOperation): JsonObject {
  const { target } = operation;
  switch (operation.kind) {
    case 'set':
      return applyToSingle(resource, target, operation.value);
    case 'clear':
      return applyToSingle(resource, target, undefined);
    case 'replaceElements':
      return withAttribute(resource, target, [...operation.elements]);
    default:
      return withElements(resource, target, applyToElements(elementsAt(resource, target), operation));
  }
}

function applyToElements(
  elements: readonly JsonValue[],
  operation: Exclude<PatchOperation, { kind: 'set' | 'clear' | 'replaceElements' }>,
): readonly JsonValue[] {
  const { attribute } = operation.target;
  switch (operation.kind) {
    case 'addElements':
      return mergeElements(attribute, elements, operation.elements);
    case 'removeElements':
      return withoutListed(attribute, elements, operation.elements);
    case 'removeMatching':
      return withoutMatching(elements, operation.filter);
    case 'changeMatching':
      return changeMatching(elements, operation);
    case 'setInMatching':
      return setInMatching(elements, operation);
  }
}

function elementsAt(resource: JsonObject, target: AttributeTarget): readonly JsonValue[] {
  const value = getAttribute(resource, target);
  return Array.isArray(value) ? value : [];
}

/** A multi-valued attribute without elements is unassigned (RFC 7644 §3.5.2.2). */
function withElements(
  resource: JsonObject,
  target: AttributeTarget,
  elements: readonly JsonValue[],
): JsonObject {
  assertElementCount(target.attribute, elements.length, target.path);
  return withAttribute(resource, target, elements.length === 0 ? undefined : [...elements]);
}

/** Checked at the end, since an operation may give what an earlier one took (Entra removes, then adds). */
function assertRequiredRemain(
  before: JsonObject,
  after: JsonObject,
  resourceType: ResourceTypeDefinition,
): void {
  const lost = topLevelTargets(resourceType).find(
    (target) =>
      target.attribute.required &&
      getAttribute(before, target) !== undefined &&
      getAttribute(after, target) === undefined,
  );
  if (lost !== undefined) throw requiredAttribute(lost.path);
}

/** 400 mutability, as RFC 7644 §3.5.2.2 has it for a required attribute that becomes unassigned. */
export function requiredAttribute(path: string) {
  return mutability(path, 'is required and can not be removed. Replace it with another value instead.');
}
