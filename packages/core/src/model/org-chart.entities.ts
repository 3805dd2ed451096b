import { defineEntity } from '@mikro-orm/core';
import type { TeamOriginName } from './team.entity.ts';
import type { UserStatusName } from './user.ts';

/** How far an account's chart has come in the log. */
export const ChartPositionSchema = defineEntity({
  name: 'ChartPosition',
  tableName: 'org_chart_positions',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    epoch: p.integer(),
    xid: p.string().columnType('xid8'),
    seq: p.bigint().$type<number>(),
    moment: p.datetime().$type<Date>(),
    began: p.datetime().$type<Date>(),
  }),
});

/** A person as the chart showed them for a while. */
export const ChartPersonSchema = defineEntity({
  name: 'ChartPerson',
  tableName: 'org_chart_people',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    userId: p.uuid().primary(),
    began: p.datetime().$type<Date>().primary(),
    ended: p.datetime().$type<Date>().defaultRaw("'infinity'"),
    userName: p.text(),
    displayName: p.text().nullable(),
    title: p.text().nullable(),
    department: p.text().nullable(),
    photo: p.text().nullable(),
    status: p.text().$type<UserStatusName>(),
    /** The manager as the log names them, here or not. */
    namedManagerId: p.uuid().nullable(),
    /** Whom the chart shows above the person. */
    managerId: p.uuid().nullable(),
    onCycle: p.boolean(),
  }),
});

/** A team as the chart showed it for a while. */
export const ChartTeamSchema = defineEntity({
  name: 'ChartTeam',
  tableName: 'org_chart_teams',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    teamId: p.uuid().primary(),
    began: p.datetime().$type<Date>().primary(),
    ended: p.datetime().$type<Date>().defaultRaw("'infinity'"),
    displayName: p.text(),
    origin: p.text().$type<TeamOriginName>(),
    /** The parent as the log names it; pushed groups are not on the chart. */
    namedParentId: p.uuid().nullable(),
    /** What the chart shows above the team. */
    parentId: p.uuid().nullable(),
    /** The lead as the log names them, here or not. */
    namedLeadId: p.uuid().nullable(),
    /** Whom the chart shows as the lead. */
    leadId: p.uuid().nullable(),
  }),
});

/** A person was in a team of the chart for a while. */
export const ChartMembershipSchema = defineEntity({
  name: 'ChartMembership',
  tableName: 'org_chart_memberships',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    teamId: p.uuid().primary(),
    userId: p.uuid().primary(),
    began: p.datetime().$type<Date>().primary(),
    ended: p.datetime().$type<Date>().defaultRaw("'infinity'"),
  }),
});
