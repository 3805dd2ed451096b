import { parseDateTime } from '../date-time.ts';
import { fold } from '../fold.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { AttributeTarget } from '../schema/resolve-attribute.ts';
import type { CompareOperator } from './ast.ts';
import {
  type BoundComparison,
  type BoundFilter,
  type BoundValue,
  comparedAttribute,
} from './bound-filter.ts';

type Read = (target: AttributeTarget) => readonly JsonValue[];

/** Tells whether a resource matches; of a multi-valued attribute one value is enough (RFC 7644 §3.4.2.2). */
export function matchesFilter(filter: BoundFilter, resource: JsonObject): boolean {
  return matches(filter, (target) => valuesAt(resource, target));
}

/** Tells whether one value of a complex attribute matches the filter of its value path. */
export function matchesElement(filter: BoundFilter, element: JsonObject): boolean {
  return matches(filter, ({ subAttribute }) => listOf(subAttribute && element[subAttribute.name]));
}

/** The value in the form in which equal values are identical: folded unless caseExact. */
export function foldCase(
  attribute: AttributeDefinition | undefined,
  value: JsonValue | undefined,
): JsonValue | undefined {
  return typeof value === 'string' && attribute?.caseExact !== true ? fold(value) : value;
}

function matches(filter: BoundFilter, read: Read): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => matches(operand, read));
    case 'or':
      return filter.operands.some((operand) => matches(operand, read));
    case 'not':
      return !matches(filter.operand, read);
    case 'present':
      return read(filter.target).some(isPresent);
    case 'compare':
      return matchesComparison(filter, read(filter.target));
    case 'valuePath':
      return read(filter.target).some(
        (element) => isJsonObject(element) && matchesElement(filter.filter, element),
      );
  }
}

function matchesComparison(filter: BoundComparison, values: readonly JsonValue[]): boolean {
  const { operator, value } = filter;
  if (value === null) return values.some(isPresent) === (operator === 'ne');
  const attribute = comparedAttribute(filter.target);
  if (operator === 'ne') return !values.some((found) => compare(attribute, 'eq', found, value));
  return values.some((found) => compare(attribute, operator, found, value));
}

function compare(
  attribute: AttributeDefinition,
  operator: Exclude<CompareOperator, 'ne'>,
  found: JsonValue,
  value: Exclude<BoundValue, null>,
): boolean {
  if (value instanceof Date) {
    const date = typeof found === 'string' ? parseDateTime(found) : undefined;
    return date !== undefined && holds(operator, date.getTime(), value.getTime());
  }
  const left = foldCase(attribute, found);
  const right = foldCase(attribute, value);
  if (typeof left === 'string' && typeof right === 'string') return holdsForText(operator, left, right);
  if (typeof left === 'number' && typeof right === 'number') return holds(operator, left, right);
  return operator === 'eq' && left === right;
}

function holdsForText(operator: Exclude<CompareOperator, 'ne'>, left: string, right: string): boolean {
  switch (operator) {
    case 'co':
      return left.includes(right);
    case 'sw':
      return left.startsWith(right);
    case 'ew':
      return left.endsWith(right);
    default:
      return holds(operator, left, right);
  }
}

function holds<T extends string | number>(
  operator: Exclude<CompareOperator, 'ne'>,
  left: T,
  right: T,
): boolean {
  switch (operator) {
    case 'eq':
      return left === right;
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'lt':
      return left < right;
    case 'le':
      return left <= right;
    default:
      return false;
  }
}

/** `pr`: not unassigned and, for a complex value, not empty (RFC 7644 §3.4.2.2). */
function isPresent(value: JsonValue): boolean {
  if (value === null || value === '') return false;
  return !isJsonObject(value) || Object.keys(value).length > 0;
}

function valuesAt(resource: JsonObject, target: AttributeTarget): readonly JsonValue[] {
  const container = target.extension === undefined ? resource : resource[target.extension];
  const whole = listOf(isJsonObject(container) ? container[target.attribute.name] : undefined);
  const { subAttribute } = target;
  if (subAttribute === undefined) return whole;
  return whole.flatMap((element) => (isJsonObject(element) ? listOf(element[subAttribute.name]) : []));
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}
