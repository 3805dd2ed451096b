import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { accountOf } from '../../authorization/viewer.ts';
import { DEFAULT_PAGE_SIZE } from '../../pages/page.ts';
import { listRequests, type RequestFilter } from '../../scim-requests/find-requests.ts';
import { connectionById } from '../connections/connection.loaders.ts';
import { ConnectionObject, toConnection } from '../connections/connection.type.ts';
import { EventObject, toEvent } from '../events/event.type.ts';
import type { RequestContext } from '../request/request-context.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';
import { eventsOfRequest } from './scim-request.loaders.ts';
import {
  ScimRequestFilterInput,
  ScimRequestObject,
  ScimRequestPage,
  toScimRequest,
} from './scim-request.type.ts';

@Resolver(() => ScimRequestObject)
export class ScimRequestResolver {
  @Query(() => ScimRequestPage, {
    description:
      'The SCIM requests of the last days and how they were answered, newest first. One is listed within a second.',
  })
  @Requires('events:read')
  async scimRequests(
    @Arg('filter', () => ScimRequestFilterInput, {
      nullable: true,
      description: 'Which; all when left out.',
    })
    filter: RequestFilter | null,
    @Arg('first', () => Int, { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' })
    first: number,
    @Arg('after', () => CursorScalar, {
      nullable: true,
      description: 'Those that are older than this place.',
    })
    after: string | null,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<ScimRequestObject>> {
    return toPage(await listRequests(db, accountOf(viewer), filter ?? {}, { first, after }), toScimRequest);
  }

  @FieldResolver(() => ConnectionObject, {
    nullable: true,
    description: 'The connection whose identity provider sent it.',
  })
  @Requires('events:read')
  async connection(
    @Root() { record }: ScimRequestObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ConnectionObject | null> {
    const found =
      record.connection_id === null ? undefined : await loaders.load(connectionById, record.connection_id);
    return found === undefined ? null : toConnection(found);
  }

  @FieldResolver(() => [EventObject], {
    description: 'What it caused, in that order; the first 100. `events(filter: { requestId })` has all.',
  })
  @Requires('events:read')
  async events(
    @Root() { id }: ScimRequestObject,
    @Ctx() { loaders, platform: { feed } }: RequestContext,
  ): Promise<EventObject[]> {
    const events = await loaders.load(eventsOfRequest, id);
    return events.map((event) => toEvent(event, feed.cursorOf(event)));
  }
}
