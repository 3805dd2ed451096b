import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { declareQualifiers } from '../schema/declare-conditions.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { JsonScalar } from '../schema/scalars.ts';
import { CustomAttributeObject, CustomAttributeType, Uniqueness } from './custom-attribute.type.ts';

/** What creating and updating share. */
const properties = {
  required: {
    description: 'Must whoever has an attribute of its schema have this one?',
    type: () => Boolean,
  },
  caseExact: {
    description: 'Does case count when texts are compared? It always does for references and binary values.',
    type: () => Boolean,
  },
  canonicalValues: { description: 'Suggested values, for texts.', type: () => [String] },
  uniqueness: { description: 'Can several people have the same value?', type: () => Uniqueness },
  indexed: {
    description:
      'Shall filters find its values by an index? For what identity providers and tools look people up by.',
    type: () => Boolean,
  },
  description: { description: 'What it means, for those who map it.', type: () => String },
};

@InputType({ description: 'An attribute to define. What is left out is as RFC 7643 §2.2 has it.' })
export class CreateCustomAttributeInput {
  @Field(() => String, {
    nullable: true,
    description:
      'The URN of the schema extension; `urn:ietf:params:scim:schemas:extension:custom:2.0:User` when left out. It stays.',
  })
  schema?: string | null;
  @Field(() => String, { description: 'The name, of letters, digits, $, - and _, beginning with a letter.' })
  name!: string;
  @Field(() => CustomAttributeType, {
    defaultValue: CustomAttributeType.STRING,
    description: 'What its values are. It stays.',
  })
  type!: string;
  @Field(() => Boolean, { defaultValue: false, description: 'Has it a list of values? It stays.' })
  multiValued!: boolean;
}
declareFields(CreateCustomAttributeInput, properties);

@InputType({
  description:
    'What to change of a definition. Left out = stays as it is. Other values would not fit another schema, type or number of values, so these stay.',
})
export class UpdateCustomAttributeInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}
declareFields(UpdateCustomAttributeInput, {
  name: { description: 'The name; people keep their values.', type: () => String },
  ...properties,
});

@InputType({ description: 'Which definition to delete.' })
export class DeleteCustomAttributeInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}

@ObjectType({ description: 'A definition after a change.', simpleResolvers: true })
export class CustomAttributePayload {
  @Field(() => CustomAttributeObject, { description: 'The definition as it is now.' })
  customAttribute!: CustomAttributeObject;
}

@ObjectType({ description: 'A definition that is gone.', simpleResolvers: true })
export class DeleteCustomAttributePayload {
  @Field(() => ID, { description: 'The id that it had.' })
  deletedCustomAttributeId!: string;
}

/** What names a custom attribute. */
export const attributeName = {
  schema: {
    description: 'The URN of its schema; needed only where several schemas have an attribute of that name.',
    type: () => String,
  },
  name: { description: 'The name, in any case.', type: () => String, nullable: false },
};

@InputType({ description: 'A custom attribute.' })
export class CustomAttributeName {}
declareQualifiers(CustomAttributeName, attributeName);

@InputType({ description: 'A custom attribute of a person, and its value from now on.' })
export class CustomAttributeValueInput extends CustomAttributeName {
  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'A text, number or boolean as its type says; a list of them where it has several values; null clears it.',
  })
  value?: unknown;
}
