import { Arg, Ctx, FieldResolver, Mutation, Resolver } from 'type-graphql';
import { personalSession } from '../../authorization/viewer.ts';
import { findTimeSettings } from '../../time-settings/find-time-settings.ts';
import { type TimeSettingsChange, updateTimeSettings } from '../../time-settings/update-time-settings.ts';
import type { MutationContext, RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { ViewerObject } from '../viewer/viewer.type.ts';
import { TimeSettingsObject, TimeSettingsPayload, UpdateTimeSettingsInput } from './time-settings.type.ts';

@Resolver(() => ViewerObject)
export class TimeSettingsResolver {
  @FieldResolver(() => TimeSettingsObject, {
    nullable: true,
    description: 'How times are shown to them; null for machines.',
  })
  @Requires('signed-in')
  async timeSettings(@Ctx() { db, viewer }: RequestContext): Promise<TimeSettingsObject | null> {
    return viewer.kind === 'USER' ? findTimeSettings(db, viewer.accountId, viewer.userId) : null;
  }

  @Mutation(() => TimeSettingsPayload, {
    description: 'Changes how times are shown to whoever is signed in. No token does it.',
  })
  @Requires('signed-in')
  async updateTimeSettings(
    @Arg('input', () => UpdateTimeSettingsInput, { description: 'What is to be another.' })
    input: TimeSettingsChange,
    @Ctx() { work, db, viewer }: MutationContext,
  ): Promise<TimeSettingsPayload> {
    const self = personalSession(viewer);
    await updateTimeSettings(work, self, input);
    return { timeSettings: await findTimeSettings(db, self.accountId, self.userId) };
  }
}
