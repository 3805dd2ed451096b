import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { accountOf, connectionOf } from '../../authorization/viewer.ts';
import { createTeam, type NewTeam } from '../../teams/create-teams.ts';
import { deleteTeam } from '../../teams/delete-teams.ts';
import { findTeam } from '../../teams/find-teams.ts';
import { listTeams } from '../../teams/list-teams.ts';
import type { TeamFilter } from '../../teams/team-filter.ts';
import type { TeamOrder } from '../../teams/team-order.ts';
import type { MemberReferenceRecord, MemberTypeName } from '../../teams/team-record.ts';
import { type TeamUpdate, type UpdateNames, updateTeam } from '../../teams/update-team.ts';
import { isUuid } from '../../text/uuid.ts';
import { listMembers } from '../../users/list-members.ts';
import { connectionById } from '../connections/connection.loaders.ts';
import { ConnectionObject, toConnection } from '../connections/connection.type.ts';
import { batchOf } from '../request/batch.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { selectedFields } from '../request/selected-fields.ts';
import { ForwardPageArgs, PageArgs } from '../schema/page.inputs.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { userById } from '../users/user.loaders.ts';
import { toUser, UserObject, UserPage } from '../users/user.type.ts';
import {
  memberCount,
  memberReferences,
  nestedReferences,
  personReferences,
  teamById,
} from './team.loaders.ts';
import { DeleteTeamPayload, TeamPayload } from './team.payloads.ts';
import {
  CreateTeamInput,
  DeleteTeamInput,
  MemberReference,
  MemberType,
  TeamFilterInput,
  TeamMembersInput,
  TeamObject,
  TeamOrderInput,
  TeamPage,
  toTeam,
  UpdateTeamInput,
} from './team.type.ts';

/** How the input that names people alone calls what a team's update has. */
const membersNames: UpdateNames = { id: 'teamId', addMemberIds: 'userIds' };

