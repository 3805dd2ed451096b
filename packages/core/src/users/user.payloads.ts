import { Field, ID, ObjectType } from 'type-graphql';
import { ErrorCodeEnum } from '../api/error-code.type.ts';
import type { DomainError } from '../errors.ts';
import { toUser, UserType } from './user.type.ts';
import type { UserRecord } from './user-record.ts';

@ObjectType({ description: 'A person after a change.', simpleResolvers: true })
export class UserPayload {
  @Field(() => UserType, { description: 'The person as they are now.' })
  user!: UserType;
  @Field(() => Boolean, { description: 'Did anything differ? When nothing did, nothing was written.' })
  changed!: boolean;
}

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

@ObjectType({ description: 'What became of one item of a batch.', simpleResolvers: true })
export class UserResult {
  @Field(() => UserType, { nullable: true, description: 'The person, when it worked.' })
  user!: UserType | null;
  @Field(() => ItemError, { nullable: true, description: 'Why not, when it did not.' })
  error!: ItemError | null;
}

@ObjectType({ description: 'What became of a batch.', simpleResolvers: true })
export class UsersPayload {
  @Field(() => [UserResult], { description: 'One for each item, in the order asked.' })
  results!: UserResult[];
}

/** What became of one item, as GraphQL shows it. */
export function toUserResult(
  outcome: { readonly user: UserRecord } | { readonly error: DomainError },
): UserResult {
  if ('user' in outcome) return { user: toUser(outcome.user), error: null };
  const { code, message, facts } = outcome.error;
  return {
    user: null,
    error: { code, message, field: facts.field ?? null, conflictingId: facts.conflictingId ?? null },
  };
}
