import { isJsonObject, isSameJson, type JsonObject, type JsonValue } from '../json.ts';
import { getAttribute, withAttribute, withMember } from '../resource/resource-state.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { AttributeTarget } from '../schema/resolve-attribute.ts';

/** Sets or, with undefined, clears a single-valued attribute or a part of one (RFC 7644 §3.5.2). */
export function applyToSingle(
  resource: JsonObject,
  target: AttributeTarget,
  value: JsonValue | undefined,
): JsonObject {
  const { attribute, subAttribute } = target;
  if (subAttribute === undefined) return withAttribute(resource, target, value);
  const whole = getAttribute(resource, target);
  const changed = withSubAttribute(attribute, isJsonObject(whole) ? whole : {}, subAttribute, value);
  return withAttribute(resource, target, changed);
}

/**
 * A complex value with one sub-attribute set or cleared; undefined when nothing is left of it. `value` is what the
 * other parts describe: without it they are nothing, and with a new one `$ref` and read-only parts are outdated.
 */
export function withSubAttribute(
  attribute: AttributeDefinition,
  whole: JsonObject,
  subAttribute: AttributeDefinition,
  value: JsonValue | undefined,
): JsonObject | undefined {
  if (subAttribute.name === 'value' && value === undefined) return undefined;
  if (value !== undefined && isSameJson(whole[subAttribute.name], value)) return whole;
  const changed = withMember(whole, subAttribute.name, value);
  const current = subAttribute.name === 'value' ? withoutDerived(attribute, changed) : changed;
  return Object.keys(current).length === 0 ? undefined : current;
}

function withoutDerived(attribute: AttributeDefinition, whole: JsonObject): JsonObject {
  const derived = (attribute.subAttributes ?? []).filter(
    ({ name, mutability }) => name === '$ref' || mutability === 'readOnly',
  );
  return derived.reduce((object, { name }) => withMember(object, name, undefined), whole);
}
