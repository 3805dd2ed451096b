import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Ctx,
  FieldResolver,
  Info,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql';
import { accountOf } from '../../authorization/viewer.ts';
import { followJob } from '../../jobs/follow-job.ts';
import {
  rebuildOrgStructure,
  type SettingsUpdate,
  updateOrgStructure,
} from '../../org-structure/change-settings.ts';
import { REBUILD_PROGRESS_CHANNEL, REBUILDS_CHANNEL } from '../../org-structure/rebuild/rebuild.ts';
import {
  countTeams,
  lastRebuild,
  type RebuildRecord,
  readStructure,
} from '../../org-structure/settings/find-structure.ts';
import { teamAttributesOf } from '../../org-structure/settings/team-attribute.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { selectedFields } from '../request/selected-fields.ts';
import { Requires } from '../schema/requires.ts';
import {
  OrgRebuildObject,
  OrgStructureObject,
  RebuildOrgStructurePayload,
  toRebuild,
  toStructure,
  UpdateOrgStructureInput,
} from './org-structure.type.ts';
import { UpdateOrgStructurePayload } from './structure-plan.type.ts';

@Resolver(() => OrgStructureObject)
export class OrgStructureResolver {
  @Query(() => OrgStructureObject, { description: 'Which teams follow from people, and how far they do.' })
  @Requires('account:read')
  async orgStructure(@Ctx() { db, viewer }: RequestContext): Promise<OrgStructureObject> {
    return toStructure(await readStructure(db, accountOf(viewer)));
  }

  @Mutation(() => UpdateOrgStructurePayload, {
    description:
      'Decides what teams are made from. They are rebuilt afterwards: follow `orgRebuildProgress`. With the header `rollcall-dry-run: true`, `plan` tells what would become of them.',
  })
  @Requires('structure:write')
  async updateOrgStructure(
    @Arg('input', () => UpdateOrgStructureInput, { description: 'What to change.' }) input: SettingsUpdate,
    @Ctx() context: MutationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UpdateOrgStructurePayload> {
    const withPlan = selectedFields(info).has('plan');
    const { structure, plan } = await updateOrgStructure(context.work, authorshipOf(context), input, {
      withPlan,
    });
    return { orgStructure: toStructure(structure), plan };
  }

  @Mutation(() => RebuildOrgStructurePayload, {
    description: 'Has all teams that follow from people rebuilt, though nothing was decided anew.',
  })
  @Requires('structure:write')
  async rebuildOrgStructure(@Ctx() context: MutationContext): Promise<RebuildOrgStructurePayload> {
    return { orgStructure: toStructure(await rebuildOrgStructure(context.work, authorshipOf(context))) };
  }

  @Subscription(() => OrgRebuildObject, {
    description:
      'How far the rebuild is that runs, or the last one: as it is, then each step of it. Ends when no rebuild runs.',
    subscribe: ({ context }: SubscribeResolverData<unknown, object, RequestContext>) =>
      followJob({
        notifications: context.platform.notifications,
        channels: [REBUILDS_CHANNEL, REBUILD_PROGRESS_CHANNEL],
        accountId: accountOf(context.viewer),
        look: () => lastRebuild(context.db, accountOf(context.viewer)),
        runs: ({ state }) => state === 'RUNNING',
      }),
  })
  @Requires('account:read')
  orgRebuildProgress(@Root() rebuild: RebuildRecord): OrgRebuildObject {
    return toRebuild(rebuild);
  }

  @FieldResolver(() => [String], {
    description:
      'The attributes that can say the department: the text attributes of people, and the paths of custom ones of type STRING with one value.',
  })
  @Requires('account:read')
  async teamAttributes(@Ctx() { platform, viewer }: RequestContext): Promise<string[]> {
    const { all } = await platform.definitions.of(accountOf(viewer));
    return teamAttributesOf(all).map(({ name }) => name);
  }

  @FieldResolver(() => Int, { description: 'How many teams follow from people.' })
  @Requires('account:read')
  teamCount(@Ctx() { db, viewer }: RequestContext): Promise<number> {
    return countTeams(db, accountOf(viewer));
  }
}
