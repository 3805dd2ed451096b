import { type RawBuilder, sql } from 'kysely';
import { definitionNamed } from '../custom-attributes/assignments.ts';
import type { AttributeDefinitions } from '../custom-attributes/definitions.ts';
import { invalidInput } from '../errors/domain-error.ts';
import {
  allOf,
  type Condition,
  type OrderedFilter,
  orderedCondition,
  type TextFilter,
  type TruthFilter,
  textCondition,
  truthCondition,
} from '../filters/scalar-filters.ts';
import type { AttributeDefinition, CustomAttributeTypeName } from '../model/custom-attribute.ts';
import { pathOf } from '../model/custom-attribute.ts';
import { comparedInstant } from './compared-instant.ts';
import { type KeyFilter, keyCondition, type NumberFilter } from './custom-attribute-keys.ts';

/** A condition on the custom attribute of a name. */
export interface CustomAttributeFilter extends KeyFilter {
  schema?: string | null;
  name: string;
  boolean?: TruthFilter | null;
  isPresent?: boolean | null;
}

type FilterKind = 'text' | 'number' | 'boolean' | 'dateTime';

const kinds: Record<CustomAttributeTypeName, FilterKind> = {
  STRING: 'text',
  REFERENCE: 'text',
  BINARY: 'text',
  DECIMAL: 'number',
  INTEGER: 'number',
  BOOLEAN: 'boolean',
  DATE_TIME: 'dateTime',
};

/**
 * The filter as a condition on `users u`; the rows of indexed values narrow the search where they can.
 * Throws INVALID_INPUT for a name that is not defined, and for the filter of another type.
 */
export function customAttributeCondition(
  definitions: AttributeDefinitions,
  filter: CustomAttributeFilter,
): Condition {
  const definition = definitionNamed(definitions, filter, 'customAttribute');
  const kind = kinds[definition.type];
  for (const other of new Set(Object.values(kinds))) {
    if (filter[other] != null && other !== kind)
      throw invalidInput('customAttribute', `${pathOf(definition)} is filtered with \`${kind}\`.`);
  }
  const value = sql`u.custom_attributes -> ${definition.id}::text`;
  const conditions: Condition[] = [...keyCondition(definition, filter)];
  for (const isPresent of [filter.isPresent, filter[kind]?.isPresent]) {
    if (isPresent != null) conditions.push(isPresent ? sql`${value} IS NOT NULL` : sql`${value} IS NULL`);
  }
  if (filter[kind] != null) conditions.push(valueCondition(definition, filter, value));
  return allOf(conditions);
}

function valueCondition(
  definition: AttributeDefinition,
  filter: CustomAttributeFilter,
  value: RawBuilder<unknown>,
): Condition {
  const test = elementTest(definition, filter);
  if (!definition.multi_valued) {
    const text = sql`(${value} #>> '{}')`;
    return allOf([test.some(text), test.every(text)]);
  }
  const exists = (condition: Condition) =>
    sql`EXISTS (SELECT FROM jsonb_array_elements(${value}) AS element WHERE ${condition})`;
  const text = sql`(element #>> '{}')`;
  const conditions: Condition[] = [];
  if (test.asks) conditions.push(exists(test.some(text)));
  if (test.denies) conditions.push(sql`NOT ${exists(sql`NOT (${test.every(text)})`)}`);
  return allOf(conditions);
}

type Test = (text: RawBuilder<unknown>) => Condition;

/** What one value must satisfy, and what every one: of several values `notEquals` denies each, all else asks for one. */
interface ElementTest {
  readonly some: Test;
  readonly every: Test;
  /** Says the filter anything for `some`? */
  readonly asks: boolean;
  readonly denies: boolean;
}

function elementTest(
  definition: AttributeDefinition,
  { text, number, boolean, dateTime }: CustomAttributeFilter,
): ElementTest {
  switch (kinds[definition.type]) {
    case 'text':
      return splitTest<TextFilter>(text, (value, filter) =>
        textCondition(value, filter, { exact: definition.case_exact }),
      );
    case 'number':
      return splitTest<NumberFilter>(number, (value, filter) =>
        numberCondition(sql`(${value}::numeric)`, filter),
      );
    case 'boolean':
      return splitTest<TruthFilter>(boolean, (value, filter) =>
        truthCondition(sql`(${value}::boolean)`, filter),
      );
    case 'dateTime':
      return splitTest<OrderedFilter<Date>>(dateTime, (value, filter) =>
        orderedCondition(comparedInstant(value), filter, 'timestamptz'),
      );
  }
}

/** Presence is of the attribute and not of one value, so it is no part of either. */
function splitTest<Filter extends { notEquals?: unknown; isPresent?: boolean | null }>(
  filter: Filter | null | undefined,
  condition: (text: RawBuilder<unknown>, filter: Partial<Filter>) => Condition,
): ElementTest {
  const asked: Partial<Filter> = {};
  const denied: Partial<Filter> = {};
  for (const key in filter) {
    if (key === 'notEquals') denied[key] = filter[key];
    else if (key !== 'isPresent') asked[key] = filter[key];
  }
  return {
    some: (text) => condition(text, asked),
    every: (text) => condition(text, denied),
    asks: Object.values(asked).some((value) => value != null),
    denies: filter?.notEquals != null,
  };
}

function numberCondition(number: RawBuilder<unknown>, { in: several, ...filter }: NumberFilter): Condition {
  const ordered = orderedCondition(number, filter, 'numeric');
  return several == null ? ordered : allOf([ordered, sql`${number} = ANY(${several}::numeric[])`]);
}
