import { Field, ID, ObjectType } from 'type-graphql';
import type { DomainError } from '../../errors/domain-error.ts';
import { ErrorCodeEnum } from './error-code.type.ts';

@ObjectType({
  description: 'Why one item of a batch was refused; the others are not touched by it.',
  simpleResolvers: true,
})
export class ItemError {
  @Field(() => ErrorCodeEnum, { description: 'What kind of refusal.' })
  code!: string;
  @Field(() => String, { description: 'The rule, and the way out.' })
  message!: string;
  @Field(() => String, { nullable: true, description: 'The field that breaks the rule.' })
  field!: string | null;
  @Field(() => ID, { nullable: true, description: 'The object that has the unique value.' })
  conflictingId!: string | null;
}

/** A refusal as one item of a batch shows it. */
export const toItemError = ({ code, message, facts }: DomainError): ItemError => ({
  code,
  message,
  field: facts.field ?? null,
  conflictingId: facts.conflictingId ?? null,
});
