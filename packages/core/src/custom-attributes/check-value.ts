import { invalidInput } from '../errors/domain-error.ts';
import {
  type AttributeDefinition,
  type CustomAttributeTypeName,
  type CustomValue,
  pathOf,
} from '../model/custom-attribute.ts';
import { fold } from '../text/fold.ts';
import { keptInstant, NOT_AN_INSTANT, parseInstant } from '../text/instant.ts';
import { checkText, MAX_TEXT_LENGTH, MAX_VALUE_LENGTH, MAX_VALUES } from '../text/text-rules.ts';

type Single = string | number | boolean;

/**
 * The value as it is kept, null when there is none: an empty list or text is as good as none (RFC 7643 §2.5). Among
 * others it is refused, as in SCIM, since what was meant is lost. Throws INVALID_INPUT that names the attribute and its rule.
 */
export function checkValue(definition: AttributeDefinition, value: unknown): CustomValue | null {
  const where = pathOf(definition);
  if (value == null || value === '') return null;
  if (!definition.multi_valued) {
    if (Array.isArray(value)) throw invalidInput(where, 'has a single value. Send it without a list.');
    return single(definition.type, value, where);
  }
  if (!Array.isArray(value)) throw invalidInput(where, 'has several values. Send them as a list.');
  if (value.length > MAX_VALUES) throw invalidInput(where, `has more than ${MAX_VALUES} values.`);
  if (value.some((element) => element == null || element === ''))
    throw invalidInput(where, 'has an element that is no value. Leave it out; null or [] for all clears it.');
  if (value.length === 0) return null;
  return distinct(
    value.map((element) => single(definition.type, element, where)),
    definition,
  );
}

/** Each value once, as the attribute is compared (RFC 7643 §2.4), in the spelling in which it came first. */
function distinct(values: readonly Single[], { case_exact }: AttributeDefinition): Single[] {
  const first = new Map<Single, Single>();
  for (const value of values) {
    const compared = typeof value === 'string' && !case_exact ? fold(value) : value;
    if (!first.has(compared)) first.set(compared, value);
  }
  return [...first.values()];
}

const rules: Record<CustomAttributeTypeName, { says: string; holds: (value: unknown) => boolean }> = {
  STRING: { says: 'is a text.', holds: (value) => typeof value === 'string' },
  REFERENCE: { says: 'is a URI, as a text.', holds: (value) => typeof value === 'string' },
  BINARY: {
    says: 'is binary data in Base64.',
    holds: (value) => typeof value === 'string' && /^[\w+/=\s-]*$/.test(value),
  },
  BOOLEAN: { says: 'is true or false.', holds: (value) => typeof value === 'boolean' },
  DECIMAL: { says: 'is a number.', holds: Number.isFinite },
  INTEGER: {
    says: 'is a whole number of at most 15 digits.',
    holds: Number.isSafeInteger,
  },
  DATE_TIME: { says: NOT_AN_INSTANT, holds: (value) => typeof value === 'string' },
};

function single(type: CustomAttributeTypeName, value: unknown, where: string): Single {
  const { says, holds } = rules[type];
  if (!isSingle(value) || !holds(value)) throw invalidInput(where, says);
  if (typeof value !== 'string') return value;
  if (type === 'DATE_TIME') return instant(value, where);
  checkText(value, where, type === 'BINARY' ? MAX_VALUE_LENGTH : MAX_TEXT_LENGTH);
  return value;
}

function instant(text: string, where: string): string {
  const read = parseInstant(text);
  if (read === undefined) throw invalidInput(where, NOT_AN_INSTANT);
  return keptInstant(text, read);
}

const isSingle = (value: unknown): value is Single =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
