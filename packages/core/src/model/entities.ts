import { Account } from './account.entity.ts';
import { Connection } from './connection.entity.ts';
import { CustomAttribute, CustomAttributeValue } from './custom-attribute.entity.ts';
import { Event } from './event.entity.ts';
import { History } from './history.entity.ts';
import { Installation } from './installation.entity.ts';
import { ChartMembership, ChartPerson, ChartPosition, ChartTeam } from './org-chart.entities.ts';
import { OrgLink, OrgPerson, OrgRebuild, OrgSpelling, OrgTeam } from './org-structure.entities.ts';
import { Role, RoleGrant } from './role.entity.ts';
import { Session } from './session.entity.ts';
import { SignInAttempts } from './sign-in-attempts.entity.ts';
import { Membership, NestedTeam, Team } from './team.entity.ts';
import { Token } from './token.entity.ts';
import { User, UserExternalId } from './user.entity.ts';

/** Every table; a test holds them against the migrated schema. */
export const entities = [
  Account,
  ChartMembership,
  ChartPerson,
  ChartPosition,
  ChartTeam,
  Connection,
  CustomAttribute,
  CustomAttributeValue,
  Event,
  History,
  Installation,
  Membership,
  NestedTeam,
  OrgLink,
  OrgPerson,
  OrgRebuild,
  OrgSpelling,
  OrgTeam,
  Role,
  RoleGrant,
  Session,
  SignInAttempts,
  Team,
  Token,
  User,
  UserExternalId,
];
