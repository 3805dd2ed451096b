import { Account } from '../accounts/account.entity.ts';
import { Connection } from '../connections/connection.entity.ts';
import { CustomAttribute, CustomAttributeValue } from '../custom-attributes/custom-attribute.entity.ts';
import { Event } from '../events/event.entity.ts';
import { Role, RoleGrant } from '../roles/role.entity.ts';
import { Session } from '../sign-in/session.entity.ts';
import { Membership, NestedTeam, Team } from '../teams/team.entity.ts';
import { Token } from '../tokens/token.entity.ts';
import { User, UserExternalId } from '../users/user.entity.ts';

/** Every table; a test holds them against the migrated schema. */
export const entities = [
  Account,
  Connection,
  CustomAttribute,
  CustomAttributeValue,
  Event,
  Membership,
  NestedTeam,
  Role,
  RoleGrant,
  Session,
  Team,
  Token,
  User,
  UserExternalId,
];
