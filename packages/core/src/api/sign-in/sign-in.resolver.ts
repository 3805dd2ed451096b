import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { findAccount } from '../../accounts/find-accounts.ts';
import { invalidInput } from '../../errors/domain-error.ts';
import { type SignInRequest, signIn, signOut } from '../../sign-in/sign-in.ts';
import { findUser } from '../../users/find-users.ts';
import { AccountObject, toAccount } from '../accounts/account.type.ts';
import { authorshipOf, forgetCredential, type MutationContext } from '../request/request-context.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { Requires } from '../schema/requires.ts';
import { SessionObject, toSession } from '../sessions/session.type.ts';
import { toUser, UserObject } from '../users/user.type.ts';

@InputType({ description: 'Who wants to sign in.' })
class SignInInput {
  @Field(() => String, { description: 'The e-mail address, which is the userName.' })
  email!: string;
  @Field(() => String, { description: 'The password.' })
  password!: string;
}
declareFields(SignInInput, {
  accountId: { description: 'Which account, for those who belong to several.', type: () => ID },
});

@ObjectType({ description: 'A session and, this once, its secret.', simpleResolvers: true })
class SignInPayload {
  @Field(() => SessionObject, { description: 'The session.' })
  session!: SessionObject;
  @Field(() => String, { description: 'The secret: send it as a bearer token, or keep it in a cookie.' })
  secret!: string;
  @Field(() => UserObject, { description: 'Who signed in.' })
  user!: UserObject;
  @Field(() => AccountObject, { description: 'Into which account.' })
  account!: AccountObject;
}

@ObjectType({ description: 'The session is over.', simpleResolvers: true })
class SignOutPayload {
  @Field(() => Boolean, { description: 'Always true.' })
  signedOut!: boolean;
}

@Resolver()
export class SignInResolver {
  @Mutation(() => SignInPayload, { description: 'Signs a person in with e-mail and password.' })
  @Requires('anyone')
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Who.' }) input: SignInRequest,
    @Ctx() context: MutationContext,
  ): Promise<SignInPayload> {
    const { work, db, platform, requestId, address, userAgent } = context;
    const scope = { work, attempts: platform.database.sql, requestId, address, userAgent };
    const { session, secret, viewer } = await signIn(scope, input);
    const { accountId, userId } = viewer;
    const user = await findUser(db, accountId, userId, { connectionId: null, withTeams: false });
    const account = await findAccount(db, accountId);
    if (user === undefined || account === undefined) throw new Error('Who just signed in is gone.');
    context.answersTo = viewer;
    return {
      session: toSession(session, viewer.sessionId),
      secret,
      user: toUser(user),
      account: toAccount(account),
    };
  }

  @Mutation(() => SignOutPayload, { description: 'Ends the session that the request came with.' })
  @Requires('signed-in')
  async signOut(@Ctx() context: MutationContext): Promise<SignOutPayload> {
    const { viewer, work } = context;
    if (viewer.kind !== 'USER') throw invalidInput('authorization', 'is no session. Revoke a token instead.');
    await signOut(work, authorshipOf(context), viewer);
    forgetCredential(context, viewer.sessionId);
    return { signedOut: true };
  }
}
