import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { AccountSchema } from './account.entity.ts';
import { ConnectionSchema } from './connection.entity.ts';
import { CustomAttributeSchema, CustomAttributeValueSchema } from './custom-attribute.entity.ts';
import { EmailDomainSchema } from './email-domain.entity.ts';
import { EndedAtProviderSchema } from './ended-at-provider.entity.ts';
import { EventSchema } from './event.entity.ts';
import { HistorySchema } from './history.entity.ts';
import { IdentityLinkSchema } from './identity-link.entity.ts';
import { InstallationSchema } from './installation.entity.ts';
import { QueuedMailSchema } from './mail.entity.ts';
import { OAuthClientSchema } from './oauth-client.entity.ts';
import {
  ChartMembershipSchema,
  ChartPersonSchema,
  ChartPositionSchema,
  ChartTeamSchema,
} from './org-chart.entities.ts';
import {
  OrgLinkSchema,
  OrgPersonSchema,
  OrgRebuildSchema,
  OrgSpellingSchema,
  OrgTeamSchema,
} from './org-structure.entities.ts';
import { PasswordResetSchema } from './password-reset.entity.ts';
import { ProviderSessionSchema } from './provider-session.entity.ts';
import {
  AssignableRoleSchema,
  GroupRolesJobSchema,
  RoleGrantSchema,
  RoleMappingSchema,
  RoleSchema,
  SsoRoleMappingSchema,
} from './role.entity.ts';
import { SamlAnswerSchema } from './saml-answer.entity.ts';
import { ScimRequestSchema } from './scim-request.entity.ts';
import {
  PasskeyChallengeSchema,
  PasskeySchema,
  PendingSignInSchema,
  RecoveryCodeSchema,
  TotpSecretSchema,
} from './second-factor.entities.ts';
import { SessionSchema } from './session.entity.ts';
import { SignInAttemptsSchema } from './sign-in-attempts.entity.ts';
import { SignInConnectionSchema } from './sign-in-connection.entity.ts';
import { SignInTestSchema } from './sign-in-test.entity.ts';
import { SignInTransactionSchema } from './sign-in-transaction.entity.ts';
import { SignalStreamSchema } from './signal-stream.entity.ts';
import { UsedOnceSchema } from './single-use.entity.ts';
import { MembershipSchema, NestedTeamSchema, TeamSchema } from './team.entity.ts';
import { TimeSettingsSchema } from './time-settings.entity.ts';
import { TokenSchema } from './token.entity.ts';
import { UserExternalIdSchema, UserSchema } from './user.entity.ts';
/** Every table; a test holds them against the migrated schema. */
export const entities = [
  AccountSchema,
  AssignableRoleSchema,
  ChartMembershipSchema,
  ChartPersonSchema,
  ChartPositionSchema,
  ChartTeamSchema,
  ConnectionSchema,
  CustomAttributeSchema,
  CustomAttributeValueSchema,
  EventSchema,
  GroupRolesJobSchema,
  HistorySchema,
  InstallationSchema,
  MembershipSchema,
  NestedTeamSchema,
  OrgLinkSchema,
  OrgPersonSchema,
  OrgRebuildSchema,
  OrgSpellingSchema,
  OrgTeamSchema,
  PasskeyChallengeSchema,
  PasskeySchema,
  OAuthClientSchema,
  PasswordResetSchema,
  PendingSignInSchema,
  QueuedMailSchema,
  RecoveryCodeSchema,
  RoleSchema,
  RoleGrantSchema,
  RoleMappingSchema,
  SamlAnswerSchema,
  ScimRequestSchema,
  SessionSchema,
  SignInAttemptsSchema,
  EmailDomainSchema,
  EndedAtProviderSchema,
  IdentityLinkSchema,
  ProviderSessionSchema,
  SignalStreamSchema,
  SignInConnectionSchema,
  SignInTestSchema,
  SignInTransactionSchema,
  SsoRoleMappingSchema,
  TeamSchema,
  TimeSettingsSchema,
  TokenSchema,
  TotpSecretSchema,
  UserSchema,
  UsedOnceSchema,
  UserExternalIdSchema,
];

/** The tables as Kysely knows them: a column that is not there does not compile. */
export interface Tables extends InferKyselyDB<(typeof entities)[number]> {}
