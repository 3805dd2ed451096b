import { defineEntity } from '@mikro-orm/core';

/** The data centres an account can live in. */
export const regions = ['EU', 'US', 'ASIA', 'SA'] as const;
export type RegionName = (typeof regions)[number];

/** What teams are made from (docs/decisions/0009-org-structure.md). */
export const createTeamsModes = ['NONE', 'DEPARTMENT', 'MANAGER'] as const;
export type CreateTeamsName = (typeof createTeamsModes)[number];

export const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: (p) => ({
    id: p.uuid().primary(),
    name: p.text(),
    region: p.text().$type<RegionName>(),
    createTeams: p.text().$type<CreateTeamsName>().default('NONE'),
    teamAttribute: p.text().default('department'),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

/** A customer of the platform: the wall around everything else. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
