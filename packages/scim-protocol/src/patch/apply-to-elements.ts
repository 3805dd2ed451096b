import { noTarget } from '../errors.ts';
import type { BoundFilter } from '../filter/bound-filter.ts';
import { matchesElement } from '../filter/match.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { elementKey, isHollow, isSameElement } from '../resource/element.ts';
import { ElementIndex } from '../resource/element-index.ts';
import { mergeElements, withoutPrimary } from '../resource/merge-elements.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { withSubAttribute } from './apply-to-single.ts';
import type { PatchOperation } from './operation.ts';
import { elementFromFilter } from './tolerances/created-element.ts';

type Elements = readonly JsonValue[];
type Operation<Kind> = Extract<PatchOperation, { kind: Kind }>;

/** The elements without the listed ones; listing one that is absent is no error (RFC 7644 §3.5.2.2). */
export function withoutListed(
  attribute: AttributeDefinition,
  elements: Elements,
  listed: Elements,
): Elements {
  const byKey = Map.groupBy(listed, (element) => elementKey(attribute, element));
  return elements.filter((element) => {
    const candidates = byKey.get(elementKey(attribute, element)) ?? [];
    return !candidates.some((candidate) => isSameElement(attribute, element, candidate));
  });
}

/** The elements without those that match. */
export function withoutMatching(elements: Elements, filter: BoundFilter): Elements {
  return elements.filter((element) => !isMatch(element, filter));
}

/** Merges or exchanges the matching elements as a whole, or creates one (RFC 7644 §3.5.2.1, §3.5.2.3). */
export function changeMatching(elements: Elements, operation: Operation<'changeMatching'>): Elements {
  const { op, target, filter, value } = operation;
  const { attribute } = target;
  const said = withoutNull(value);
  const isThere = hasMatch(elements, filter);
  if (!isThere && value.value === null) return elements;
  const present = isThere ? elements : create(elements, operation, value);
  const fromFilter = op === 'replace' ? elementFromFilter(filter) : undefined;
  return change(present, {
    attribute,
    filter,
    makesPrimary: value.primary === true && value.value !== null,
    changeElement: (element) =>
      op === 'replace' && !isHollow(attribute, said)
        ? { ...fromFilter, ...said }
        : withParts(attribute, element, value),
  });
}

/** The element with what is said of it; undefined when what is cleared leaves nothing. */
function withParts(
  attribute: AttributeDefinition,
  element: JsonObject,
  parts: JsonObject,
): JsonObject | undefined {
  if (parts.value === null) return undefined;
  const changed = withoutNull({ ...element, ...parts });
  return isHollow(attribute, changed) ? undefined : changed;
}

const withoutNull = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));

/** Sets or clears one sub-attribute in the matching elements, or creates an element that has it. */
export function setInMatching(elements: Elements, operation: Operation<'setInMatching'>): Elements {
  const { target, filter, value } = operation;
  const { attribute, subAttribute } = target;
  if (subAttribute === undefined) return elements;
  if (!hasMatch(elements, filter)) {
    return value === null ? elements : create(elements, operation, { [subAttribute.name]: value });
  }
  return change(elements, {
    attribute,
    filter,
    makesPrimary: subAttribute.name === 'primary' && value === true,
    changeElement: (element) => {
      const changed = withSubAttribute(attribute, element, subAttribute, value ?? undefined);
      return changed === undefined || isHollow(attribute, changed) ? undefined : changed;
    },
  });
}

function create(
  elements: Elements,
  { target, filter }: Pick<Operation<'setInMatching'>, 'target' | 'filter'>,
  given: JsonObject,
): Elements {
  const fromFilter = elementFromFilter(filter);
  if (fromFilter === undefined) {
    throw noTarget(
      `no element of ${target.path} matches the filter, and one can only be created from a filter of "eq" terms joined by "and".`,
    );
  }
  const element = withoutNull({ ...fromFilter, ...given });
  const isEmpty = isHollow(target.attribute, element);
  return isEmpty ? elements : mergeElements(target.attribute, elements, [element]);
}

interface ElementChange {
  readonly attribute: AttributeDefinition;
  readonly filter: BoundFilter | undefined;
  readonly makesPrimary: boolean;
  readonly changeElement: (element: JsonObject) => JsonObject | undefined;
}

/**
 * Changes the matching elements. Only the first of them can become primary, and all others cease to be. An element
 * that has become the same as another takes its place.
 */
function change(
  elements: Elements,
  { attribute, filter, makesPrimary, changeElement }: ElementChange,
): Elements {
  const matching = new Set(elements.filter((element) => isMatch(element, filter)));
  if (matching.size === 0) return elements;
  const [first] = matching;
  const changed = new Map<JsonValue, JsonValue | undefined>();
  for (const element of matching) {
    const next = isJsonObject(element) ? changeElement(element) : element;
    changed.set(element, next && makesPrimary && element !== first ? withoutPrimary(next) : next);
  }
  const results = [...changed.values()].filter((next) => next !== undefined);
  const index = new ElementIndex(attribute, results);
  const isReplaced = (element: JsonValue) =>
    elementKey(attribute, element) === undefined
      ? results.some((next) => isSameElement(attribute, element, next))
      : index.find(element) !== undefined;
  const kept = elements.flatMap((element) => {
    if (!matching.has(element))
      return isReplaced(element) ? [] : [makesPrimary ? withoutPrimary(element) : element];
    const next = changed.get(element);
    return next === undefined ? [] : [next];
  });
  return mergeElements(attribute, [], kept);
}

function hasMatch(elements: Elements, filter: BoundFilter | undefined): boolean {
  return elements.some((element) => isMatch(element, filter));
}

function isMatch(element: JsonValue, filter: BoundFilter | undefined): boolean {
  return isJsonObject(element) && (filter === undefined || matchesElement(filter, element));
}
