import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { permissionIds } from '../../authorization/permissions.ts';
import { accountOf, connectionOf, signedIn } from '../../authorization/viewer.ts';
import { type GrantRequest, grantRole, revokeRole } from '../../directory/grant-role.ts';
import type { Role } from '../../model/role.entity.ts';
import { DEFAULT_PAGE_SIZE } from '../../pages/page.ts';
import {
  createRole,
  deleteRole,
  type NewRole,
  type RoleProperties,
  updateRole,
} from '../../roles/change-roles.ts';
import { findRole, listRoles } from '../../roles/find-roles.ts';
import { isUuid } from '../../text/uuid.ts';
import { listHolders } from '../../users/list-holders.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { ForwardPageArgs } from '../schema/page.inputs.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';
import { userById } from '../users/user.loaders.ts';
import { UserPayload } from '../users/user.payloads.ts';
import { toUser, UserObject, UserPage } from '../users/user.type.ts';
import { roleHolders, rolesOfUser } from './role.loaders.ts';
import {
  CreateRoleInput,
  DeleteRoleInput,
  DeleteRolePayload,
  PermissionObject,
  RoleGrantInput,
  RoleObject,
  RolePage,
  RolePayload,
  toPermissions,
  toRole,
  UpdateRoleInput,
} from './role.type.ts';
import { EffectiveRole, toEffectiveRole } from './role-grant.type.ts';

const fromEntity = (role: Role): RoleObject =>
  toRole({
    ...role,
    account_id: role.accountId,
    key: role.key ?? null,
    description: role.description ?? null,
    is_default: role.isDefault,
    created_at: role.createdAt,
  });

@Resolver(() => RoleObject)
export class RoleResolver {
  @Query(() => [PermissionObject], { description: 'Everything that can be allowed.' })
  @Requires('signed-in')
  permissions(): PermissionObject[] {
    return toPermissions(permissionIds);
  }

  @Query(() => RoleObject, { nullable: true, description: 'A role by id; null when there is none.' })
  @Requires('roles:read')
  async role(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<RoleObject | null> {
    const record = isUuid(id) ? await findRole(db, accountOf(viewer), id) : undefined;
    return record === undefined ? null : toRole(record);
  }

  @Query(() => RolePage, { description: 'The roles of the account.' })
  @Requires('roles:read')
  async roles(
    @Arg('first', () => Int, { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' })
    first: number,
    @Arg('after', () => CursorScalar, { nullable: true, description: 'Those that come after this place.' })
    after: string | null,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<RoleObject>> {
    return toPage(await listRoles(db, accountOf(viewer), { first, after }), toRole);
  }

  @Mutation(() => RolePayload, { description: 'Creates a role.' })
  @Requires('roles:write')
  async createRole(
    @Arg('input', () => CreateRoleInput, { description: 'The role.' }) input: NewRole,
    @Ctx() context: MutationContext,
  ): Promise<RolePayload> {
    const viewer = signedIn(context.viewer);
    return { role: fromEntity(await createRole(context.work, authorshipOf(context), viewer, input)) };
  }

  @Mutation(() => RolePayload, { description: 'Changes a role that is not built in.' })
  @Requires('roles:write')
  async updateRole(
    @Arg('input', () => UpdateRoleInput, { description: 'Which, and what to change.' })
    input: RoleProperties & { id: string },
    @Ctx() context: MutationContext,
  ): Promise<RolePayload> {
    const viewer = signedIn(context.viewer);
    return { role: fromEntity(await updateRole(context.work, authorshipOf(context), viewer, input)) };
  }

  @Mutation(() => DeleteRolePayload, {
    description: 'Deletes a role that is not built in, with all its grants.',
  })
  @Requires('roles:write')
  async deleteRole(
    @Arg('input', () => DeleteRoleInput, { description: 'Which.' }) { id }: DeleteRoleInput,
    @Ctx() context: MutationContext,
  ): Promise<DeleteRolePayload> {
    await deleteRole(context.work, authorshipOf(context), signedIn(context.viewer), id);
    return { deletedRoleId: id };
  }

  @Mutation(() => UserPayload, { description: 'Gives a person a role by hand.' })
  @Requires('roles:write')
  async grantRole(
    @Arg('input', () => RoleGrantInput, { description: 'Who, and which role.' }) input: GrantRequest,
    @Ctx() context: MutationContext,
  ): Promise<UserPayload> {
    const viewer = signedIn(context.viewer);
    const changed = await grantRole(context.work, authorshipOf(context), viewer, input);
    return { user: await userOf(context, input.userId), changed };
  }

  @Mutation(() => UserPayload, { description: 'Takes back a role that was given by hand.' })
  @Requires('roles:write')
  async revokeRole(
    @Arg('input', () => RoleGrantInput, { description: 'Who, and which role.' }) input: GrantRequest,
    @Ctx() context: MutationContext,
  ): Promise<UserPayload> {
    const changed = await revokeRole(context.work, authorshipOf(context), signedIn(context.viewer), input);
    return { user: await userOf(context, input.userId), changed };
  }

  @FieldResolver(() => Int, { description: 'How many people were granted it.' })
  @Requires('roles:read')
  userCount(@Root() { accountId, id }: RoleObject, @Ctx() context: RequestContext): Promise<number> {
    return context.loadersOf(accountId).load(roleHolders, id);
  }

  @FieldResolver(() => UserPage, {
    description: 'The people who were granted it, from whatever source, by id.',
  })
  @Requires('users:read')
  async users(
    @Root() { accountId, id }: RoleObject,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<UserObject>> {
    const options = { connectionId: connectionOf(viewer), withTeams: false };
    return toPage(await listHolders(db, { accountId, roleId: id }, page, options), toUser);
  }
}

async function userOf({ loaders }: RequestContext, id: string): Promise<UserObject> {
  const record = await loaders.load(userById, id);
  if (record === undefined) throw new Error(`User ${id} was there a moment ago.`);
  return toUser(record);
}

@Resolver(() => UserObject)
export class UserRolesResolver {
  @FieldResolver(() => [EffectiveRole], { description: 'The roles that count for the person, and why.' })
  @Requires('roles:read')
  async roles(@Root() { id }: UserObject, @Ctx() { loaders }: RequestContext): Promise<EffectiveRole[]> {
    return (await loaders.load(rolesOfUser, id)).map(toEffectiveRole);
  }
}
