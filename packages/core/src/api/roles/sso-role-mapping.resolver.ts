import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { accountOf, connectionOf, signedIn } from '../../authorization/viewer.ts';
import { DEFAULT_PAGE_SIZE } from '../../pages/page.ts';
import { countWithheld, findSsoGroups } from '../../sso-roles/find-sso-groups.ts';
import {
  holdersBySsoMapping,
  listSsoRoleMappings,
  type SsoRoleMappingFilter,
  ssoMappingsOfGroup,
} from '../../sso-roles/find-sso-mappings.ts';
import { type SsoGroupRoles, setSsoGroupRoles } from '../../sso-roles/set-sso-group-roles.ts';
import { previewSsoRoles } from '../../sso-roles/sso-roles-due.ts';
import { isUuid } from '../../text/uuid.ts';
import { listHolders } from '../../users/list-holders.ts';
import { batchOf } from '../request/batch.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { ForwardPageArgs } from '../schema/page.inputs.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { toUser, type UserObject, UserPage } from '../users/user.type.ts';
import { roleById, ssoMappingHolders } from './role.loaders.ts';
import { RoleObject, toRole } from './role.type.ts';
import {
  SetSsoGroupRolesInput,
  SsoGroupList,
  SsoGroupRolesPayload,
  SsoRoleDueObject,
  SsoRoleMappingFilterInput,
  SsoRoleMappingObject,
  SsoRoleMappingPage,
  toSsoGroup,
  toSsoRoleDue,
  toSsoRoleMapping,
} from './sso-role-mapping.type.ts';

@Resolver(() => SsoRoleMappingObject)
export class SsoRoleMappingResolver {
  @Query(() => SsoRoleMappingPage, { description: 'Which groups of sign-ins add which roles.' })
  @Requires('roles:read')
  async ssoRoleMappings(
    @Arg('filter', () => SsoRoleMappingFilterInput, {
      nullable: true,
      description: 'Which; all when left out.',
    })
    filter: SsoRoleMappingFilter | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<SsoRoleMappingObject>> {
    return toPage(await listSsoRoleMappings(db, accountOf(viewer), { ...page, filter }), toSsoRoleMapping);
  }

  @Query(() => SsoGroupList, {
    description:
      'The groups that have arrived in sign-ins by a sign-in connection, and those that are mapped.',
  })
  @Requires('roles:read')
  async ssoGroups(
    @Arg('signInConnectionId', () => ID, { description: 'Of which sign-in connection.' })
    signInConnectionId: string,
    @Arg('contains', () => String, {
      nullable: true,
      description: 'Only those that have this in them, whatever the case of ASCII letters.',
    })
    contains: string | null,
    @Arg('first', () => Int, { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' })
    first: number,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<SsoGroupList> {
    const accountId = accountOf(viewer);
    const { groups, total } = await findSsoGroups(db, accountId, { signInConnectionId, contains, first });
    const withheldCount = isUuid(signInConnectionId)
      ? await countWithheld(db, accountId, signInConnectionId)
      : 0;
    return { nodes: groups.map(toSsoGroup), totalCount: total, withheldCount };
  }

  @Query(() => [SsoRoleDueObject], {
    description:
      'What a sign-in with these groups would add, and what it would not and why. Nothing is added, and nobody is signed in.',
  })
  @Requires('roles:read')
  async previewSsoRoles(
    @Arg('signInConnectionId', () => ID, { description: 'By which sign-in connection.' })
    signInConnectionId: string,
    @Arg('groups', () => [String], { description: 'The groups, as the provider sends them.' })
    groups: string[],
    @Arg('userId', () => ID, {
      nullable: true,
      description: 'Who signs in; somebody who is created by it when left out.',
    })
    userId: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<SsoRoleDueObject[]> {
    if (!isUuid(signInConnectionId) || (userId != null && !isUuid(userId))) return [];
    const signIn = {
      accountId: accountOf(context.viewer),
      signInConnectionId,
      userId: userId ?? null,
      groups: batchOf(groups, 'groups', context),
    };
    return (await previewSsoRoles(context.db, signIn)).map(toSsoRoleDue);
  }

  @Mutation(() => SsoGroupRolesPayload, {
    description:
      'Decides which roles are added to whoever signs in with a group. Nobody has or loses one by this alone: the next sign-in adds what is new, and nothing that was added is ever taken by it.',
  })
  @Requires('roles:write')
  async setSsoGroupRoles(
    @Arg('input', () => SetSsoGroupRolesInput, { description: 'Which group, and which roles.' })
    input: SsoGroupRoles,
    @Ctx() context: MutationContext,
  ): Promise<SsoGroupRolesPayload> {
    const roleIds = batchOf(input.roleIds, 'roleIds', context);
    if (input.ifRoleIds != null) batchOf(input.ifRoleIds, 'ifRoleIds', context);
    const authorship = authorshipOf(context);
    const viewer = signedIn(context.viewer);
    const set = await setSsoGroupRoles(context.work, authorship, viewer, { ...input, roleIds });
    const mappings = await ssoMappingsOfGroup(context.db, authorship.accountId, set.group);
    return { mappings: mappings.map(toSsoRoleMapping), changed: set.changed };
  }

  @FieldResolver(() => RoleObject, { description: 'The role.' })
  @Requires('roles:read')
  async role(@Root() { record }: SsoRoleMappingObject, @Ctx() context: RequestContext): Promise<RoleObject> {
    const role = await context.loadersOf(record.account_id).load(roleById, record.role_id);
    if (role === undefined) throw new Error(`The role ${record.role_id} of a mapping is gone.`);
    return toRole(role);
  }

  @FieldResolver(() => Int, { description: 'How many people have the role by it.' })
  @Requires('roles:read')
  userCount(@Root() { record }: SsoRoleMappingObject, @Ctx() context: RequestContext): Promise<number> {
    return context.loadersOf(record.account_id).load(ssoMappingHolders, record.id);
  }

  @FieldResolver(() => UserPage, { description: 'The people who have the role by it, by id.' })
  @Requires('users:read')
  async users(
    @Root() { record }: SsoRoleMappingObject,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<UserObject>> {
    const options = { connectionId: connectionOf(viewer), withTeams: false };
    const granted = { accountId: record.account_id, ids: holdersBySsoMapping(record) };
    return toPage(await listHolders(db, granted, page, options), toUser);
  }
}

@Resolver(() => SsoRoleDueObject)
export class SsoRoleDueResolver {
  @FieldResolver(() => RoleObject, { description: 'The role that it is about.' })
  @Requires('roles:read')
  async role(@Root() { roleId }: SsoRoleDueObject, @Ctx() { loaders }: RequestContext): Promise<RoleObject> {
    const role = await loaders.load(roleById, roleId);
    if (role === undefined) throw new Error(`The role ${roleId} of a mapping is gone.`);
    return toRole(role);
  }
}
