import { Field, ObjectType } from 'type-graphql';
import type { CustomAttributeRecord } from '../../custom-attributes/find-definitions.ts';
import type { Instant } from '../../database/columns.ts';
import type { CustomAttribute } from '../../model/custom-attribute.entity.ts';
import type { CustomAttributeTypeName, UniquenessName } from '../../model/custom-attribute.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { DateTimeScalar, JsonScalar } from '../schema/scalars.ts';

const typeDescriptions: Record<CustomAttributeTypeName, string> = {
  STRING: 'A text.',
  BOOLEAN: 'True or false.',
  DECIMAL: 'A number.',
  INTEGER: 'A whole number of at most 15 digits.',
  DATE_TIME: 'An instant, as a text that DateTime reads.',
  REFERENCE: 'A URI, as a text; case counts.',
  BINARY: 'Bytes, as a text of Base64; case counts.',
};
export const CustomAttributeType = declareEnum(
  'CustomAttributeType',
  'What the values of a custom attribute are (RFC 7643 §2.3); complex ones can not be defined.',
  typeDescriptions,
);

const uniquenessDescriptions: Record<UniquenessName, string> = {
  NONE: 'Several people can have the same value.',
  SERVER: 'No two people of the account have the same value.',
};
export const Uniqueness = declareEnum(
  'Uniqueness',
  'How far values are kept apart (RFC 7643 §7).',
  uniquenessDescriptions,
);

@ObjectType('CustomAttribute', {
  description: 'An attribute that the account defined for its people (RFC 7643 §3.3).',
  implements: Node,
  simpleResolvers: true,
})
export class CustomAttributeObject extends Node {
  @Field(() => String, { description: 'The URN of the schema extension that it belongs to.' })
  schema!: string;
  @Field(() => String, { description: 'The name; unique in the schema, whatever its case.' })
  name!: string;
  @Field(() => CustomAttributeType, { description: 'What its values are.' })
  type!: string;
  @Field(() => Boolean, { description: 'Has it a list of values?' })
  multiValued!: boolean;
  @Field(() => Boolean, { description: 'Must whoever has an attribute of its schema have this one?' })
  required!: boolean;
  @Field(() => Boolean, { description: 'Does case count when values are compared?' })
  caseExact!: boolean;
  @Field(() => [String], { description: 'Suggested values; others are taken too.' })
  canonicalValues!: readonly string[];
  @Field(() => Uniqueness, { description: 'Can several people have the same value?' })
  uniqueness!: string;
  @Field(() => Boolean, { description: 'Do filters find its values by an index?' })
  indexed!: boolean;
  @Field(() => String, { nullable: true, description: 'What it means.' })
  description!: string | null;
  @Field(() => DateTimeScalar, { description: 'When it was defined.' })
  createdAt!: Instant;
}

@ObjectType('CustomAttributeValue', {
  description: 'A custom attribute of a person, and its value.',
  simpleResolvers: true,
})
export class CustomAttributeValue {
  @Field(() => String, { description: 'The URN of the schema extension that it belongs to.' })
  schema!: string;
  @Field(() => String, { description: 'The name.' })
  name!: string;
  @Field(() => JsonScalar, {
    description: 'A text, number or boolean as its type says; a list of them where it has several values.',
  })
  value!: unknown;
}

/** A definition as GraphQL shows it. */
export const toCustomAttribute = (record: CustomAttributeRecord): CustomAttributeObject =>
  ({
    __typename: 'CustomAttribute',
    id: record.id,
    schema: record.schema,
    name: record.name,
    type: record.type,
    multiValued: record.multi_valued,
    required: record.required,
    caseExact: record.case_exact,
    canonicalValues: record.canonical_values,
    uniqueness: record.uniqueness,
    indexed: record.indexed,
    description: record.description,
    createdAt: record.created_at,
  }) as CustomAttributeObject;

/** An entity as GraphQL shows it. */
export const customAttributeFromEntity = (attribute: CustomAttribute): CustomAttributeObject =>
  toCustomAttribute({
    account_id: attribute.accountId,
    id: attribute.id,
    schema: attribute.schema,
    name: attribute.name,
    type: attribute.type,
    multi_valued: attribute.multiValued,
    required: attribute.required,
    case_exact: attribute.caseExact,
    canonical_values: attribute.canonicalValues,
    uniqueness: attribute.uniqueness,
    indexed: attribute.indexed,
    description: attribute.description ?? null,
    created_at: attribute.createdAt,
  });
