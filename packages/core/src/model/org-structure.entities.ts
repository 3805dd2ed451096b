import { defineEntity } from '@mikro-orm/core';
import type { CreateTeamsName } from './account.entity.ts';
import type { ActorKindName } from './event.ts';

/** What the org structure went by when it last looked at a person. */
export const OrgPersonSchema = defineEntity({
  name: 'OrgPerson',
  tableName: 'org_people',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    userId: p.uuid().primary(),
    isMember: p.boolean(),
    department: p.text().nullable(),
    spelling: p.text().nullable(),
    label: p.text(),
    userName: p.text(),
    managerId: p.uuid().nullable(),
    onCycle: p.boolean().default(false),
  }),
});

/** A team that stands for a department, or for the people of a manager. */
export const OrgTeamSchema = defineEntity({
  name: 'OrgTeam',
  tableName: 'org_teams',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    teamId: p.uuid().primary(),
    managerId: p.uuid().nullable(),
    department: p.text().nullable(),
    name: p.text(),
    claim: p.text(),
    isAdopted: p.boolean(),
    pointsTo: p.text().nullable(),
    /** Do departments point to each other in a cycle that this one is on? */
    onCycle: p.boolean().default(false),
  }),
});

/** How many members of a department spell it so. */
export const OrgSpellingSchema = defineEntity({
  name: 'OrgSpelling',
  tableName: 'org_spellings',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    department: p.text().primary(),
    spelling: p.text().primary(),
    members: p.integer(),
  }),
});

/** How many members of a department have a manager of that other one. */
export const OrgLinkSchema = defineEntity({
  name: 'OrgLink',
  tableName: 'org_links',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    department: p.text().primary(),
    managerDepartment: p.text().primary(),
    members: p.integer(),
  }),
});

export const rebuildStates = ['RUNNING', 'DONE', 'REPLACED'] as const;
export type RebuildStateName = (typeof rebuildStates)[number];

/** A walk through all people that brings the teams in line with the account's setting. */
export const OrgRebuildSchema = defineEntity({
  name: 'OrgRebuild',
  tableName: 'org_rebuilds',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    state: p.text().$type<RebuildStateName>(),
    createTeams: p.text().$type<CreateTeamsName>(),
    teamAttribute: p.text(),
    done: p.integer().default(0),
    total: p.integer(),
    lastUserId: p.uuid().nullable(),
    actorKind: p.text().$type<ActorKindName>(),
    actorId: p.uuid().nullable(),
    actorName: p.text(),
    requestId: p.text(),
    startedAt: p.datetime().$type<Date>().defaultRaw('now()'),
    finishedAt: p.datetime().$type<Date>().nullable(),
  }),
});
