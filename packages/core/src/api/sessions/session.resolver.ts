import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { signedIn } from '../../authorization/viewer.ts';
import { endSessions, type SessionsToEnd } from '../../sessions/end-sessions.ts';
import { batchOf } from '../request/batch.ts';
import {
  authorshipOf,
  forgetCredential,
  type MutationContext,
  type RequestContext,
} from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { UserObject } from '../users/user.type.ts';
import { assertMayChangeSignInOf } from './may-change-sign-in.ts';
import { sessionsOfUser } from './session.loaders.ts';
import { EndSessionsInput, EndSessionsPayload, SessionObject, toSession } from './session.type.ts';

@Resolver(() => UserObject)
export class SessionResolver {
  @FieldResolver(() => [SessionObject], {
    nullable: true,
    description:
      'Where the person is signed in, the last used session first, 100 at most. Your own, or with users:write those of people who may do no more than you.',
  })
  @Requires('signed-in')
  async sessions(@Root() { id }: UserObject, @Ctx() context: RequestContext): Promise<SessionObject[]> {
    const { loaders, viewer } = context;
    await assertMayChangeSignInOf(context, id, 'sessions');
    const current = viewer.kind === 'USER' ? viewer.sessionId : undefined;
    return (await loaders.load(sessionsOfUser, id)).map((session) => toSession(session, current));
  }

  @Mutation(() => EndSessionsPayload, {
    description: 'Ends sessions of your own, or of somebody else, everywhere at once.',
  })
  @Requires('signed-in')
  async endSessions(
    @Arg('input', () => EndSessionsInput, { description: 'Whose, and which.' }) input: SessionsToEnd,
    @Ctx() context: MutationContext,
  ): Promise<EndSessionsPayload> {
    if (input.sessionIds != null) batchOf(input.sessionIds, 'sessionIds', context);
    const { work, viewer } = context;
    const endedSessionIds = await endSessions(work, authorshipOf(context), signedIn(viewer), input);
    for (const id of endedSessionIds) forgetCredential(context, id);
    return { endedSessionIds };
  }
}
