import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql';
import { accountOf, connectionOf, signedIn } from '../../authorization/viewer.ts';
import { followJob } from '../../jobs/follow-job.ts';
import { listRoleMappings, mappingsOfGroup, type RoleMappingFilter } from '../../roles/find-role-mappings.ts';
import { defaultRoles } from '../../roles/find-roles.ts';
import {
  GROUP_ROLES_CHANNEL,
  GROUP_ROLES_PROGRESS_CHANNEL,
  type GroupRolesJobRecord,
  groupRolesJobsOf,
} from '../../roles/group-roles-job.ts';
import { type DefaultRoles, setDefaultRoles } from '../../roles/set-default-roles.ts';
import { type GroupRoles, setGroupRoles } from '../../roles/set-group-roles.ts';
import { listHolders } from '../../users/list-holders.ts';
import { connectionById } from '../connections/connection.loaders.ts';
import { ConnectionObject, toConnection } from '../connections/connection.type.ts';
import { batchOf } from '../request/batch.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { ForwardPageArgs } from '../schema/page.inputs.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { teamById } from '../teams/team.loaders.ts';
import { TeamObject, toTeam } from '../teams/team.type.ts';
import { toUser, type UserObject, UserPage } from '../users/user.type.ts';
import { mappingHolders, roleById } from './role.loaders.ts';
import { RoleObject, toRole } from './role.type.ts';
import {
  DefaultRolesPayload,
  GroupRolesJobObject,
  GroupRolesPayload,
  MappedGroupObject,
  RoleMappingFilterInput,
  RoleMappingObject,
  RoleMappingPage,
  SetDefaultRolesInput,
  SetGroupRolesInput,
  toGroupRolesJob,
  toRoleMapping,
} from './role-mapping.type.ts';

@Resolver(() => RoleMappingObject)
export class RoleMappingResolver {
  @Query(() => RoleMappingPage, { description: 'Which groups of identity providers give which roles.' })
  @Requires('roles:read')
  async roleMappings(
    @Arg('filter', () => RoleMappingFilterInput, { nullable: true, description: 'Which; all when left out.' })
    filter: RoleMappingFilter | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<RoleMappingObject>> {
    return toPage(await listRoleMappings(db, accountOf(viewer), { ...page, filter }), toRoleMapping);
  }

  @Mutation(() => GroupRolesPayload, {
    description:
      'Decides which roles the members of a group have. Whoever is in it is given and loses them at once, and whoever joins or leaves later does then.',
  })
  @Requires('roles:write')
  async setGroupRoles(
    @Arg('input', () => SetGroupRolesInput, { description: 'Which group, and which roles.' })
    input: GroupRoles,
    @Ctx() context: MutationContext,
  ): Promise<GroupRolesPayload> {
    const roleIds = batchOf(input.roleIds, 'roleIds', context);
    if (input.ifRoleIds != null) batchOf(input.ifRoleIds, 'ifRoleIds', context);
    const authorship = authorshipOf(context);
    const viewer = signedIn(context.viewer);
    const { group, changed, job } = await setGroupRoles(context.work, authorship, viewer, {
      ...input,
      roleIds,
    });
    const mappings = await mappingsOfGroup(context.db, authorship.accountId, group);
    return {
      mappings: mappings.map(toRoleMapping),
      changed,
      job: job === null ? null : toGroupRolesJob(job),
    };
  }

  @Query(() => [GroupRolesJobObject], {
    description: 'The changes of the roles of large groups that still go on, and the last that have ended.',
  })
  @Requires('roles:read')
  async groupRolesJobs(@Ctx() { db, viewer }: RequestContext): Promise<GroupRolesJobObject[]> {
    return (await groupRolesJobsOf(db, accountOf(viewer))).map(toGroupRolesJob);
  }

  @Subscription(() => [GroupRolesJobObject], {
    description: 'The same as they are, then whenever one comes further. Ends when none goes on.',
    subscribe: ({ context }: SubscribeResolverData<unknown, object, RequestContext>) =>
      followJob({
        notifications: context.platform.notifications,
        channels: [GROUP_ROLES_CHANNEL, GROUP_ROLES_PROGRESS_CHANNEL],
        accountId: accountOf(context.viewer),
        look: () => groupRolesJobsOf(context.db, accountOf(context.viewer)),
        runs: (jobs) => jobs.some(({ state }) => state === 'RUNNING'),
      }),
  })
  @Requires('roles:read')
  groupRolesProgress(@Root() jobs: readonly GroupRolesJobRecord[]): GroupRolesJobObject[] {
    return jobs.map(toGroupRolesJob);
  }

  @Mutation(() => DefaultRolesPayload, {
    description: 'Decides which roles people have who were granted none.',
  })
  @Requires('roles:write')
  async setDefaultRoles(
    @Arg('input', () => SetDefaultRolesInput, { description: 'Which roles.' }) input: DefaultRoles,
    @Ctx() context: MutationContext,
  ): Promise<DefaultRolesPayload> {
    const roleIds = batchOf(input.roleIds, 'roleIds', context);
    const authorship = authorshipOf(context);
    const viewer = signedIn(context.viewer);
    const changed = await setDefaultRoles(context.work, authorship, viewer, { ...input, roleIds });
    return { roles: (await defaultRoles(context.db, authorship.accountId)).map(toRole), changed };
  }

  @FieldResolver(() => RoleObject, { description: 'The role.' })
  @Requires('roles:read')
  async role(@Root() { record }: RoleMappingObject, @Ctx() context: RequestContext): Promise<RoleObject> {
    const role = await context.loadersOf(record.account_id).load(roleById, record.role_id);
    if (role === undefined) throw new Error(`The role ${record.role_id} of a mapping is gone.`);
    return toRole(role);
  }

  @FieldResolver(() => ConnectionObject, { description: 'The connection that pushes the group.' })
  @Requires('roles:read')
  async connection(
    @Root() { record }: RoleMappingObject,
    @Ctx() context: RequestContext,
  ): Promise<ConnectionObject> {
    const connection = await context.loadersOf(record.account_id).load(connectionById, record.connection_id);
    if (connection === undefined)
      throw new Error(`The connection ${record.connection_id} of a mapping is gone.`);
    return toConnection(connection);
  }

  @FieldResolver(() => Int, { description: 'How many people have the role by it.' })
  @Requires('roles:read')
  userCount(@Root() { record }: RoleMappingObject, @Ctx() context: RequestContext): Promise<number> {
    return context.loadersOf(record.account_id).load(mappingHolders, record.id);
  }

  @FieldResolver(() => UserPage, { description: 'The people who have the role by it, by id.' })
  @Requires('users:read')
  async users(
    @Root() { record }: RoleMappingObject,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<UserObject>> {
    const options = { connectionId: connectionOf(viewer), withTeams: false };
    const granted = { accountId: record.account_id, mappingId: record.id };
    return toPage(await listHolders(db, granted, page, options), toUser);
  }
}

@Resolver(() => MappedGroupObject)
export class MappedGroupResolver {
  @FieldResolver(() => TeamObject, {
    nullable: true,
    description: 'The team that it is; null until it is pushed.',
  })
  @Requires('teams:read')
  async team(
    @Root() { teamId }: MappedGroupObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<TeamObject | null> {
    const team = teamId === null ? undefined : await loaders.load(teamById, teamId);
    return team === undefined ? null : toTeam(team);
  }
}
