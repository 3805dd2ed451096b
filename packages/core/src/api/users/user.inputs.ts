import { Field, ID, InputType, Int } from 'type-graphql';
import { type AttributeKind, listAttributes, textAttributes, userName } from '../../model/user-attributes.ts';
import { CUSTOM_ATTRIBUTE, userOrderFields } from '../../users/user-order.ts';
import type { NewUser } from '../../users/user-properties.ts';
import {
  CustomAttributeName,
  CustomAttributeValueInput,
} from '../custom-attributes/custom-attribute.inputs.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareRevealingEnum } from '../schema/enums.ts';
import { OrderDirection } from '../schema/order-direction.ts';
import { Requires } from '../schema/requires.ts';
import { AddressInput, AttributeValueInput, PersonNameInput } from './attribute-types.ts';

const inputTypes: Record<AttributeKind, unknown> = {
  text: String,
  exact: String,
  values: [AttributeValueInput],
  addresses: [AddressInput],
};

/** What creating and updating share. */
const properties = {
  externalId: {
    description: "What the identity provider of the token's connection calls the person. Needs a SCIM token.",
    type: () => String,
  },
  password: {
    description:
      'A password to sign in with, of 12 characters or more and none that is guessed first; kept as an argon2id digest, never shown. Nobody sets it, nor the userName, of a person who may do more than they may.',
    type: () => String,
  },
  name: { description: 'The parts of the name.', type: () => PersonNameInput },
  ...Object.fromEntries(
    [...textAttributes, ...listAttributes].map(({ field, kind, description }) => [
      field,
      { description, type: () => inputTypes[kind] },
    ]),
  ),
  manager: {
    description:
      'Who the person reports to: an id, an external id of the connection, or a userName. Kept until somebody answers to it.',
    type: () => String,
  },
  customAttributes: {
    description: 'Attributes that the account defined. Those left out stay as they are.',
    type: () => [CustomAttributeValueInput],
  },
};

@InputType({ description: 'A person to create.' })
export class CreateUserInput {
  @Field(() => String, { description: userName.description })
  userName!: string;
  @Field(() => Boolean, { defaultValue: true, description: 'May the person sign in?' })
  active!: boolean;
  @Field(() => Boolean, {
    defaultValue: false,
    description:
      'Create the person without a password when theirs is refused; the event tells why, as `refusedPassword`.',
  })
  passwordOptional!: boolean;
}
declareFields(CreateUserInput, properties);

@InputType({
  description:
    'What to change of a person. Left out = stays as it is; null = is cleared; a list replaces the whole list.',
})
export class UpdateUserInput {
  @Field(() => ID, { description: 'Who.' })
  id!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_MISMATCH unless the person is at this version.',
  })
  ifVersion?: number | null;
  @Field(() => String, { nullable: true, description: userName.description })
  userName?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'May the person sign in?' })
  active?: boolean | null;
}
declareFields(UpdateUserInput, properties);

@InputType({ description: 'People to create at once.' })
export class CreateUsersInput {
  @Field(() => [CreateUserInput], { description: 'The people, at most `limits.maxBatchSize`.' })
  users!: NewUser[];
}

@InputType({ description: 'Whom to take out of the directory.' })
export class DeprovisionUserInput {
  @Field(() => ID, { description: 'Who.' })
  id!: string;
  @Field(() => Int, {
    nullable: true,
    description: 'Refuse with VERSION_MISMATCH unless the person is at this version.',
  })
  ifVersion?: number | null;
}

@InputType({ description: 'Whom to take out of the directory at once.' })
export class DeprovisionUsersInput {
  @Field(() => [ID], { description: 'Who, at most `limits.maxBatchSize`.' })
  ids!: string[];
}

const UserOrderField = declareRevealingEnum(
  'UserOrderField',
  'What people are ordered by. Who has no such value comes last, and first when descending; ties by id.',
  {
    ...userOrderFields,
    [CUSTOM_ATTRIBUTE]: {
      description: 'By the custom attribute that `customAttribute` names; of several values by the first.',
      requires: 'users:read',
    },
  },
);

@InputType('UserOrder', { description: 'How people are ordered.' })
export class UserOrderInput {
  @Field(() => UserOrderField, { description: 'By what.' })
  field!: string;
  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  @Requires('anyone')
  direction!: string;
  @Field(() => CustomAttributeName, {
    nullable: true,
    description: 'Goes with the field CUSTOM_ATTRIBUTE: which one.',
  })
  @Requires('users:read')
  customAttribute?: CustomAttributeName | null;
}
