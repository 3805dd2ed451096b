import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { accountOf, personalSession, signedIn } from '../../authorization/viewer.ts';
import {
  type OwnFactorsScope,
  removePasskey,
  removeTotp,
  renamePasskey,
  renewRecoveryCodes,
} from '../../enrolment/own-factors.ts';
import { removeSecondFactors } from '../../enrolment/remove-second-factors.ts';
import { findUser } from '../../users/find-users.ts';
import { refuseRehearsal } from '../request/refuse-rehearsal.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { assertMayChangeSignInOf } from '../sessions/may-change-sign-in.ts';
import { toUser, UserObject } from '../users/user.type.ts';
import { loadSecondFactors } from './second-factor.loaders.ts';
import {
  OwnSecondFactorsPayload,
  RemovePasskeyInput,
  RemoveSecondFactorsInput,
  RemoveSecondFactorsPayload,
  RenamePasskeyInput,
  RenewRecoveryCodesPayload,
  SecondFactorsObject,
} from './second-factor.type.ts';

@Resolver(() => UserObject)
export class SecondFactorResolver {
  @FieldResolver(() => SecondFactorsObject, {
    nullable: true,
    description:
      'What the person can show beside their password. Your own, or with users:write that of people who may do no more than you.',
  })
  @Requires('signed-in')
  async secondFactors(
    @Root() { id }: UserObject,
    @Ctx() context: RequestContext,
  ): Promise<SecondFactorsObject> {
    await assertMayChangeSignInOf(context, id, 'secondFactors');
    return loadSecondFactors(context.loaders, id);
  }

  @Mutation(() => OwnSecondFactorsPayload, {
    description: 'Removes the authenticator app of whoever is signed in.',
  })
  @Requires('signed-in')
  async removeTotp(@Ctx() context: MutationContext): Promise<OwnSecondFactorsPayload> {
    const scope = ownScope(context);
    await removeTotp(scope);
    return answerOf(context, scope);
  }

  @Mutation(() => OwnSecondFactorsPayload, { description: 'Removes a passkey of whoever is signed in.' })
  @Requires('signed-in')
  async removePasskey(
    @Arg('input', () => RemovePasskeyInput, { description: 'Which.' }) { id }: RemovePasskeyInput,
    @Ctx() context: MutationContext,
  ): Promise<OwnSecondFactorsPayload> {
    const scope = ownScope(context);
    await removePasskey(scope, id);
    return answerOf(context, scope);
  }

  @Mutation(() => OwnSecondFactorsPayload, {
    description: 'Gives a passkey of whoever is signed in another name.',
  })
  @Requires('signed-in')
  async renamePasskey(
    @Arg('input', () => RenamePasskeyInput, { description: 'Which, and what to call it.' })
    input: RenamePasskeyInput,
    @Ctx() context: MutationContext,
  ): Promise<OwnSecondFactorsPayload> {
    const scope = ownScope(context);
    await renamePasskey(scope, input);
    return answerOf(context, scope);
  }

  @Mutation(() => RenewRecoveryCodesPayload, {
    description: 'Makes new recovery codes for whoever is signed in; those of before are good no more.',
  })
  @Requires('signed-in')
  async renewRecoveryCodes(@Ctx() context: MutationContext): Promise<RenewRecoveryCodesPayload> {
    return { recoveryCodes: await renewRecoveryCodes(ownScope(context)) };
  }

  @Mutation(() => RemoveSecondFactorsPayload, {
    description:
      'Removes all second factors of somebody who lost them. No token does, only people who are signed in, and the operator; of people who may do no more than they.',
  })
  @Requires('users:write')
  async removeSecondFactors(
    @Arg('input', () => RemoveSecondFactorsInput, { description: 'Whose.' }) input: RemoveSecondFactorsInput,
    @Ctx() context: MutationContext,
  ): Promise<RemoveSecondFactorsPayload> {
    const { work, platform } = context;
    const viewer = signedIn(context.viewer);
    const scope = { work, authorship: authorshipOf(context), viewer, outbox: platform.outbox };
    const { userId } = await removeSecondFactors(scope, input.userId);
    const user = await findUser(context.db, accountOf(viewer), userId, {
      connectionId: null,
      withTeams: false,
    });
    if (user === undefined) throw new Error('Whose second factors were just removed is gone.');
    return { user: toUser(user) };
  }
}

function ownScope(context: MutationContext): OwnFactorsScope {
  refuseRehearsal(context, 'changing a second factor of your own');
  const { work, platform, requestId, viewer } = context;
  return { work, viewer: personalSession(viewer), outbox: platform.outbox, requestId };
}

const answerOf = async (
  { loaders }: MutationContext,
  { viewer }: OwnFactorsScope,
): Promise<OwnSecondFactorsPayload> => ({ secondFactors: await loadSecondFactors(loaders, viewer.userId) });
