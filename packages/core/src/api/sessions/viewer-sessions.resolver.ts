import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import type { RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { ViewerObject } from '../viewer/viewer.type.ts';
import { sessionsOfUser } from './session.loaders.ts';
import { SessionObject, toSession } from './session.type.ts';

@Resolver(() => ViewerObject)
export class ViewerSessionsResolver {
  @FieldResolver(() => [SessionObject], {
    description: 'Where they are signed in, the last used session first; none for machines.',
  })
  @Requires('signed-in')
  async sessions(@Ctx() { loaders, viewer }: RequestContext): Promise<SessionObject[]> {
    if (viewer.kind !== 'USER') return [];
    const sessions = await loaders.load(sessionsOfUser, viewer.userId);
    return sessions.map((session) => toSession(session, viewer.sessionId));
  }
}
