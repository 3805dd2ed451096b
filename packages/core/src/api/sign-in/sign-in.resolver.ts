import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { findAccount } from '../../accounts/find-accounts.ts';
import { invalidInput } from '../../errors/domain-error.ts';
import { type SignInRequest, signIn, signOut } from '../../sign-in/sign-in.ts';
import type { StartedSession } from '../../sign-in/start-session.ts';
import { findSessionAtProvider, signOutUrlOf } from '../../single-sign-on/sign-out-at-provider.ts';
import { findUser } from '../../users/find-users.ts';
import { toAccount } from '../accounts/account.type.ts';
import { authorshipOf, forgetCredential, type MutationContext } from '../request/request-context.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { Requires } from '../schema/requires.ts';
import { toSession } from '../sessions/session.type.ts';
import { toUser } from '../users/user.type.ts';
import { SignInPayload } from './sign-in.type.ts';

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

@ObjectType({ description: 'The session is over.', simpleResolvers: true })
class SignOutPayload {
  @Field(() => Boolean, { description: 'Always true.' })
  signedOut!: boolean;
  @Field(() => String, {
    nullable: true,
    description:
      'Where the browser goes on to be signed out at the identity provider too, where the sign-in connection says so.',
  })
  providerSignOutUrl!: string | null;
}

@Resolver()
export class SignInResolver {
  @Mutation(() => SignInPayload, { description: 'Signs a person in with e-mail and password.' })
  @Requires('anyone')
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Who.' }) input: SignInRequest,
    @Ctx() context: MutationContext,
  ): Promise<SignInPayload> {
    const { work, platform, requestId, address, userAgent } = context;
    const scope = { work, attempts: platform.database.sql, requestId, address, userAgent };
    return answerOfSignIn(context, await signIn(scope, input));
  }

  @Mutation(() => SignOutPayload, { description: 'Ends the session that the request came with.' })
  @Requires('signed-in')
  async signOut(@Ctx() context: MutationContext): Promise<SignOutPayload> {
    const { viewer, work, platform } = context;
    if (viewer.kind !== 'USER') throw invalidInput('authorization', 'is no session. Revoke a token instead.');
    const atProvider = await findSessionAtProvider(work.db, viewer);
    await signOut(work, authorshipOf(context), viewer);
    forgetCredential(context, viewer.sessionId);
    const providerSignOutUrl =
      atProvider && (await signOutUrlOf({ ...platform, db: platform.database.sql }, atProvider));
    return { signedOut: true, providerSignOutUrl: providerSignOutUrl ?? null };
  }
}

/** The answer to whoever has just signed in, who reads it as the person they are now. */
export async function answerOfSignIn(
  context: MutationContext,
  { session, secret, viewer }: StartedSession,
): Promise<SignInPayload> {
  const { db } = context;
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
