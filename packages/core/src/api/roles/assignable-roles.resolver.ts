import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { accountOf, signedIn } from '../../authorization/viewer.ts';
import {
  listPublishedRoles,
  type PublishedRoleFilter,
  type PublishedRoleOrder,
} from '../../roles/published-roles.ts';
import { type AssignableRoles, setAssignableRoles } from '../../roles/set-assignable-roles.ts';
import { connectionById } from '../connections/connection.loaders.ts';
import { ConnectionObject, toConnection } from '../connections/connection.type.ts';
import { batchOf } from '../request/batch.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { PageArgs } from '../schema/page.inputs.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import {
  AssignableRolesPayload,
  SetAssignableRolesInput,
  toUnmetRole,
  UnmetRoleObject,
} from './assignable-roles.type.ts';
import {
  PublishedRoleFilterInput,
  type PublishedRoleObject,
  PublishedRoleOrderInput,
  PublishedRolePage,
  toPublishedRole,
} from './published-role.type.ts';
import { assignableRolesOf, connectionsOfRole, roleById, unmetRolesOf } from './role.loaders.ts';
import { RoleObject, toRole } from './role.type.ts';
import { RoleGrantObject } from './role-grant.type.ts';

async function connectionOf({ loaders }: RequestContext, id: string): Promise<ConnectionObject> {
  const connection = await loaders.load(connectionById, id);
  if (connection === undefined) throw new Error(`The connection ${id} of a role is gone.`);
  return toConnection(connection);
}

@Resolver(() => ConnectionObject)
export class AssignableRolesResolver {
  @Mutation(() => AssignableRolesPayload, {
    description:
      'Decides which roles an identity provider may give to people by naming them in `roles`. Those of whom it says one are given and lose it at once.',
  })
  @Requires('roles:write')
  async setAssignableRoles(
    @Arg('input', () => SetAssignableRolesInput, { description: 'Which connection, and which roles.' })
    input: AssignableRoles,
    @Ctx() context: MutationContext,
  ): Promise<AssignableRolesPayload> {
    const roleIds = batchOf(input.roleIds, 'roleIds', context);
    if (input.ifRoleIds != null) batchOf(input.ifRoleIds, 'ifRoleIds', context);
    const changed = await setAssignableRoles(context.work, authorshipOf(context), signedIn(context.viewer), {
      ...input,
      roleIds,
    });
    return { connection: await connectionOf(context, input.connectionId.toLowerCase()), changed };
  }

  @FieldResolver(() => [RoleObject], {
    description: 'The roles that its identity provider may give to people by naming them in `roles`, by id.',
  })
  @Requires('roles:read')
  async assignableRoles(
    @Root() { id }: ConnectionObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<RoleObject[]> {
    return (await loaders.load(assignableRolesOf, id)).map(toRole);
  }

  @FieldResolver(() => [UnmetRoleObject], {
    description:
      'What its identity provider says of people in `roles` that gives them nothing: there is no role of that name, or it may not assign it. Said of most people first, 100 at most.',
  })
  @Requires('roles:read')
  async unmetRoles(
    @Root() { id }: ConnectionObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<UnmetRoleObject[]> {
    return (await loaders.load(unmetRolesOf, id)).map(toUnmetRole);
  }
}

@Resolver(() => ConnectionObject)
export class PublishedRolesResolver {
  @FieldResolver(() => PublishedRolePage, {
    description:
      'The roles of the account as its identity provider is told of them: names, and which of them it may give to people.',
  })
  @Requires('signed-in')
  async publishedRoles(
    @Root() { id }: ConnectionObject,
    @Arg('filter', () => PublishedRoleFilterInput, {
      nullable: true,
      description: 'Which; all when left out.',
    })
    filter: PublishedRoleFilter | null,
    @Arg('orderBy', () => PublishedRoleOrderInput, {
      nullable: true,
      description: 'In which order; by id when left out.',
    })
    orderBy: PublishedRoleOrder | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<PublishedRoleObject>> {
    const request = { ...page, filter, orderBy };
    return toPage(await listPublishedRoles(db, accountOf(viewer), id, request), toPublishedRole);
  }
}

@Resolver(() => UnmetRoleObject)
export class UnmetRoleResolver {
  @FieldResolver(() => RoleObject, {
    nullable: true,
    description:
      'The role that it names, which the identity provider may not assign; null where there is none.',
  })
  @Requires('roles:read')
  async role(
    @Root() { roleId }: UnmetRoleObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<RoleObject | null> {
    const role = roleId === null ? undefined : await loaders.load(roleById, roleId);
    return role === undefined ? null : toRole(role);
  }
}

@Resolver(() => RoleGrantObject)
export class RoleGrantResolver {
  @FieldResolver(() => ConnectionObject, {
    nullable: true,
    description: 'The connection whose identity provider says it in `roles`; null for any other source.',
  })
  @Requires('roles:read')
  async connection(
    @Root() { saidBy }: RoleGrantObject,
    @Ctx() context: RequestContext,
  ): Promise<ConnectionObject | null> {
    return saidBy === null ? null : connectionOf(context, saidBy);
  }
}

@Resolver(() => RoleObject)
export class RoleConnectionsResolver {
  @FieldResolver(() => [ConnectionObject], {
    description: 'The connections whose identity providers may give it to people, by id.',
  })
  @Requires('roles:read')
  async assignableBy(
    @Root() { accountId, id }: RoleObject,
    @Ctx() context: RequestContext,
  ): Promise<ConnectionObject[]> {
    const loaders = context.loadersOf(accountId);
    const ids = await loaders.load(connectionsOfRole, id);
    const connections = await Promise.all(ids.map((each) => loaders.load(connectionById, each)));
    return connections.flatMap((each) => (each === undefined ? [] : toConnection(each)));
  }
}
