import { defineEntity } from '@mikro-orm/core';
import type { ConstraintErrors } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { CustomAttributeTypeName, UniquenessName } from './custom-attribute.ts';

export const CustomAttributeSchema = defineEntity({
  name: 'CustomAttribute',
  tableName: 'custom_attributes',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    schema: p.text(),
    name: p.text(),
    type: p.text().$type<CustomAttributeTypeName>(),
    multiValued: p.boolean(),
    required: p.boolean(),
    caseExact: p.boolean(),
    canonicalValues: p.array().$type<string[]>(),
    uniqueness: p.text().$type<UniquenessName>(),
    indexed: p.boolean(),
    description: p.text().nullable(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

/** An attribute that the account defined for its people (RFC 7643 §3.3). */
export class CustomAttribute extends CustomAttributeSchema.class {}
CustomAttributeSchema.setClass(CustomAttribute);

/** A value of an indexed or unique attribute, to be found by; a trigger of `users` keeps these rows. */
export const CustomAttributeValueSchema = defineEntity({
  name: 'CustomAttributeValue',
  tableName: 'custom_attribute_values',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    userId: p.uuid().primary(),
    attributeId: p.uuid().primary(),
    /** In the form in which values are compared. */
    value: p.text().primary(),
    number: p.decimal().columnType('numeric').nullable(),
    isUnique: p.boolean(),
  }),
});

export const customAttributeConstraints: ConstraintErrors = {
  custom_attributes__name: () =>
    new DomainError(
      'ALREADY_EXISTS',
      'name: the schema has an attribute of that name already, whatever its case. Choose another.',
      { field: 'name' },
    ),
  custom_attribute_values__unique: ({ column, detail }) =>
    column === undefined ? valuesAreShared : valueTaken(column, detail),
};

/** The refusal of a value that somebody else has; `path` is the attribute's. */
export const valueTaken = (path: string, conflictingId: string | undefined): DomainError =>
  new DomainError('ALREADY_EXISTS', `${path}: another user of this account has this value; it is unique.`, {
    field: path,
    ...(conflictingId === undefined || conflictingId === '' ? {} : { conflictingId }),
  });

const valuesAreShared = new DomainError(
  'ALREADY_EXISTS',
  'uniqueness: several people share a value of this attribute. Make the values different first.',
  { field: 'uniqueness' },
);
