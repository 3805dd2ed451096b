import { Field, ID, ObjectType } from 'type-graphql';
import type { ChartPersonRecord, ChartTeamRecord } from '../../org-chart/view/chart-records.ts';
import type { ChartView } from '../../org-chart/view/chart-view.ts';
import { pageType } from '../schema/page-type.ts';
import { CursorScalar, DateTimeScalar } from '../schema/scalars.ts';
import { TeamOrigin } from '../teams/team.type.ts';
import { UserStatus } from '../users/user.type.ts';

@ObjectType({
  description:
    'The org chart, now or at a moment of the past: who was there, who reported to whom, and the teams that follow from it or were made by hand. Groups that an identity provider pushed are not on it.',
  simpleResolvers: true,
})
export class OrgChart {
  readonly view!: ChartView;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The moment that was asked for; null for now.',
  })
  asOf!: Date | null;
  @Field(() => CursorScalar, {
    description:
      'Where the log stood when the chart was read: follow `orgChartChanges(after:)` from here, and nothing is missed.',
  })
  cursor!: string;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The first moment that the history knows; null where nothing has happened yet.',
  })
  began!: Date | null;
}

@ObjectType({ description: 'A person as the chart shows them.', simpleResolvers: true })
export class OrgChartPerson {
  readonly view!: ChartView;
  @Field(() => ID, { description: 'The id of the user.' })
  id!: string;
  @Field(() => String, { description: 'The name the person is known by to the identity provider.' })
  userName!: string;
  @Field(() => String, { nullable: true, description: 'The name shown to others.' })
  displayName!: string | null;
  @Field(() => String, { nullable: true, description: 'The job title.' })
  title!: string | null;
  @Field(() => String, { nullable: true, description: 'The department.' })
  department!: string | null;
  @Field(() => String, { nullable: true, description: 'The address of a picture.' })
  photo!: string | null;
  @Field(() => UserStatus, {
    description: 'ACTIVE or INACTIVE; whoever is deprovisioned is not on the chart.',
  })
  status!: string;
  @Field(() => ID, {
    nullable: true,
    description:
      'Who is above the person; null at the top, where the manager is unknown, and on a cycle of managers.',
  })
  managerId!: string | null;
  @Field(() => Boolean, {
    description: 'Do the managers above the person lead back to them? The chart then has nobody above them.',
  })
  onCycle!: boolean;
}

@ObjectType({ description: 'A team as the chart shows it.', simpleResolvers: true })
export class OrgChartTeam {
  readonly view!: ChartView;
  readonly leadId!: string | null;
  @Field(() => ID, { description: 'The id of the team.' })
  id!: string;
  @Field(() => String, { description: 'The name.' })
  displayName!: string;
  @Field(() => TeamOrigin, { description: 'ORG_STRUCTURE or MANUAL.' })
  origin!: string;
  @Field(() => ID, { nullable: true, description: 'The team it is a part of; null at the top.' })
  parentId!: string | null;
}

export const OrgChartPersonPage = pageType('OrgChartPerson', () => OrgChartPerson);
export const OrgChartTeamPage = pageType('OrgChartTeam', () => OrgChartTeam);

/** A record as GraphQL shows it in a chart. */
export const toChartPerson =
  (view: ChartView) =>
  (record: ChartPersonRecord): OrgChartPerson => ({
    view,
    id: record.id,
    userName: record.user_name,
    displayName: record.display_name,
    title: record.title,
    department: record.department,
    photo: record.photo,
    status: record.status,
    managerId: record.manager_id,
    onCycle: record.on_cycle,
  });

/** A record as GraphQL shows it in a chart. */
export const toChartTeam =
  (view: ChartView) =>
  (record: ChartTeamRecord): OrgChartTeam => ({
    view,
    id: record.id,
    displayName: record.display_name,
    origin: record.origin,
    parentId: record.parent_id,
    leadId: record.lead_id,
  });
