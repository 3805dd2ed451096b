import type { JsonValue } from '../json.ts';
import { attributeTarget } from '../schema/resolve-attribute.ts';
import { requiredAttribute } from './apply-patch.ts';
import type { PatchOperation } from './operation.ts';

/**
 * New values by canonical attribute path, null to unassign. Parts of single-valued complex attributes have paths of
 * their own (`name.familyName`, `urn:…:User:manager.value`); multi-valued attributes come whole, as arrays.
 */
export type DirectUpdate = ReadonlyMap<string, JsonValue>;

/**
 * Turns operations into an update that needs no reading of the resource; undefined when an operation depends on the
 * current value. Throws mutability when a required attribute would be unassigned (RFC 7644 §3.5.2.2).
 */
export function toDirectUpdate(operations: readonly PatchOperation[]): DirectUpdate | undefined {
  const update = new Map<string, JsonValue>();
  const required = new Set<string>();
  for (const operation of operations) {
    const { target } = operation;
    if (target.attribute.required) required.add(target.path);
    if (operation.kind === 'set') update.set(target.path, operation.value);
    else if (operation.kind === 'replaceElements') update.set(target.path, [...operation.elements]);
    else if (operation.kind === 'clear') for (const path of clearedPaths(operation)) update.set(path, null);
    else return undefined;
  }
  for (const path of required) if (update.get(path) === null) throw requiredAttribute(path);
  return update;
}

/** Clearing a single-valued complex attribute clears each part that a client may write. */
function clearedPaths({ target }: Extract<PatchOperation, { kind: 'clear' }>): readonly string[] {
  const { attribute, subAttribute, extension } = target;
  if (attribute.multiValued || subAttribute !== undefined || attribute.subAttributes === undefined) {
    return [target.path];
  }
  return attribute.subAttributes
    .filter(({ mutability }) => mutability !== 'readOnly')
    .map((part) => attributeTarget(attribute, extension, part).path);
}
