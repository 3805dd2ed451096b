import type { SchemaType } from '@rollcall/graphql-client';
import type { AttributeType, BoundComparison, ResourceTypeDefinition } from '@rollcall/scim-protocol';
import type { PlannedExtension } from '../filter/plan-schemas.ts';
import type { FilterLeaf } from '../filter/plan-tree.ts';
import {
  booleanFilter,
  dateTimeFilter,
  intFilter,
  presenceOf,
  stringFilter,
} from '../filter/scalar-filters.ts';
import { customSchemas } from './custom-attributes.ts';
import type { UserFilter } from './user-attributes.ts';

type CustomAttributeFilter = SchemaType<'CustomAttributeFilter'>;

/**
 * Plans a leaf about a custom attribute. GraphQL reads operators as SCIM does: of several values one is enough, and
 * "ne" holds when none is equal (RFC 7644 §3.4.2.2).
 */
export function planCustom(leaf: Exclude<FilterLeaf, { kind: 'valuePath' }>): UserFilter {
  const { attribute, extension } = leaf.target;
  const named = { schema: extension, name: attribute.name };
  if (leaf.kind === 'present') return { customAttribute: { ...named, isPresent: true } };
  if (leaf.value === null) return { customAttribute: { ...named, ...presenceOf(leaf) } };
  return { customAttribute: { ...named, ...valueFilter(attribute.type, leaf) } };
}

function valueFilter(type: AttributeType, comparison: BoundComparison): Partial<CustomAttributeFilter> {
  switch (type) {
    case 'integer':
    case 'decimal':
      return { number: intFilter(comparison.target.path, comparison.operator, Number(comparison.value)) };
    case 'boolean':
      return { boolean: booleanFilter(comparison) };
    case 'dateTime':
      return { dateTime: dateTimeFilter(comparison) };
    default:
      return { text: stringFilter(comparison) };
  }
}

/** The extensions that the account defined, each with who has a value of it. */
export function plannedExtensions(userType: ResourceTypeDefinition): PlannedExtension<UserFilter>[] {
  return customSchemas(userType).map(({ id, attributes }) => ({
    urn: id,
    isPresent: {
      or: attributes.map(({ name }) => ({ customAttribute: { schema: id, name, isPresent: true } })),
    },
  }));
}
