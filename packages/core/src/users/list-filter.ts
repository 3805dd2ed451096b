import { sql } from 'kysely';
import {
  allOf,
  type Combined,
  type Condition,
  combinedConditions,
  type TextFilter,
  type TruthFilter,
  textCondition,
  truthCondition,
} from '../filters/scalar-filters.ts';
import type { AttributeKind } from '../model/user-attributes.ts';

/** What one element must satisfy, all of it at once (RFC 7644 §3.4.2.2, value paths). */
export interface ElementMatch extends Combined<ElementMatch> {
  value?: TextFilter | null;
  display?: TextFilter | null;
  type?: TextFilter | null;
  primary?: TruthFilter | null;
  formatted?: TextFilter | null;
  streetAddress?: TextFilter | null;
  locality?: TextFilter | null;
  region?: TextFilter | null;
  postalCode?: TextFilter | null;
  country?: TextFilter | null;
}

export interface ListFilter {
  some?: ElementMatch | null;
  isPresent?: boolean | null;
}

const valueParts = ['value', 'display', 'type'] as const;
const addressParts = [
  'formatted',
  'streetAddress',
  'locality',
  'region',
  'postalCode',
  'country',
  'type',
] as const;

/** The parts that one element of an attribute has, all of them text but `primary`; an attribute without elements has none. */
export const elementParts: Readonly<Record<AttributeKind, readonly string[]>> = {
  text: [],
  exact: [],
  values: [...valueParts, 'primary'],
  addresses: [...addressParts, 'primary'],
};

const textParts = [...new Set([...valueParts, ...addressParts])];

/** Values that are references or binary are compared exactly (RFC 7643 §2.3.6, §2.3.7). */
export const exactValues: ReadonlySet<string> = new Set(['photos', 'x509_certificates']);

/** A condition on the multi-valued attribute in the jsonb column `column` of `users u`, as `list` has it. */
export function listCondition(column: string, list: Condition, filter: ListFilter): Condition {
  const conditions: Condition[] = [];
  if (filter.some != null) {
    const exact = exactValues.has(column);
    conditions.push(sql`EXISTS (SELECT FROM jsonb_array_elements(${list}) AS element
      WHERE ${elementCondition(filter.some, exact)})`);
    const value = column === 'emails' ? requiredValue(filter.some) : undefined;
    if (value !== undefined) conditions.push(hasEmail(value));
  }
  if (filter.isPresent != null) {
    conditions.push(filter.isPresent ? sql`${list} IS NOT NULL` : sql`${list} IS NULL`);
  }
  return allOf(conditions);
}

function elementCondition(match: ElementMatch, exactValue: boolean): Condition {
  const conditions = combinedConditions<ElementMatch>(match, (part) => elementCondition(part, exactValue));
  for (const part of textParts) {
    const filter = match[part];
    if (filter == null) continue;
    conditions.push(
      textCondition(sql`(element ->> ${sql.lit(part)})`, filter, { exact: part === 'value' && exactValue }),
    );
  }
  if (match.primary != null) {
    conditions.push(truthCondition(sql`((element ->> 'primary')::boolean)`, match.primary));
  }
  return allOf(conditions);
}

/** The value that any matching element must have, when the filter says one: the index finds those rows. */
function requiredValue(match: ElementMatch): string | undefined {
  if (match.value?.equals != null) return match.value.equals;
  for (const part of match.and ?? []) {
    const value = requiredValue(part);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Has the user this e-mail address, in any case? In the form that the index `users__email_values` answers. */
export const hasEmail = (address: string): Condition =>
  sql`(fold(u.emails::text)::jsonb) @> jsonb_build_array(jsonb_build_object('value', fold(${address}::text)))`;
