import { Field, InputType, ObjectType } from 'type-graphql';
import type { TimeFormatName } from '../../model/time-settings.entity.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';

const formatDescriptions: Record<TimeFormatName, string> = {
  ISO: 'As in 2026-03-02 14:30.',
  DAY_MONTH_24H: 'As in 2 Mar 2026, 14:30.',
  DAY_MONTH_12H: 'As in 2 Mar 2026, 2:30 pm.',
  MONTH_DAY_12H: 'As in Mar 2, 2026, 2:30 PM.',
};
const TimeFormat = declareEnum('TimeFormat', 'How dates and times are written.', formatDescriptions);

@ObjectType('TimeSettings', { description: 'How times are shown to a person.', simpleResolvers: true })
export class TimeSettingsObject {
  @Field(() => String, {
    nullable: true,
    description:
      'In which zone of the IANA database: the one that they chose, or else their attribute `timezone`; null where neither says.',
  })
  timeZone!: string | null;
  @Field(() => TimeFormat, {
    nullable: true,
    description:
      'How they are written: as they chose, or else as is usual by their attribute `locale`; null where neither says.',
  })
  timeFormat!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The zone that they chose; null where the directory counts.',
  })
  chosenTimeZone!: string | null;
  @Field(() => TimeFormat, {
    nullable: true,
    description: 'The format that they chose; null where the directory counts.',
  })
  chosenTimeFormat!: string | null;
}

@InputType({
  description: 'How times are to be shown. What is left out stays; null follows the directory again.',
})
export class UpdateTimeSettingsInput {}
declareFields(UpdateTimeSettingsInput, {
  timeZone: { description: 'A zone of the IANA database, such as "Europe/Berlin".', type: () => String },
  timeFormat: { description: 'How dates and times are written.', type: () => TimeFormat },
});

@ObjectType({ description: 'How times are shown from now on.', simpleResolvers: true })
export class TimeSettingsPayload {
  @Field(() => TimeSettingsObject, { description: 'The settings as they are now.' })
  timeSettings!: TimeSettingsObject;
}
