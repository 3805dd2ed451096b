import { defineEntity } from '@mikro-orm/core';
import type { ConstraintErrors } from '../errors/constraint-errors.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';

export const teamOrigins = ['DIRECTORY', 'ORG_STRUCTURE', 'MANUAL'] as const;
export type TeamOriginName = (typeof teamOrigins)[number];

/** A set of users with a parent team and a lead. */
export const TeamSchema = defineEntity({
  name: 'Team',
  tableName: 'teams',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    origin: p.text().$type<TeamOriginName>(),
    connectionId: p.uuid().nullable(),
    externalId: p.text().nullable(),
    displayName: p.text(),
    parentId: p.uuid().nullable(),
    leadId: p.uuid().nullable(),
    version: p.integer().default(1),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    updatedAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

/** A user is in a team. */
export const MembershipSchema = defineEntity({
  name: 'Membership',
  tableName: 'memberships',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    teamId: p.uuid().primary(),
    userId: p.uuid().primary(),
    joinedAt: p.datetime().$type<Date>().defaultRaw('now()'),
    /** The mappings by which the group gives the user roles, by id; null where it gives none. */
    roleMappingIds: p.array().columnType('uuid[]').nullable(),
  }),
});

/** A team is a member of another; roles and access don't follow from it. */
export const NestedTeamSchema = defineEntity({
  name: 'NestedTeam',
  tableName: 'nested_teams',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    teamId: p.uuid().primary(),
    nestedId: p.uuid().primary(),
    joinedAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

export const teamNameTaken = (): DomainError =>
  new DomainError('ALREADY_EXISTS', 'displayName: there is a team of that name already. Choose another.', {
    field: 'displayName',
  });
export const followsFromPeople = (): DomainError =>
  new DomainError(
    'ORG_STRUCTURE_TEAM',
    "This team follows from people's department and manager. Change those, or what teams are made from, instead of the team.",
    { field: 'id' },
  );
export const unknownParent = (): DomainError =>
  invalidInput('parentId', 'there is no team with this id in the account.');
export const circularParent = (): DomainError =>
  invalidInput('parentId', 'is the team itself or a part of it, so it can not be above it. Choose another.');
export const unknownLead = (): DomainError =>
  invalidInput('leadId', 'there is no user with this id in the directory. Name another, or nobody.');

/** Its identity provider pushed a group while it was deleted. */
const connectionGone = (): DomainError =>
  new DomainError('UNAUTHENTICATED', 'The connection of this token was deleted, and the token with it.');

export const teamConstraints: ConstraintErrors = {
  teams__display_name: teamNameTaken,
  teams__connection: connectionGone,
  teams__parent: unknownParent,
  teams__lead: unknownLead,
};
