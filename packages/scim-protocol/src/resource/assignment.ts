import type { JsonValue } from '../json.ts';
import type { AttributeTarget } from '../schema/resolve-attribute.ts';

/** One attribute that an object gives, with the value as it came. */
export interface Assignment {
  readonly target: AttributeTarget;
  readonly raw: JsonValue;
}
