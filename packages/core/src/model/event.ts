/** What can happen. The stem is that of the mutation and of the permission. */
export const eventTypes = [
  'ACCOUNT_CREATED',
  'USER_CREATED',
  'USER_UPDATED',
  'USER_ACTIVATED',
  'USER_DEACTIVATED',
  'USER_DEPROVISIONED',
  'USER_REVIVED',
  'USER_SIGNED_IN',
  'USER_SIGNED_OUT',
  'USER_SIGN_IN_FAILED',
  'USER_PASSWORD_RESET_SENT',
  'USER_MAIL_FAILED',
  'USER_SESSIONS_ENDED',
  'USER_SECOND_FACTOR_ADDED',
  'USER_SECOND_FACTOR_REMOVED',
  'USER_SECOND_FACTOR_RENAMED',
  'USER_RECOVERY_CODES_RENEWED',
  'USER_RECOVERY_CODE_USED',
  'USER_IDENTITY_PROVEN',
  'TEAM_CREATED',
  'TEAM_UPDATED',
  'TEAM_DELETED',
  'TEAM_MEMBER_ADDED',
  'TEAM_MEMBER_REMOVED',
  'ROLE_CREATED',
  'ROLE_UPDATED',
  'ROLE_DELETED',
  'ROLE_GRANTED',
  'ROLE_REVOKED',
  'ROLE_MAPPING_CREATED',
  'ROLE_MAPPING_DELETED',
  'DEFAULT_ROLES_CHANGED',
  'ROLE_SOURCE_CHANGED',
  'USER_ROLES_ERASED',
  'TOKEN_ISSUED',
  'TOKEN_ROTATED',
  'TOKEN_REVOKED',
  'OAUTH_CLIENT_CREATED',
  'OAUTH_CLIENT_KEYS_ROTATED',
  'OAUTH_CLIENT_DELETED',
  'OAUTH_CLIENT_REFUSED',
  'CONNECTION_CREATED',
  'CONNECTION_UPDATED',
  'CONNECTION_DELETED',
  'SIGN_IN_CONNECTION_CREATED',
  'SIGN_IN_CONNECTION_UPDATED',
  'SIGN_IN_CONNECTION_DELETED',
  'SAML_KEY_PAIR_RENEWED',
  'SAML_KEY_PAIR_SWITCHED',
  'SAML_KEY_PAIR_RETIRED',
  'SAML_METADATA_FAILED',
  'SAML_METADATA_RECOVERED',
  'SIGN_IN_REFUSED',
  'SIGN_OUT_REFUSED',
  'SIGNAL_STREAM_SET',
  'SIGNAL_STREAM_DELETED',
  'SIGNAL_STREAM_VERIFIED',
  'SIGNAL_STREAM_UPDATED',
  'SIGNAL_REFUSED',
  'SIGN_IN_POLICY_UPDATED',
  'IDENTITY_LINKED',
  'IDENTITY_UNLINKED',
  'DOMAIN_ADDED',
  'DOMAIN_VERIFIED',
  'DOMAIN_PROOF_MISSING',
  'DOMAIN_PROOF_FOUND',
  'DOMAIN_PROOF_LOST',
  'DOMAIN_REMOVED',
  'CUSTOM_ATTRIBUTE_CREATED',
  'CUSTOM_ATTRIBUTE_UPDATED',
  'CUSTOM_ATTRIBUTE_DELETED',
  'ORG_STRUCTURE_UPDATED',
  'ORG_STRUCTURE_REBUILT',
] as const;
export type EventTypeName = (typeof eventTypes)[number];

export const subjectTypes = [
  'ACCOUNT',
  'USER',
  'TEAM',
  'ROLE',
  'ROLE_MAPPING',
  'SSO_ROLE_MAPPING',
  'TOKEN',
  'OAUTH_CLIENT',
  'CONNECTION',
  'CUSTOM_ATTRIBUTE',
  'SIGN_IN_CONNECTION',
  'EMAIL_DOMAIN',
] as const;
export type SubjectTypeName = (typeof subjectTypes)[number];

/** An object as it was called when something happened to it. */
export interface EventParty {
  readonly type: SubjectTypeName;
  readonly id: string;
  readonly label: string;
}

export const actorKinds = ['USER', 'TOKEN', 'OPERATOR', 'SYSTEM'] as const;
export type ActorKindName = (typeof actorKinds)[number];

/** Who did it, as the log shows it even when they are gone. */
export interface Actor {
  readonly kind: ActorKindName;
  readonly id: string | null;
  readonly name: string;
}

/** Whose doing an event is: the part that every event of a request shares. */
export interface Authorship {
  readonly accountId: string;
  readonly actor: Actor;
  readonly connectionId: string | null;
  readonly requestId: string;
}

/** One property's value before and after. A secret's change carries neither. */
export interface PropertyChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}
