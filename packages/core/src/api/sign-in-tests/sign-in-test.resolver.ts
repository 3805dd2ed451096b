import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { accountOf, signedIn } from '../../authorization/viewer.ts';
import { invalidInput } from '../../errors/domain-error.ts';
import { effectiveRoles } from '../../roles/effective-roles.ts';
import { defaultRoles } from '../../roles/find-roles.ts';
import { sealerOf } from '../../sealing/sealer-of.ts';
import { findTest } from '../../sign-in-tests/sign-in-tests.ts';
import {
  beginSignInTest,
  finishSignInTest,
  type SignInTestRequest,
  type Tester,
} from '../../sign-in-tests/test-sign-in.ts';
import type { BrowserAnswer } from '../../single-sign-on/finish-single-sign-on.ts';
import { previewSsoRoles } from '../../sso-roles/sso-roles-due.ts';
import type { MutationContext, RequestContext } from '../request/request-context.ts';
import { RoleObject, toRole } from '../roles/role.type.ts';
import { SsoRoleDueObject, toSsoRoleDue } from '../roles/sso-role-mapping.type.ts';
import { Requires } from '../schema/requires.ts';
import { singleSignOnScope, toBegun } from '../single-sign-on/single-sign-on.resolver.ts';
import { BeginSingleSignOnPayload, FinishSingleSignOnInput } from '../single-sign-on/single-sign-on.type.ts';
import { userById } from '../users/user.loaders.ts';
import { toUser, UserObject } from '../users/user.type.ts';
import {
  BeginSignInTestInput,
  FinishSignInTestPayload,
  SignInTestObject,
  toSignInTest,
} from './sign-in-test.type.ts';

@Resolver(() => SignInTestObject)
export class SignInTestResolver {
  @Query(() => SignInTestObject, {
    nullable: true,
    description: 'What a test came to; of your own tests alone, for a quarter of an hour.',
  })
  @Requires('sign-in:write')
  async signInTest(
    @Arg('id', () => ID, { description: 'Which.' }) id: string,
    @Ctx() { db, viewer, platform }: RequestContext,
  ): Promise<SignInTestObject | null> {
    const present = signedIn(viewer);
    if (present.kind !== 'USER') return null;
    const { accountId, userId } = present;
    const found = await findTest(db, sealerOf(platform.sealer), { accountId, userId, id });
    return found === undefined ? null : toSignInTest(found);
  }

  @Mutation(() => BeginSingleSignOnPayload, {
    description:
      'Begins a sign-in at a provider that signs nobody in, and says afterwards what it would have come to. It can not be rehearsed.',
  })
  @Requires('sign-in:write')
  async beginSignInTest(
    @Arg('input', () => BeginSignInTestInput, { description: 'By what.' }) input: SignInTestRequest,
    @Ctx() context: MutationContext,
  ): Promise<BeginSingleSignOnPayload> {
    context.accounts = [];
    return toBegun(await beginSignInTest(singleSignOnScope(context), testerOf(context), input));
  }

  @Mutation(() => FinishSignInTestPayload, {
    description: 'Keeps what the provider said in a test, for whoever began it. It can not be rehearsed.',
  })
  @Requires('anyone')
  async finishSignInTest(
    @Arg('input', () => FinishSingleSignOnInput, { description: 'With what the browser came back.' })
    input: BrowserAnswer,
    @Ctx() context: MutationContext,
  ): Promise<FinishSignInTestPayload> {
    context.accounts = [];
    return { returnPath: await finishSignInTest(singleSignOnScope(context), input) };
  }

  @FieldResolver(() => UserObject, {
    nullable: true,
    description: 'Who would be signed in; null where nobody would, or somebody would be created.',
  })
  @Requires('users:read')
  async user(
    @Root() { record: { userId } }: SignInTestObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<UserObject | null> {
    const user = userId === null ? undefined : await loaders.load(userById, userId);
    return user === undefined ? null : toUser(user);
  }

  @FieldResolver(() => [SsoRoleDueObject], {
    description: 'What the groups that came would add to these roles, and what they would not and why.',
  })
  @Requires('roles:read')
  async ssoRoles(
    @Root() { record: { userId, creates, groups, signInConnectionId } }: SignInTestObject,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<SsoRoleDueObject[]> {
    if ((userId === null && creates === null) || groups === null) return [];
    const signIn = { accountId: accountOf(viewer), signInConnectionId, userId, groups };
    return (await previewSsoRoles(db, signIn)).map(toSsoRoleDue);
  }

  @FieldResolver(() => [RoleObject], {
    description: 'The roles that they have by now, or would begin with.',
  })
  @Requires('roles:read')
  async roles(
    @Root() { record: { userId, creates } }: SignInTestObject,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<RoleObject[]> {
    const accountId = accountOf(viewer);
    if (userId === null) return creates === null ? [] : (await defaultRoles(db, accountId)).map(toRole);
    const [roles = []] = await effectiveRoles(db, accountId, [userId]);
    return roles.map(({ role }) => toRole(role));
  }
}

function testerOf({ viewer }: RequestContext): Tester {
  const present = signedIn(viewer);
  if (present.kind !== 'USER')
    throw invalidInput('authorization', 'is no session, and a test ends in a browser. Sign in to the admin.');
  return { accountId: present.accountId, userId: present.userId };
}
