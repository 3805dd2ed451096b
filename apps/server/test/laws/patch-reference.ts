import { isJsonObject, type JsonObject, type JsonValue } from '@rollcall/scim-protocol';
import { fold } from '../conformance/filter-reference.ts';
import { ENTERPRISE } from '../conformance/samples.ts';
import type { Element, Given, Place, Selection, Step } from './patch-step.ts';

/** The keyword of the refusal (RFC 7644 §3.12). */
export class Refusal extends Error {}

/**
 * What a User is after the steps (RFC 7644 §3.5.2), in plain JSON and with nothing of the product's own code.
 * @throws Refusal when the whole is refused: for what can never be done first, then for what can not be done here.
 */
export function applySteps(resource: JsonObject, steps: readonly Step[]): JsonObject {
  const refused = steps.find((step) => step.kind === 'refused');
  if (refused !== undefined) throw new Refusal(refused.scimType);
  const after = structuredClone(resource);
  for (const step of steps) applyStep(after, step);
  if (after.userName === undefined) throw new Refusal('mutability');
  return after;
}

function applyStep(resource: JsonObject, step: Step): void {
  if (step.kind === 'refused') return;
  if (step.kind === 'set') {
    setSingle(resource, step.place, assigned(step.value, step.place.attribute));
  } else if (step.kind === 'unset') {
    setSingle(resource, step.place, undefined);
  } else {
    const { [step.list]: present = [] } = resource;
    const elements = applyToElements(Array.isArray(present) ? present.filter(isJsonObject) : [], step);
    setSingle(
      resource,
      { isExtension: false, attribute: step.list },
      elements.length === 0 ? undefined : elements,
    );
  }
}

function applyToElements(
  elements: JsonObject[],
  step: Exclude<Step, { kind: 'refused' | 'set' | 'unset' }>,
): JsonObject[] {
  const { list } = step;
  switch (step.kind) {
    case 'addElements':
      return merged(list, elements, step.elements);
    case 'replaceElements':
      return merged(list, [], step.elements);
    case 'removeAll':
      return [];
    case 'removeListed':
      return elements.filter((element) => !step.elements.some((listed) => isSame(list, element, listed)));
    case 'removeSelected':
      return elements.filter((element) => !isSelected(list, element, step.selection));
    case 'setPart': {
      const value = assigned(step.value, step.part);
      return changed(list, elements, step.selection, (element) => withPart(element, step.part, value), {
        isPrimary: step.part === 'primary' && value === true,
        created: value === undefined ? undefined : { [step.part]: value },
      });
    }
    case 'addToSelected':
    case 'replaceSelected': {
      const { element: given, selection } = step;
      const change = (element: JsonObject) =>
        step.kind === 'addToSelected' ? { ...element, ...given } : { ...said(selection), ...given };
      return changed(list, elements, selection, change, {
        isPrimary: given.primary === true,
        created: given,
      });
    }
  }
}

/** "" and null say nothing, and a boolean may come as a text. */
function assigned(value: Given, name: string): string | boolean | undefined {
  if (value === null || value === '') return undefined;
  return name === 'active' || name === 'primary' ? String(value).toLowerCase() === 'true' : value;
}

function setSingle(resource: JsonObject, place: Place, value: JsonValue | undefined): void {
  const { isExtension, attribute, part } = place;
  // Everybody is active or is not, and what takes that away leaves it.
  if (attribute === 'active' && value === undefined) return;
  if (isExtension) setWithin(resource, ENTERPRISE, { ...place, isExtension: false }, value);
  else if (part !== undefined) setWithin(resource, attribute, { isExtension, attribute: part }, value);
  else if (value === undefined) delete resource[attribute];
  else resource[attribute] = value;
}

/** An object of which nothing is left is not there. */
function setWithin(resource: JsonObject, name: string, place: Place, value: JsonValue | undefined): void {
  const found = resource[name];
  const inner = isJsonObject(found) ? found : {};
  setSingle(inner, place, value);
  if (Object.keys(inner).length === 0) delete resource[name];
  else resource[name] = inner;
}

