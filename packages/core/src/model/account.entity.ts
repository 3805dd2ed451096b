import { defineEntity } from '@mikro-orm/core';

/** The data centres an account can live in. */
export const regions = ['EU', 'US', 'ASIA', 'SA'] as const;
export type RegionName = (typeof regions)[number];

/** What teams are made from (docs/decisions/0009-org-structure.md). */
export const createTeamsModes = ['NONE', 'DEPARTMENT', 'MANAGER'] as const;
export type CreateTeamsName = (typeof createTeamsModes)[number];

/** From whom a second factor is asked, of more people each time (docs/decisions/0027-second-factors.md). */
export const secondFactorPolicies = ['OPTIONAL', 'WITH_PASSWORD', 'ALWAYS'] as const;
export type SecondFactorPolicy = (typeof secondFactorPolicies)[number];

/** Where the roles of people come from (docs/decisions/0028-role-source.md). */
export const roleSources = ['SSO_AND_MANUAL', 'SCIM'] as const;
export type RoleSourceName = (typeof roleSources)[number];

/** Of which requests of identity providers the bodies are recorded (docs/decisions/0033-request-log.md). */
export const requestCaptures = ['ALL', 'ERRORS', 'NONE'] as const;
export type RequestCapture = (typeof requestCaptures)[number];

export const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'accounts',
  properties: (p) => ({
    id: p.uuid().primary(),
    name: p.text(),
    region: p.text().$type<RegionName>(),
    createTeams: p.text().$type<CreateTeamsName>().default('NONE'),
    teamAttribute: p.text().default('department'),
    secondFactor: p.text().$type<SecondFactorPolicy>().default('OPTIONAL'),
    /** Is a proof of late asked for before what is dangerous? */
    stepUp: p.boolean().default(false),
    roleSource: p.text().$type<RoleSourceName>().default('SSO_AND_MANUAL'),
    /** When its admins were last written to of tokens that expire. */
    tokensWarnedAt: p.datetime().nullable(),
    requestCapture: p.text().$type<RequestCapture>().default('ALL'),
    /** How long requests are kept. */
    requestDays: p.integer().default(7),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

/** A customer of the platform: the wall around everything else. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
