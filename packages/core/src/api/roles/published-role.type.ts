import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import { combinations } from '../../filters/combinations.ts';
import { type PublishedRole, publishedRoleOrderFields } from '../../roles/published-roles.ts';
import { declareConditions, declareOperators } from '../schema/declare-conditions.ts';
import { declareRevealingEnum } from '../schema/enums.ts';
import { BooleanFilter, DateTimeFilter, IDFilter, StringFilter } from '../schema/filter-inputs.ts';
import { OrderDirection } from '../schema/order-direction.ts';
import { pageType } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

@ObjectType('PublishedRole', {
  description:
    'A role as the identity provider of a connection is told of it: not what it allows, nor who has it.',
  simpleResolvers: true,
})
export class PublishedRoleObject {
  @Field(() => ID, { description: 'The id; it names the role in `roles` of people.' })
  id!: string;
  @Field(() => String, { description: 'The name; it names the role in `roles` of people as well.' })
  name!: string;
  @Field(() => String, { nullable: true, description: 'What it is for.' })
  description!: string | null;
  @Field(() => Boolean, { description: 'May the identity provider give it to people?' })
  assignable!: boolean;
  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: Instant;
}

export const PublishedRolePage = pageType('PublishedRole', () => PublishedRoleObject);

/** A record as GraphQL shows it. */
export const toPublishedRole = (record: PublishedRole): PublishedRoleObject => ({
  id: record.id,
  name: record.name,
  description: record.description,
  assignable: record.is_assignable,
  createdAt: record.created_at,
});

@InputType('PublishedRoleFilter', { description: 'Conditions on a role; all that is said must hold.' })
export class PublishedRoleFilterInput {}
declareOperators(
  PublishedRoleFilterInput,
  combinations(() => PublishedRoleFilterInput),
);
declareConditions(
  PublishedRoleFilterInput,
  { requires: 'signed-in', looksAt: 'column' },
  {
    id: { description: 'The id.', type: () => IDFilter },
    name: { description: 'The name, without regard to case.', type: () => StringFilter },
    description: { description: 'What it is for, without regard to case.', type: () => StringFilter },
    assignable: { description: 'May the identity provider give it to people?', type: () => BooleanFilter },
    createdAt: { description: 'When it was created.', type: () => DateTimeFilter },
  },
);

const PublishedRoleOrderField = declareRevealingEnum(
  'PublishedRoleOrderField',
  'What published roles are ordered by. Which has no such value comes last, and first when descending; ties by id.',
  Object.fromEntries(
    Object.entries(publishedRoleOrderFields).map(([field, { description }]) => [
      field,
      { description, requires: 'signed-in' as const },
    ]),
  ),
);

@InputType('PublishedRoleOrder', { description: 'How published roles are ordered.' })
export class PublishedRoleOrderInput {
  @Field(() => PublishedRoleOrderField, { description: 'By what.' })
  field!: string;
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  @Requires('anyone')
  direction!: string;
}
