import {
  type CompareOperator,
  type FilterLiteral,
  type FilterNode,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from '@rollcall/scim-protocol';
import { ENTERPRISE, GROUP, USER } from './samples.ts';
import type { Kind } from './searched-attributes.ts';

type KindOf = (path: string) => Kind | undefined;
type Literal = Exclude<FilterLiteral, null>;

/**
 * Does a resource match, as RFC 7644 §3.4.2.2 says it? Plain and slow on purpose, and with nothing of the product's
 * own evaluation in it: a value is looked up where the path says, and compared as its kind is.
 */
export function isMatch(filter: FilterNode, resource: JsonObject, kindOf: KindOf): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => isMatch(operand, resource, kindOf));
    case 'or':
      return filter.operands.some((operand) => isMatch(operand, resource, kindOf));
    case 'not':
      return !isMatch(filter.operand, resource, kindOf);
    case 'present':
      return valuesAt(resource, filter.path).some(isPresent);
    case 'valuePath': {
      const { path, filter: inner } = filter;
      // One and the same value has to match the whole of what is in the brackets.
      return valuesAt(resource, path).some(
        (element) => isJsonObject(element) && isMatch(inner, element, (part) => kindOf(`${path}.${part}`)),
      );
    }
    case 'compare':
      return isComparisonMet(filter, resource, kindOf(filter.path) ?? 'text');
  }
}

function isComparisonMet(
  { path, operator, value }: Extract<FilterNode, { kind: 'compare' }>,
  resource: JsonObject,
  kind: Kind,
): boolean {
  if (value === null) return valuesAt(resource, path).some(isPresent) === (operator === 'ne');
  const found = comparedValues(resource, path);
  // "Not equal" denies "equal", so it holds where there is no value, and for many values when none is equal.
  if (operator === 'ne') return !found.some((one) => compare('eq', one, value, kind));
  return found.some((one) => compare(operator, one, value, kind));
}

/** A value that does not say whether it is the primary one is not (RFC 7643 §2.4). A whole means its `value`. */
function comparedValues(resource: JsonObject, path: string): readonly JsonValue[] {
  const [, owner, part] = /^(.*?)\.?(primary)$/i.exec(path) ?? [];
  if (part !== undefined) {
    const owners = owner === '' ? [resource] : valuesAt(resource, owner ?? '');
    return owners.map((element) => (isJsonObject(element) ? (element.primary ?? false) : false));
  }
  return valuesAt(resource, path).flatMap((value) =>
    isJsonObject(value) ? (value.value === undefined ? [] : [value.value]) : [value],
  );
}

/** Every value at a path, whatever the case of its names, in the extension's object where its URN is in front. */
export function valuesAt(resource: JsonObject, path: string): readonly JsonValue[] {
  const lowered = path.toLowerCase();
  for (const urn of [USER, GROUP]) {
    if (lowered.startsWith(`${urn.toLowerCase()}:`)) return valuesAt(resource, path.slice(urn.length + 1));
  }
  if (lowered.startsWith(`${ENTERPRISE.toLowerCase()}:`)) {
    const extension = resource[ENTERPRISE];
    return isJsonObject(extension) ? valuesAt(extension, path.slice(ENTERPRISE.length + 1)) : [];
  }
  const values = membersAt(resource, lowered);
  // Of a tag, that which is compared is the version: what it tells of others is in no row of the resource.
  return /\bversion$/.test(lowered) ? values.map((tag) => String(tag).replace(/\.[\w-]+"$/, '"')) : values;
}

function membersAt(resource: JsonObject, path: string): readonly JsonValue[] {
  return path.split('.').reduce<readonly JsonValue[]>(
    (owners, name) =>
      owners.flatMap((owner) => {
        const member = isJsonObject(owner)
          ? Object.entries(owner).find(([key]) => key.toLowerCase() === name)?.[1]
          : undefined;
        if (member === undefined) return [];
        return Array.isArray(member) ? member : [member];
      }),
    [resource],
  );
}

const isPresent = (value: JsonValue): boolean =>
  isJsonObject(value) ? Object.values(value).some(isPresent) : value !== null && value !== '';

function compare(
  operator: Exclude<CompareOperator, 'ne'>,
  found: JsonValue,
  wanted: Literal,
  kind: Kind,
): boolean {
  if (kind === 'boolean') return operator === 'eq' && found === wanted;
  if (kind === 'instant') return holds(operator, Date.parse(String(found)) - Date.parse(String(wanted)));
  const [left, right] = [found, wanted].map((text) => (kind === 'text' ? fold(String(text)) : String(text)));
  if (left === undefined || right === undefined) return false;
  switch (operator) {
    case 'co':
      return left.includes(right);
    case 'sw':
      return left.startsWith(right);
    case 'ew':
      return left.endsWith(right);
    default:
      // Texts are ordered by their characters' numbers, which is the order of their bytes in UTF-8.
      return holds(operator, Buffer.compare(Buffer.from(left), Buffer.from(right)));
  }
}

function holds(operator: CompareOperator, difference: number): boolean {
  if (operator === 'eq') return difference === 0;
  if (operator === 'gt') return difference > 0;
  if (operator === 'ge') return difference >= 0;
  return operator === 'lt' ? difference < 0 : difference <= 0;
}

/** Whatever differs by case or normal form alone is one; letter by letter, since no letter's case depends on its neighbours. */
export const fold = (text: string): string =>
  [...text.toLowerCase().toUpperCase()]
    .map((letter) => letter.toLowerCase())
    .join('')
    .normalize('NFC');