/** Adds elements; one that is there already gains what is new, and a new primary one ends the former. */
function merged(list: string, elements: readonly JsonObject[], given: readonly Element[]): JsonObject[] {
  const result = [...elements];
  for (const element of given) {
    const at = result.findIndex((present) => isSame(list, present, element));
    const place = at === -1 ? result.length : at;
    result[place] = { ...result[place], ...element };
    if (element.primary === true) endOtherPrimaries(result, place);
  }
  return result;
}

function endOtherPrimaries(elements: JsonObject[], keep: number): void {
  for (const [at, element] of elements.entries()) {
    if (at !== keep && element.primary === true) elements[at] = { ...element, primary: false };
  }
}

/** Changes the selected elements, or makes one out of what the selection says when there is none. */
function changed(
  list: string,
  elements: readonly JsonObject[],
  selection: Selection,
  change: (element: JsonObject) => JsonObject,
  { isPrimary, created }: { isPrimary: boolean; created: Element | undefined },
): JsonObject[] {
  const first = elements.findIndex((element) => isSelected(list, element, selection));
  if (first === -1) return withCreated(list, elements, selection, created);
  const results = elements.map((element, at) => {
    if (!isSelected(list, element, selection)) return { element, isChanged: false };
    const next = change(element);
    return { element: isPrimary && at !== first ? { ...next, primary: false } : next, isChanged: true };
  });
  const alive = results.filter(({ element }) => !isHollow(element));
  // An element that has become another one takes its place.
  const left = alive.filter(
    ({ element, isChanged }) =>
      isChanged || !alive.some((other) => other.isChanged && isSame(list, element, other.element)),
  );
  if (isPrimary) {
    for (const entry of left) if (!entry.isChanged) entry.element = withoutPrimary(entry.element);
  }
  return left.reduce<JsonObject[]>((sum, { element }) => mergedOne(list, sum, element), []);
}

const withoutPrimary = (element: JsonObject): JsonObject =>
  element.primary === true ? { ...element, primary: false } : element;

function mergedOne(list: string, elements: JsonObject[], element: JsonObject): JsonObject[] {
  const at = elements.findIndex((present) => isSame(list, present, element));
  if (at === -1) return [...elements, element];
  return elements.map((present, index) => (index === at ? { ...present, ...element } : present));
}

function withCreated(
  list: string,
  elements: readonly JsonObject[],
  selection: Selection,
  created: Element | undefined,
): JsonObject[] {
  if (created === undefined) return [...elements];
  if (selection.some(({ how }) => how !== 'eq')) throw new Refusal('noTarget');
  const element: Element = { ...said(selection), ...created };
  return isHollow(element) ? [...elements] : merged(list, elements, [element]);
}

const said = (selection: Selection): Element =>
  Object.fromEntries(selection.map(({ part, value }) => [part, value]));

function withPart(element: JsonObject, part: string, value: string | boolean | undefined): JsonObject {
  const { [part]: _old, ...rest } = element;
  if (value !== undefined) return { ...element, [part]: value };
  // Without its value an element is nothing.
  return part === 'value' ? {} : rest;
}

/** A type, a display name or a primary mark of nothing is nothing. */
const isHollow = (element: JsonObject): boolean =>
  Object.keys(element).every((part) => ['type', 'display', 'primary'].includes(part));

const isSelected = (list: string, element: JsonObject, selection: Selection): boolean =>
  selection.every(({ part, how, value }) => {
    if (element[part] === undefined) return false;
    const [found, wanted] = [compared(list, part, element[part]), compared(list, part, value)];
    return how === 'eq' ? found === wanted : found.startsWith(wanted);
  });

/** One value under one type is one element (RFC 7643 §2.4); a type that is not said differs from none. */
function isSame(list: string, present: JsonObject, given: JsonObject): boolean {
  const agrees = (part: string) => compared(list, part, present[part]) === compared(list, part, given[part]);
  if (list === 'addresses') {
    return Object.keys(given).every((part) => part === 'primary' || agrees(part));
  }
  const isOneType = present.type === undefined || given.type === undefined || agrees('type');
  return isOneType && agrees('value');
}

/** Texts have no case, but for addresses of photos: a reference is case exact (RFC 7643 §2.3.7). */
const compared = (list: string, part: string, value: JsonValue | undefined): string =>
  list === 'photos' && part === 'value' ? String(value) : fold(String(value));
