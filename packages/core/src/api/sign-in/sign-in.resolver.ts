import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { personalSession } from '../../authorization/viewer.ts';
import { invalidInput } from '../../errors/domain-error.ts';
import { relyingPartyOf } from '../../second-factors/relying-party.ts';
import { beginPasskeyProof } from '../../sign-in/begin-passkey-proof.ts';
import { finishSignIn } from '../../sign-in/finish-sign-in.ts';
import { glanceAtPendingSignIn } from '../../sign-in/pending-sign-ins.ts';
import type { ShownFactor } from '../../sign-in/shown-factor.ts';
import { type SignInRequest, signIn, signOut } from '../../sign-in/sign-in.ts';
import { beginPasskeySignIn, signInByPasskey } from '../../sign-in/sign-in-by-passkey.ts';
import { findSessionAtProvider, signOutUrlOf } from '../../single-sign-on/sign-out-at-provider.ts';
import { refuseRehearsal } from '../request/refuse-rehearsal.ts';
import { authorshipOf, forgetCredential, type MutationContext } from '../request/request-context.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { Requires } from '../schema/requires.ts';
import { answerOfSignIn } from './answer-of-sign-in.ts';
import {
  BeginPasskeyProofInput,
  BeginPasskeyProofPayload,
  BeginPasskeySignInInput,
  BeginPasskeySignInPayload,
  FinishSignInInput,
  SignedInPayload,
  SignInByPasskeyInput,
  SignInPayload,
  toPendingSignIn,
} from './sign-in.type.ts';

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
  @Mutation(() => SignInPayload, {
    description:
      'Signs a person in with e-mail and password, or as far as these go: whoever has a second factor shows it with finishSignIn.',
  })
  @Requires('anyone')
  async signIn(
    @Arg('input', () => SignInInput, { description: 'Who.' }) input: SignInRequest,
    @Ctx() context: MutationContext,
  ): Promise<SignInPayload> {
    const { work, platform, requestId, address, userAgent } = context;
    const scope = { work, attempts: platform.database.sql, requestId, address, userAgent };
    const outcome = await signIn(scope, input);
    if ('started' in outcome) return { ...(await answerOfSignIn(context, outcome.started)), pending: null };
    // Nobody has signed in yet, and there is no event to hear of.
    context.accounts = [];
    const pending = toPendingSignIn(outcome.pending);
    return { session: null, secret: null, user: null, account: null, pending };
  }

  @Mutation(() => SignedInPayload, {
    description: 'Signs in whoever shows a second factor after their password.',
  })
  @Requires('anyone')
  async finishSignIn(
    @Arg('input', () => FinishSignInInput, { description: 'The pending sign-in, and the second factor.' })
    input: ShownFactor & { pendingSecret: string },
    @Ctx() context: MutationContext,
  ): Promise<SignedInPayload> {
    refuseRehearsal(context, 'signing in by a second factor or a passkey');
    const { work, platform, requestId, address, userAgent } = context;
    const { database, sealer, outbox, adminUrl } = platform;
    const checks = { sealer, relyingParty: relyingPartyOf(adminUrl) };
    const scope = { work, attempts: database.sql, outbox, requestId, address, userAgent, ...checks };
    return answerOfSignIn(context, await finishSignIn(scope, input));
  }

  @Mutation(() => BeginPasskeyProofPayload, {
    description:
      'Begins to have a passkey shown: after the password, or to prove who one is while signed in.',
  })
  @Requires('anyone')
  async beginPasskeyProof(
    @Arg('input', () => BeginPasskeyProofInput, { description: 'By whom.' })
    { pendingSecret }: { pendingSecret?: string | null },
    @Ctx() context: MutationContext,
  ): Promise<BeginPasskeyProofPayload> {
    refuseRehearsal(context, 'signing in by a second factor or a passkey');
    const { work, platform, viewer } = context;
    const holder =
      pendingSecret == null
        ? { viewer: personalSession(viewer) }
        : { pending: await glanceAtPendingSignIn(work.db, pendingSecret) };
    context.accounts = [];
    return { options: await beginPasskeyProof(work, relyingPartyOf(platform.adminUrl), holder) };
  }

  @Mutation(() => BeginPasskeySignInPayload, {
    description: 'Begins to sign in, by a passkey and without a password, whoever has one.',
  })
  @Requires('anyone')
  async beginPasskeySignIn(
    @Arg('input', () => BeginPasskeySignInInput, { description: 'In which browser.' })
    { browserSecret }: { browserSecret?: string | null },
    @Ctx() context: MutationContext,
  ): Promise<BeginPasskeySignInPayload> {
    refuseRehearsal(context, 'signing in by a second factor or a passkey');
    context.accounts = [];
    return beginPasskeySignIn(context.work, relyingPartyOf(context.platform.adminUrl), browserSecret);
  }

  @Mutation(() => SignedInPayload, {
    description:
      'Signs in whoever has the passkey. It has to have asked for a PIN or a finger, so nothing else is asked.',
  })
  @Requires('anyone')
  async signInByPasskey(
    @Arg('input', () => SignInByPasskeyInput, { description: 'The passkey.' })
    input: { passkey: unknown; browserSecret?: string | null },
    @Ctx() context: MutationContext,
  ): Promise<SignedInPayload> {
    refuseRehearsal(context, 'signing in by a second factor or a passkey');
    const { work, platform, requestId, address, userAgent } = context;
    const relyingParty = relyingPartyOf(platform.adminUrl);
    const scope = { work, attempts: platform.database.sql, relyingParty, requestId, address, userAgent };
    return answerOfSignIn(context, await signInByPasskey(scope, input));
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
