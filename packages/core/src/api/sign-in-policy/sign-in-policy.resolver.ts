import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { signedIn } from '../../authorization/viewer.ts';
import { type PolicyChange, updateSignInPolicy } from '../../enrolment/set-sign-in-policy.ts';
import { findSignInPolicy } from '../../second-factors/sign-in-policy.ts';
import { AccountObject } from '../accounts/account.type.ts';
import {
  authorshipOf,
  forgetCredential,
  type MutationContext,
  type RequestContext,
} from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import {
  SignInPolicyObject,
  UpdateSignInPolicyInput,
  UpdateSignInPolicyPayload,
} from './sign-in-policy.type.ts';

@Resolver(() => AccountObject)
export class SignInPolicyResolver {
  @FieldResolver(() => SignInPolicyObject, { description: 'What it asks of people who sign in.' })
  @Requires('account:read')
  signInPolicy(@Root() { id }: AccountObject, @Ctx() { db }: RequestContext): Promise<SignInPolicyObject> {
    return findSignInPolicy(db, id);
  }

  @Mutation(() => UpdateSignInPolicyPayload, {
    description:
      'Changes what the account asks of people who sign in. When a second factor is asked for from now on, whoever signed in without one is signed out.',
  })
  @Requires('sign-in:write')
  async updateSignInPolicy(
    @Arg('input', () => UpdateSignInPolicyInput, { description: 'What is to be another.' })
    input: PolicyChange,
    @Ctx() context: MutationContext,
  ): Promise<UpdateSignInPolicyPayload> {
    const { work, viewer } = context;
    const changed = await updateSignInPolicy(work, authorshipOf(context), signedIn(viewer), input);
    for (const id of changed.endedSessionIds) forgetCredential(context, id);
    return changed;
  }
}
