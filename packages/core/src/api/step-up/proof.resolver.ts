import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { personalSession } from '../../authorization/viewer.ts';
import { relyingPartyOf } from '../../second-factors/relying-party.ts';
import { proveIdentity, type ShownProof } from '../../step-up/prove-identity.ts';
import { refuseRehearsal } from '../request/refuse-rehearsal.ts';
import type { MutationContext } from '../request/request-context.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { Requires } from '../schema/requires.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { shownFactorFields } from '../sign-in/sign-in.type.ts';

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
}
