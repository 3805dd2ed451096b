import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  PersonChangeKind,
  PersonDifference,
  TeamChangeKind,
  TeamDifference,
} from '../../org-chart/compare/chart-difference.ts';
import { labelOf } from '../../org-chart/view/chart-records.ts';
import type { ChartView } from '../../org-chart/view/chart-view.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { pageType } from '../schema/page-type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { OrgChartPerson, OrgChartTeam, toChartPerson, toChartTeam } from './org-chart.type.ts';

const personKinds: Record<PersonChangeKind, string> = {
  JOINED: 'Was not on the chart and now is.',
  LEFT: 'Was on the chart and no longer is.',
  MOVED: 'Has another manager or is in other teams.',
  CHANGED:
    'Stands where they stood; a name, the title, the department, the picture or the status is another.',
};
const OrgChartPersonChangeKind = declareEnum(
  'OrgChartPersonChangeKind',
  'How two charts differ in a person; the first that fits.',
  personKinds,
);

const teamKinds: Record<TeamChangeKind, string> = {
  CREATED: 'Was not on the chart and now is.',
  REMOVED: 'Was on the chart and no longer is.',
  RENAMED: 'Has another name.',
  MOVED: 'Is a part of another team, or of none.',
  CHANGED: 'Has another lead, other members or another origin.',
};
const OrgChartTeamChangeKind = declareEnum(
  'OrgChartTeamChangeKind',
  'How two charts differ in a team; the first that fits.',
  teamKinds,
);

/** The two charts that are compared. */
export interface ComparedViews {
  readonly from: ChartView & { readonly at: Date };
  readonly to: ChartView;
}

@ObjectType({ description: 'What is different between the charts of two moments.', simpleResolvers: true })
export class OrgChartDiff {
  readonly views!: ComparedViews;
  readonly countPeople!: () => Promise<Record<PersonChangeKind, number>>;
  readonly countTeams!: () => Promise<Record<TeamChangeKind, number>>;
  @Field(() => DateTimeScalar, { description: 'The earlier moment.' })
  from!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'The later moment; null for now.' })
  to!: Date | null;
}

@ObjectType({ description: 'A person whom two charts show differently.', simpleResolvers: true })
export class OrgChartPersonChange {
  readonly views!: ComparedViews;
  readonly difference!: PersonDifference;
  @Field(() => ID, { description: 'The id of the user.' })
  id!: string;
  @Field(() => String, { description: 'The name; the last known of whoever left.' })
  label!: string;
  @Field(() => OrgChartPersonChangeKind, { description: 'How they differ.' })
  kind!: string;
  @Field(() => OrgChartPerson, { nullable: true, description: 'As the earlier chart shows them.' })
  before!: OrgChartPerson | null;
  @Field(() => OrgChartPerson, { nullable: true, description: 'As the later chart shows them.' })
  after!: OrgChartPerson | null;
}

@ObjectType({ description: 'A team that two charts show differently.', simpleResolvers: true })
export class OrgChartTeamChange {
  readonly views!: ComparedViews;
  readonly difference!: TeamDifference;
  @Field(() => ID, { description: 'The id of the team.' })
  id!: string;
  @Field(() => String, { description: 'The name; the last one of a team that is gone.' })
  label!: string;
  @Field(() => OrgChartTeamChangeKind, { description: 'How they differ.' })
  kind!: string;
  @Field(() => Int, { description: 'How many people are in it who were not.' })
  membersJoined!: number;
  @Field(() => Int, { description: 'How many people were in it who no longer are.' })
  membersLeft!: number;
  @Field(() => OrgChartTeam, { nullable: true, description: 'As the earlier chart shows it.' })
  before!: OrgChartTeam | null;
  @Field(() => OrgChartTeam, { nullable: true, description: 'As the later chart shows it.' })
  after!: OrgChartTeam | null;
}

const countFields = (kinds: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.keys(kinds).map((kind) => [
      kind.toLowerCase(),
      { description: `How many are ${kind}.`, type: () => Int, nullable: false },
    ]),
  );

@ObjectType({ description: 'How many people two charts show differently, by kind.', simpleResolvers: true })
export class OrgChartPersonChangeCounts {}
declareFields(OrgChartPersonChangeCounts, countFields(personKinds));

@ObjectType({ description: 'How many teams two charts show differently, by kind.', simpleResolvers: true })
export class OrgChartTeamChangeCounts {}
declareFields(OrgChartTeamChangeCounts, countFields(teamKinds));

export const OrgChartPersonChangePage = pageType('OrgChartPersonChange', () => OrgChartPersonChange);
export const OrgChartTeamChangePage = pageType('OrgChartTeamChange', () => OrgChartTeamChange);

/** A difference as GraphQL shows it. */
export const toPersonChange =
  (views: ComparedViews) =>
  (difference: PersonDifference): OrgChartPersonChange => {
    const { id, kind, before, after } = difference;
    const last = after ?? before;
    return {
      views,
      difference,
      id,
      kind,
      label: last === null ? '' : labelOf(last),
      before: before === null ? null : toChartPerson(views.from)(before),
      after: after === null ? null : toChartPerson(views.to)(after),
    };
  };

/** A difference as GraphQL shows it. */
export const toTeamChange =
  (views: ComparedViews) =>
  (difference: TeamDifference): OrgChartTeamChange => {
    const { id, kind, before, after, members_joined, members_left } = difference;
    return {
      views,
      difference,
      id,
      kind,
      label: (after ?? before)?.display_name ?? '',
      membersJoined: members_joined,
      membersLeft: members_left,
      before: before === null ? null : toChartTeam(views.from)(before),
      after: after === null ? null : toChartTeam(views.to)(after),
    };
  };
