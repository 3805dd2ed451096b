import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { personalSession } from '../../authorization/viewer.ts';
import { relyingPartyOf } from '../../second-factors/relying-party.ts';
import type { BrowserAnswer } from '../../single-sign-on/finish-single-sign-on.ts';
import {
  beginProviderProof,
  finishProviderProof,
  type ProviderProofRequest,
} from '../../step-up/prove-at-provider.ts';
import { proveIdentity, type ShownProof } from '../../step-up/prove-identity.ts';
import { refuseRehearsal } from '../request/refuse-rehearsal.ts';
import type { MutationContext } from '../request/request-context.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { Requires } from '../schema/requires.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { shownFactorFields } from '../sign-in/sign-in.type.ts';
import { singleSignOnScope, toBegun } from '../single-sign-on/single-sign-on.resolver.ts';
import { BeginSingleSignOnPayload, FinishSingleSignOnInput } from '../single-sign-on/single-sign-on.type.ts';

@InputType({
  description:
    'By what whoever is signed in proves who they are: one of them. Whoever has a second factor shows that one.',
})
class ProveIdentityInput {}
declareFields(ProveIdentityInput, {
  password: { description: 'The password.', type: () => String },
  ...shownFactorFields,
});

@ObjectType({ description: 'It is proven who they are.', simpleResolvers: true })
class ProveIdentityPayload {
  @Field(() => DateTimeScalar, { description: 'Until when that counts.' })
  provenUntil!: Date;
}

@InputType({ description: 'Who is signed in by a sign-in connection, and proves there who they are.' })
class BeginProviderProofInput {
  @Field(() => ID, { description: 'The sign-in connection by which the session began.' })
  signInConnectionId!: string;
}
declareFields(BeginProviderProofInput, {
  returnTo: { description: 'Where to go then, within the pages of the admin.', type: () => String },
  browserSecret: { description: 'What the browser got when it began before.', type: () => String },
});

@ObjectType({ description: 'It is proven at the provider who they are.', simpleResolvers: true })
class FinishProviderProofPayload extends ProveIdentityPayload {
  @Field(() => String, { nullable: true, description: 'Where the person wanted to go: a path.' })
  returnPath!: string | null;
}

@Resolver()
export class ProofResolver {
  @Mutation(() => ProveIdentityPayload, {
    description:
      'Proves once more, in this session, who whoever is signed in is: what STEP_UP_REQUIRED asks for.',
  })
  @Requires('signed-in')
  async proveIdentity(
    @Arg('input', () => ProveIdentityInput, { description: 'By what.' }) input: ShownProof,
    @Ctx() context: MutationContext,
  ): Promise<ProveIdentityPayload> {
    refuseRehearsal(context, 'proving who you are');
    const { work, platform, requestId, address } = context;
    const { database, outbox, sealer, adminUrl } = platform;
    const checks = { sealer, relyingParty: relyingPartyOf(adminUrl) };
    const viewer = personalSession(context.viewer);
    const scope = { work, attempts: database.sql, outbox, requestId, address, viewer, ...checks };
    return { provenUntil: await proveIdentity(scope, input) };
  }

  @Mutation(() => BeginSingleSignOnPayload, {
    description:
      'Begins to prove who whoever is signed in is, at the provider by which they are: it is to ask them anew. It can not be rehearsed.',
  })
  @Requires('signed-in')
  async beginProviderProof(
    @Arg('input', () => BeginProviderProofInput, { description: 'At which.' }) input: ProviderProofRequest,
    @Ctx() context: MutationContext,
  ): Promise<BeginSingleSignOnPayload> {
    // What it writes is no event, so nobody is to hear of it.
    context.accounts = [];
    const viewer = personalSession(context.viewer);
    return toBegun(await beginProviderProof(singleSignOnScope(context), viewer, input));
  }

  @Mutation(() => FinishProviderProofPayload, {
    description:
      'Counts what the provider says as a proof of who whoever is signed in is; the same session goes on. It can not be rehearsed.',
  })
  @Requires('signed-in')
  finishProviderProof(
    @Arg('input', () => FinishSingleSignOnInput, { description: 'With what the browser came back.' })
    input: BrowserAnswer,
    @Ctx() context: MutationContext,
  ): Promise<FinishProviderProofPayload> {
    const viewer = personalSession(context.viewer);
    return finishProviderProof({ ...singleSignOnScope(context), work: context.work }, viewer, input);
  }
}
