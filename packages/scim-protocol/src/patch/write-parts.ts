import type { JsonValue } from '../json.ts';
import { type AttributeDefinition, findAttribute } from '../schema/attribute.ts';
import { type AttributeTarget, attributeTarget } from '../schema/resolve-attribute.ts';
import type { PatchOperation } from './operation.ts';

/** Sub-attributes with their new values, null to unassign. */
type Parts = ReadonlyMap<AttributeDefinition, JsonValue>;

/** The steps that set or clear parts of a single-valued complex attribute; parts that are not named stay. */
export function writeParts(
  { attribute, extension }: AttributeTarget,
  parts: Parts,
): readonly PatchOperation[] {
  const reference = referenceOf(attribute);
  if (reference !== undefined) return writeReference({ attribute, extension }, parts, reference);
  return [...parts].map((part) => writePart({ attribute, extension }, part));
}

type Whole = Pick<AttributeTarget, 'attribute' | 'extension'>;

function writePart(
  { attribute, extension }: Whole,
  [part, value]: [AttributeDefinition, JsonValue],
): PatchOperation {
  const target = attributeTarget(attribute, extension, part);
  return value === null ? { kind: 'clear', target } : { kind: 'set', target, value };
}

interface Reference {
  readonly id: AttributeDefinition;
  readonly address: AttributeDefinition;
}

/** A reference, such as the manager, has an id in `value` and the address of the same resource in `$ref`. */
function referenceOf({ subAttributes }: AttributeDefinition): Reference | undefined {
  const id = findAttribute(subAttributes, 'value');
  const address = findAttribute(subAttributes, '$ref');
  return id && address && { id, address };
}

/**
 * An empty address says nothing, for the id is what counts. Without an id nobody is meant, and whoever is named by the
 * address alone is not named by the id of before any more: then the reference is cleared first.
 */
function writeReference(whole: Whole, parts: Parts, { id, address }: Reference): readonly PatchOperation[] {
  const steps = [...parts]
    .filter(([part, value]) => value !== null || (part !== id && part !== address))
    .map((part) => writePart(whole, part));
  const has = (part: AttributeDefinition) => (parts.get(part) ?? null) !== null;
  if (has(id) || !(parts.has(id) || has(address))) return steps;
  return [{ kind: 'clear', target: attributeTarget(whole.attribute, whole.extension) }, ...steps];
}
