import { NOT_A_DATE_TIME, parseDateTime } from '../date-time.ts';
import { invalidFilter } from '../errors.ts';
import type { AttributeDefinition, AttributeType } from '../schema/attribute.ts';
import { booleanFromString } from '../tolerances/boolean-as-string.ts';
import type { CompareOperator, FilterLiteral } from './ast.ts';
import type { BoundValue } from './bound-filter.ts';

const equality: readonly CompareOperator[] = ['eq', 'ne'];
const ordering: readonly CompareOperator[] = [...equality, 'gt', 'ge', 'lt', 'le'];
const textual: readonly CompareOperator[] = [...ordering, 'co', 'sw', 'ew'];

/** Which operators a type knows; boolean and binary have no order (RFC 7644 §3.4.2.2, table 3). */
const operatorsOf: Record<Exclude<AttributeType, 'complex'>, readonly CompareOperator[]> = {
  string: textual,
  reference: textual,
  boolean: equality,
  binary: equality,
  decimal: ordering,
  integer: ordering,
  dateTime: ordering,
};

/** Checks operator and literal against the attribute's type and gives the typed value; throws invalidFilter. */
export function bindValue(
  attribute: AttributeDefinition,
  path: string,
  operator: CompareOperator,
  literal: FilterLiteral,
): BoundValue {
  const { type } = attribute;
  if (type === 'complex') {
    const example = attribute.subAttributes?.[0]?.name ?? 'value';
    throw invalidFilter(
      `${path} is complex and has no value to compare; name a part, as in ${path}.${example}.`,
    );
  }
  if (!operatorsOf[type].includes(operator)) {
    throw invalidFilter(
      `${operator} can not be used with ${path}, a ${type}; use ${operatorsOf[type].join(', ')} or pr.`,
    );
  }
  if (literal === null) return bindNull(path, operator);
  return bindLiteral(type, path, literal);
}

/** `eq null` asks for an unassigned attribute (RFC 7643 §2.5); null has no order and no parts. */
function bindNull(path: string, operator: CompareOperator): null {
  if (equality.includes(operator)) return null;
  throw invalidFilter(
    `null can not be compared with ${operator} in "${path} ${operator} null"; use eq, ne or pr.`,
  );
}

function bindLiteral(
  type: Exclude<AttributeType, 'complex'>,
  path: string,
  literal: string | number | boolean,
): BoundValue {
  switch (type) {
    case 'boolean': {
      const value = booleanFromString(literal);
      if (typeof value === 'boolean') return value;
      throw wrongLiteral(path, 'true or false', literal);
    }
    case 'integer':
    case 'decimal':
      if (typeof literal === 'number') return literal;
      throw wrongLiteral(path, 'a number without quotes', literal);
    case 'dateTime': {
      const date = typeof literal === 'string' ? parseDateTime(literal) : undefined;
      if (date !== undefined) return date;
      throw invalidFilter(`${path} ${NOT_A_DATE_TIME}`);
    }
    default:
      if (typeof literal === 'string') return literal;
      throw wrongLiteral(path, 'text in double quotes', literal);
  }
}

function wrongLiteral(path: string, wanted: string, literal: string | number | boolean) {
  const shown = JSON.stringify(literal);
  return invalidFilter(
    `${path} is compared with ${wanted}, not with ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}.`,
  );
}
