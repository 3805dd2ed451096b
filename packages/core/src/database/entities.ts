import { Account } from '../accounts/account.entity.ts';
import { Connection } from '../connections/connection.entity.ts';
import { CustomAttribute, CustomAttributeValue } from '../custom-attributes/custom-attribute.entity.ts';
import { Event } from '../events/event.entity.ts';
import { ChartMembership, ChartPerson, ChartPosition, ChartTeam } from '../org-chart/org-chart.entities.ts';
import {
  OrgLink,
  OrgPerson,
  OrgRebuild,
  OrgSpelling,
  OrgTeam,
} from '../org-structure/org-structure.entities.ts';
import { Role, RoleGrant } from '../roles/role.entity.ts';
import { Session } from '../sign-in/session.entity.ts';
import { SignInAttempts } from '../sign-in/sign-in-attempts.entity.ts';
import { Membership, NestedTeam, Team } from '../teams/team.entity.ts';
import { Token } from '../tokens/token.entity.ts';
import { User, UserExternalId } from '../users/user.entity.ts';
import { History } from './history.entity.ts';
import { Installation } from './installation.entity.ts';

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