@Resolver(() => TeamObject)
export class TeamResolver {
  @Query(() => TeamObject, { nullable: true, description: 'A team by id; null when there is none.' })
  @Requires('teams:read')
  async team(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<TeamObject | null> {
    const record = isUuid(id) ? await findTeam(db, accountOf(viewer), id, connectionOf(viewer)) : undefined;
    return record === undefined ? null : toTeam(record);
  }

  @Query(() => TeamPage, {
    description: 'The teams of the account; for an identity provider, those it pushed.',
  })
  @Requires('teams:read')
  async teams(
    @Arg('filter', () => TeamFilterInput, { nullable: true, description: 'Which; all when left out.' })
    filter: TeamFilter | null,
    @Arg('orderBy', () => TeamOrderInput, {
      nullable: true,
      description: 'In which order; by id when left out.',
    })
    orderBy: TeamOrder | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<TeamObject>> {
    const request = { ...page, filter, orderBy };
    return toPage(await listTeams(db, accountOf(viewer), connectionOf(viewer), request), toTeam);
  }

  @Mutation(() => TeamPayload, { description: 'Creates a team, with members if you like.' })
  @Requires('teams:write')
  async createTeam(
    @Arg('input', () => CreateTeamInput, { description: 'The team.' }) input: NewTeam,
    @Ctx() context: MutationContext,
  ): Promise<TeamPayload> {
    return { team: toTeam(await createTeam(context.work, authorshipOf(context), input)), changed: true };
  }

  @Mutation(() => TeamPayload, {
    description: 'Changes a team and who is in it; writes nothing where nothing differs.',
  })
  @Requires('teams:write')
  async updateTeam(
    @Arg('input', () => UpdateTeamInput, { description: 'Which, and what to change.' }) input: TeamUpdate,
    @Ctx() context: MutationContext,
  ): Promise<TeamPayload> {
    const { team, changed } = await updateTeam(context.work, authorshipOf(context), input);
    return { team: toTeam(team), changed };
  }

  @Mutation(() => TeamPayload, { description: 'Adds people to a team; who is in it already stays.' })
  @Requires('teams:write')
  async addTeamMembers(
    @Arg('input', () => TeamMembersInput, { description: 'Which team, and who.' }) {
      teamId,
      userIds,
    }: TeamMembersInput,
    @Ctx() context: MutationContext,
  ): Promise<TeamPayload> {
    const update = { id: teamId, addMemberIds: batchOf(userIds, 'userIds', context) };
    const { team, changed } = await updateTeam(context.work, authorshipOf(context), update, membersNames);
    return { team: toTeam(team), changed };
  }

  @Mutation(() => TeamPayload, {
    description: 'Takes people out of a team; who is not in it changes nothing.',
  })
  @Requires('teams:write')
  async removeTeamMembers(
    @Arg('input', () => TeamMembersInput, { description: 'Which team, and who.' }) {
      teamId,
      userIds,
    }: TeamMembersInput,
    @Ctx() context: MutationContext,
  ): Promise<TeamPayload> {
    const update = { id: teamId, removeMemberIds: batchOf(userIds, 'userIds', context) };
    const { team, changed } = await updateTeam(context.work, authorshipOf(context), update, membersNames);
    return { team: toTeam(team), changed };
  }

  @Mutation(() => DeleteTeamPayload, {
    description: 'Deletes a team. Its members stay; teams below it lose their parent.',
  })
  @Requires('teams:write')
  async deleteTeam(
    @Arg('input', () => DeleteTeamInput, { description: 'Which.' }) input: {
      id: string;
      ifVersion?: number | null;
    },
    @Ctx() context: MutationContext,
  ): Promise<DeleteTeamPayload> {
    await deleteTeam(context.work, authorshipOf(context), input);
    return { deletedTeamId: input.id };
  }

  @FieldResolver(() => ConnectionObject, {
    nullable: true,
    description: 'The connection whose identity provider pushed it.',
  })
  @Requires('teams:read')
  async connection(
    @Root() { record }: TeamObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ConnectionObject | null> {
    const found =
      record.connection_id === null ? undefined : await loaders.load(connectionById, record.connection_id);
    return found === undefined ? null : toConnection(found);
  }

  @FieldResolver(() => TeamObject, { nullable: true, description: 'The team it is a part of.' })
  @Requires('teams:read')
  async parent(
    @Root() { record }: TeamObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<TeamObject | null> {
    const found = record.parent_id === null ? undefined : await loaders.load(teamById, record.parent_id);
    return found === undefined ? null : toTeam(found);
  }

  @FieldResolver(() => UserObject, { nullable: true, description: 'Who leads it.' })
  @Requires('users:read')
  async lead(@Root() { record }: TeamObject, @Ctx() { loaders }: RequestContext): Promise<UserObject | null> {
    const found = record.lead_id === null ? undefined : await loaders.load(userById, record.lead_id);
    return found === undefined ? null : toUser(found);
  }

  @FieldResolver(() => Int, { description: 'How many people are in it.' })
  @Requires('teams:read')
  memberCount(@Root() { id }: TeamObject, @Ctx() { loaders }: RequestContext): Promise<number> {
    return loaders.load(memberCount, id);
  }

  @FieldResolver(() => UserPage, { description: 'The people in it, by id.' })
  @Requires('users:read')
  async members(
    @Root() { id }: TeamObject,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() { db, viewer }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PageObject<UserObject>> {
    const options = { connectionId: connectionOf(viewer), withTeams: selectedFields(info).has('teams') };
    return toPage(await listMembers(db, accountOf(viewer), id, page, options), toUser);
  }

  @FieldResolver(() => [MemberReference], {
    description: 'All its members at once, people and then teams, for clients that keep a copy.',
  })
  @Requires('teams:read')
  memberReferences(
    @Root() { record }: TeamObject,
    @Arg('type', () => MemberType, { nullable: true, description: 'People only, or teams only.' })
    type: MemberTypeName | null,
    @Ctx() { loaders }: RequestContext,
  ): Promise<readonly MemberReferenceRecord[]> | readonly MemberReferenceRecord[] {
    if (type === 'TEAM') return record.nested ?? loaders.load(nestedReferences, record.id);
    return loaders.load(type === 'USER' ? personReferences : memberReferences, record.id);
  }

  @FieldResolver(() => TeamPage, { description: 'The teams that are a part of it, by name.' })
  @Requires('teams:read')
  async children(
    @Root() { id }: TeamObject,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<TeamObject>> {
    const children = await listTeams(db, accountOf(viewer), connectionOf(viewer), {
      ...page,
      filter: { parentId: { equals: id } },
      orderBy: { field: 'DISPLAY_NAME', direction: 'ASC' },
    });
    return toPage(children, toTeam);
  }
}
