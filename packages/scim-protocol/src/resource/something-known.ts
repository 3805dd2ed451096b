import { invalidValue } from '../errors.ts';
import { isJsonObject, type JsonValue } from '../json.ts';
import { type AttributeDefinition, findAttribute } from '../schema/attribute.ts';

/**
 * Throws invalidValue for an object in which nothing stands that the attribute knows, such as a misspelt one: what was meant
 * is lost, and taken for nothing it would clear what there is.
 */
export function assertSaysSomething(attribute: AttributeDefinition, raw: JsonValue, where: string): void {
  if (attribute.type !== 'complex' || !isJsonObject(raw)) return;
  const known = attribute.subAttributes ?? [];
  if (Object.keys(raw).some((name) => findAttribute(known, name) !== undefined)) return;
  const writable = known.filter(({ mutability }) => mutability !== 'readOnly').map(({ name }) => name);
  throw invalidValue(
    where,
    `says nothing of what ${attribute.name} can hold, so what was meant is lost. It takes ${writable.join(', ')}.`,
  );
}
