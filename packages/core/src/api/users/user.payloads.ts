import { Field, ObjectType } from 'type-graphql';
import type { DomainError } from '../../errors/domain-error.ts';
import type { UserRecord } from '../../users/user-record.ts';
import { ItemError, toItemError } from '../schema/item-error.type.ts';
import { toUser, UserObject } from './user.type.ts';

@ObjectType({ description: 'A person after a change.', simpleResolvers: true })
export class UserPayload {
  @Field(() => UserObject, { description: 'The person as they are now.' })
  user!: UserObject;
  @Field(() => Boolean, { description: 'Did anything differ? When nothing did, nothing was written.' })
  changed!: boolean;
}

@ObjectType({ description: 'What became of one item of a batch.', simpleResolvers: true })
export class UserResult {
  @Field(() => UserObject, { nullable: true, description: 'The person, when it worked.' })
  user!: UserObject | null;
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
  return { user: null, error: toItemError(outcome.error) };
}
