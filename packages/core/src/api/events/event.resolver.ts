import {
  Arg,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql';
import { accountOf } from '../../authorization/viewer.ts';
import type { FeedMessage } from '../../events/follow-log.ts';
import { listEvents } from '../../events/list-events.ts';
import { idsNamedIn } from '../../events/named-objects.ts';
import { movesTheOrgChart } from '../../events/org-chart-changes.ts';
import { type EventFilter, type EventRecord, findEvent } from '../../events/read-events.ts';
import type { EventTypeName } from '../../model/event.ts';
import { DEFAULT_PAGE_SIZE } from '../../pages/page.ts';
import { connectionById } from '../connections/connection.loaders.ts';
import { ConnectionObject, toConnection } from '../connections/connection.type.ts';
import type { RequestContext } from '../request/request-context.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';
import { TeamObject } from '../teams/team.type.ts';
import { UserObject } from '../users/user.type.ts';
import { namedObject } from './event.loaders.ts';
import {
  Change,
  EntityReference,
  EventFilterInput,
  EventObject,
  EventPage,
  EventType,
  FeedMessageObject,
  toEvent,
} from './event.type.ts';

const firstArgument = { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' };
const earlier = { nullable: true, description: 'Those that are older than this place.' };
const later = {
  nullable: true,
  description: 'Everything after this place, then what is new; only what is new when left out.',
};

/** A page of the account's log, as a connection. */
async function pageOfEvents(
  { db, platform: { feed }, viewer }: RequestContext,
  filter: EventFilter,
  request: { first: number; after: string | null },
): Promise<PageObject<EventObject>> {
  const page = await listEvents(db, feed, accountOf(viewer), filter, request);
  return toPage(page, (event) => toEvent(event, feed.cursorOf(event)));
}

interface FollowArgs {
  readonly after?: string | null;
  readonly types?: readonly EventTypeName[] | null;
}

function follow(
  { args, context }: SubscribeResolverData<unknown, FollowArgs, RequestContext>,
  wanted: (event: EventRecord) => boolean,
): Promise<AsyncIterable<FeedMessage>> {
  return context.platform.feed.follow({ accountId: accountOf(context.viewer), after: args.after, wanted });
}

function toMessage(message: FeedMessage): FeedMessageObject {
  const { cursor } = message;
  return 'event' in message
    ? { cursor, event: toEvent(message.event, cursor), gap: null }
    : { cursor, event: null, gap: { reason: message.gap, resumeAt: cursor } };
}

@Resolver(() => EventObject)
export class EventResolver {
  @Query(() => EventPage, { description: 'What happened in the account, newest first.' })
  @Requires('events:read')
  events(
    @Arg('filter', () => EventFilterInput, { nullable: true, description: 'Which; all when left out.' })
    filter: EventFilter | null,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, earlier) after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<PageObject<EventObject>> {
    return pageOfEvents(context, filter ?? {}, { first, after });
  }

  @Query(() => EventObject, { nullable: true, description: 'An event by id; null when there is none.' })
  @Requires('events:read')
  async event(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() { db, viewer, platform }: RequestContext,
  ): Promise<EventObject | null> {
    const [, epoch, xid, seq] = /^(\d{1,9})-(\d{1,18})-(\d{1,15})$/.exec(id) ?? [];
    if (xid === undefined) return null;
    const place = { epoch: Number(epoch), xid, seq: Number(seq) };
    const record = await findEvent(db, accountOf(viewer), place);
    return record === undefined ? null : toEvent(record, platform.feed.cursorOf(record));
  }

  @Query(() => CursorScalar, {
    description: 'Where the log stands now: read what you need, then follow `after:` this.',
  })
  @Requires('events:read')
  feedCursor(@Ctx() { db, platform, viewer }: RequestContext): Promise<string> {
    return platform.feed.head(db, accountOf(viewer));
  }

  @Subscription(() => FeedMessageObject, {
    description:
      'Everything that happens in the account, as it happens: nothing lost, nothing twice, in order.',
    subscribe: (data: SubscribeResolverData<unknown, FollowArgs, RequestContext>) =>
      follow(data, ({ type }) => data.args.types == null || data.args.types.includes(type)),
  })
  @Requires('events:read')
  provisioningEvents(
    @Root() message: FeedMessage,
    @Arg('after', () => CursorScalar, later) _after: string | null,
    @Arg('types', () => [EventType], { nullable: true, description: 'Only these; all when left out.' })
    _types: EventTypeName[] | null,
  ): FeedMessageObject {
    return toMessage(message);
  }

  @Subscription(() => FeedMessageObject, {
    description:
      'What changes the org chart: who came, went, or changed name, title, department or manager, and what happens to teams. Follow from the `cursor` of a chart.',
    subscribe: (data: SubscribeResolverData<unknown, FollowArgs, RequestContext>) =>
      follow(data, movesTheOrgChart),
  })
  @Requires('events:read')
  orgChartChanges(
    @Root() message: FeedMessage,
    @Arg('after', () => CursorScalar, later) _after: string | null,
  ): FeedMessageObject {
    return toMessage(message);
  }

  @FieldResolver(() => ConnectionObject, {
    nullable: true,
    description: 'The connection whose identity provider did it.',
  })
  @Requires('events:read')
  async connection(
    @Root() { record }: EventObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ConnectionObject | null> {
    const found =
      record.connection_id === null ? undefined : await loaders.load(connectionById, record.connection_id);
    return found === undefined ? null : toConnection(found);
  }
}

@Resolver(() => Change)
export class ChangeResolver {
  @FieldResolver(() => [EntityReference], {
    description:
      'What `before` and `after` name by their ids, as it is called now: a lead, a manager, a team, a connection.',
  })
  @Requires('events:read')
  async named(@Root() change: Change, @Ctx() { loaders }: RequestContext): Promise<EntityReference[]> {
    const named = await Promise.all(idsNamedIn(change).map((id) => loaders.load(namedObject, id)));
    return named.filter((each) => each !== undefined);
  }
}

@Resolver(() => UserObject)
export class UserHistoryResolver {
  @FieldResolver(() => EventPage, { description: 'What happened to the person, newest first.' })
  @Requires('events:read')
  events(
    @Root() { id }: UserObject,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, earlier) after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<PageObject<EventObject>> {
    return pageOfEvents(context, { about: id }, { first, after });
  }
}

@Resolver(() => TeamObject)
export class TeamHistoryResolver {
  @FieldResolver(() => EventPage, { description: 'What happened to the team, newest first.' })
  @Requires('events:read')
  events(
    @Root() { id }: TeamObject,
    @Arg('first', () => Int, firstArgument) first: number,
    @Arg('after', () => CursorScalar, earlier) after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<PageObject<EventObject>> {
    return pageOfEvents(context, { about: id }, { first, after });
  }
}
