import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { scimUrl } from '../../accounts/urls.ts';
import { accountOf, connectionOf, signedIn } from '../../authorization/viewer.ts';
import {
  type ConnectionProperties,
  createConnection,
  updateConnection,
} from '../../connections/change-connections.ts';
import { type ConnectionDeletion, deleteConnection } from '../../connections/delete-connection.ts';
import { listConnections } from '../../connections/find-connections.ts';
import { DEFAULT_PAGE_SIZE } from '../../pages/page.ts';
import { isUuid } from '../../text/uuid.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';
import { connectionById, connectionCounts } from './connection.loaders.ts';
import {
  ConnectionObject,
  ConnectionPage,
  ConnectionPayload,
  CreateConnectionInput,
  connectionFromEntity,
  DeleteConnectionInput,
  DeleteConnectionPayload,
  toConnection,
  UpdateConnectionInput,
} from './connection.type.ts';

@Resolver(() => ConnectionObject)
export class ConnectionResolver {
  @Query(() => ConnectionObject, {
    nullable: true,
    description: 'A connection by id; null when there is none.',
  })
  @Requires('connections:read')
  async connection(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ConnectionObject | null> {
    const record = isUuid(id) ? await loaders.load(connectionById, id.toLowerCase()) : undefined;
    return record === undefined ? null : toConnection(record);
  }

  @Query(() => ConnectionObject, {
    nullable: true,
    description: 'The connection whose SCIM token asks; null for everybody else.',
  })
  @Requires('signed-in')
  async ownConnection(@Ctx() { loaders, viewer }: RequestContext): Promise<ConnectionObject | null> {
    const id = connectionOf(viewer);
    const record = id === null ? undefined : await loaders.load(connectionById, id);
    return record === undefined ? null : toConnection(record);
  }

  @Query(() => ConnectionPage, { description: 'The connections of the account.' })
  @Requires('connections:read')
  async connections(
    @Arg('first', () => Int, { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' })
    first: number,
    @Arg('after', () => CursorScalar, { nullable: true, description: 'Those that come after this place.' })
    after: string | null,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<ConnectionObject>> {
    return toPage(await listConnections(db, accountOf(viewer), { first, after }), toConnection);
  }

  @Mutation(() => ConnectionPayload, { description: 'Creates a connection with an identity provider.' })
  @Requires('connections:write')
  async createConnection(
    @Arg('input', () => CreateConnectionInput, { description: 'The connection.' })
    input: ConnectionProperties,
    @Ctx() context: MutationContext,
  ): Promise<ConnectionPayload> {
    return {
      connection: connectionFromEntity(await createConnection(context.work, authorshipOf(context), input)),
    };
  }

  @Mutation(() => ConnectionPayload, { description: 'Changes a connection.' })
  @Requires('connections:write')
  async updateConnection(
    @Arg('input', () => UpdateConnectionInput, { description: 'Which, and what to change.' })
    input: ConnectionProperties & { id: string },
    @Ctx() context: MutationContext,
  ): Promise<ConnectionPayload> {
    const viewer = signedIn(context.viewer);
    return {
      connection: connectionFromEntity(
        await updateConnection(context.work, authorshipOf(context), viewer, input),
      ),
    };
  }

  @Mutation(() => DeleteConnectionPayload, {
    description:
      'Deletes a connection with its tokens, OAuth clients and mappings of groups. People stay as they are; nobody has a role by it any more, and it knows nobody by an external id. Whoever does needs all that its tokens may do, and `sign-in:write` where it is strict. A rehearsal shows what would happen.',
  })
  @Requires('connections:write')
  async deleteConnection(
    @Arg('input', () => DeleteConnectionInput, { description: 'Which, and what becomes of its groups.' })
    input: ConnectionDeletion,
    @Ctx() context: MutationContext,
  ): Promise<DeleteConnectionPayload> {
    const viewer = signedIn(context.viewer);
    const { id, ...counts } = await deleteConnection(context.work, authorshipOf(context), viewer, input);
    return { deletedId: id, ...counts };
  }

  @FieldResolver(() => String, {
    description: 'What to paste into the identity provider as the SCIM base URL.',
  })
  @Requires('signed-in')
  scimUrl(@Ctx() { platform, viewer }: RequestContext): string {
    return scimUrl(platform.publicUrl, accountOf(viewer));
  }

  @FieldResolver(() => Int, { description: 'How many people it gave an external id.' })
  @Requires('users:read')
  async userCount(@Root() { id }: ConnectionObject, @Ctx() { loaders }: RequestContext): Promise<number> {
    return (await loaders.load(connectionCounts, id)).users;
  }

  @FieldResolver(() => Int, { description: 'How many teams it pushed.' })
  @Requires('teams:read')
  async teamCount(@Root() { id }: ConnectionObject, @Ctx() { loaders }: RequestContext): Promise<number> {
    return (await loaders.load(connectionCounts, id)).teams;
  }
}
