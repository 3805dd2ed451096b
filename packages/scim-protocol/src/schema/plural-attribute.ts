import { type AttributeDefinition, attribute, type Characteristics, complexAttribute } from './attribute.ts';

/** The sub-attribute `type`; its canonical values are suggestions, not a closed list (RFC 7643 §7). */
export function typeSubAttribute(canonicalValues?: readonly string[]): AttributeDefinition {
  const label = "Label of the value's function.";
  return canonicalValues ? attribute('type', label, { canonicalValues }) : attribute('type', label);
}

/** The sub-attribute `primary`, true for at most one value (RFC 7643 §2.4). */
export function primarySubAttribute(): AttributeDefinition {
  return attribute('primary', 'Whether this is the preferred value; true at most once.', { type: 'boolean' });
}

/** Defines a multi-valued attribute with the default sub-attributes of RFC 7643 §2.4: value, display, type, primary. */
export function pluralAttribute(
  name: string,
  description: string,
  options: { value?: Characteristics; types?: readonly string[] } = {},
): AttributeDefinition {
  return complexAttribute(
    name,
    description,
    [
      attribute('value', 'The value itself.', options.value),
      attribute('display', 'Name of the value for people to read.'),
      typeSubAttribute(options.types),
      primarySubAttribute(),
    ],
    { multiValued: true },
  );
}
