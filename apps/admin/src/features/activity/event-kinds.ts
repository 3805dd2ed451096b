import type { FeedEvent } from '@/lib/live/event-fragment.ts';

type EventType = FeedEvent['type'];

export interface EventKind {
  id: string;
  label: string;
  types: readonly EventType[];
}

/** The kinds of events that the chips offer; together they are all types. */
export const eventKinds: readonly EventKind[] = [
  { id: 'arrivals', label: 'Arrivals', types: ['USER_CREATED', 'USER_REVIVED', 'USER_ACTIVATED'] },
  { id: 'changes', label: 'Changes', types: ['USER_UPDATED'] },
  { id: 'departures', label: 'Departures', types: ['USER_DEACTIVATED', 'USER_DEPROVISIONED'] },
  {
    id: 'teams',
    label: 'Teams',
    types: [
      'TEAM_CREATED',
      'TEAM_UPDATED',
      'TEAM_DELETED',
      'TEAM_MEMBER_ADDED',
      'TEAM_MEMBER_REMOVED',
      'ORG_STRUCTURE_UPDATED',
      'ORG_STRUCTURE_REBUILT',
    ],
  },
  {
    id: 'roles',
    label: 'Roles',
    types: [
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
    ],
  },
  {
    id: 'access',
    label: 'Tokens and connections',
    types: [
      'ACCOUNT_CREATED',
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
      'DOMAIN_ADDED',
      'DOMAIN_VERIFIED',
      'DOMAIN_PROOF_MISSING',
      'DOMAIN_PROOF_FOUND',
      'DOMAIN_PROOF_LOST',
      'DOMAIN_REMOVED',
    ],
  },
  {
    id: 'attributes',
    label: 'Attributes',
    types: ['CUSTOM_ATTRIBUTE_CREATED', 'CUSTOM_ATTRIBUTE_UPDATED', 'CUSTOM_ATTRIBUTE_DELETED'],
  },
  {
    id: 'sign-ins',
    label: 'Sign-ins',
    types: [
      'USER_SIGNED_IN',
      'USER_SIGN_IN_FAILED',
      'USER_SIGNED_OUT',
      'USER_SESSIONS_ENDED',
      'USER_SECOND_FACTOR_ADDED',
      'USER_SECOND_FACTOR_REMOVED',
      'USER_SECOND_FACTOR_RENAMED',
      'USER_RECOVERY_CODES_RENEWED',
      'USER_RECOVERY_CODE_USED',
      'USER_IDENTITY_PROVEN',
      'SIGN_IN_POLICY_UPDATED',
      'USER_PASSWORD_RESET_SENT',
      'USER_MAIL_FAILED',
      'SIGN_IN_REFUSED',
      'SIGN_OUT_REFUSED',
      'SIGNAL_STREAM_SET',
      'SIGNAL_STREAM_DELETED',
      'SIGNAL_STREAM_VERIFIED',
      'SIGNAL_STREAM_UPDATED',
      'SIGNAL_REFUSED',
      'IDENTITY_LINKED',
      'IDENTITY_UNLINKED',
    ],
  },
];

/** The kinds that a URL parameter such as `arrivals,teams` names; unknown ones are ignored. */
export function kindsFrom(parameter: string | null): readonly EventKind[] {
  const named = parameter?.split(',') ?? [];
  return eventKinds.filter(({ id }) => named.includes(id));
}

/** The types to ask for; undefined, meaning all, when no kind is chosen. */
export function typesOf(kinds: readonly EventKind[]): EventType[] | undefined {
  return kinds.length === 0 ? undefined : kinds.flatMap(({ types }) => [...types]);
}
