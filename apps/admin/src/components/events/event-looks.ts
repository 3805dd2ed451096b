import {
  type Icon,
  IconBuilding,
  IconCircleCheck,
  IconCircleMinus,
  IconHierarchy2,
  IconKey,
  IconKeyOff,
  IconLink,
  IconLockX,
  IconLogin2,
  IconLogout,
  IconMail,
  IconMailOff,
  IconPencil,
  IconPlugConnected,
  IconRefresh,
  IconShield,
  IconShieldCheck,
  IconShieldLock,
  IconShieldMinus,
  IconShieldPlus,
  IconTag,
  IconTagOff,
  IconUnlink,
  IconUserMinus,
  IconUserOff,
  IconUserPlus,
  IconUsers,
  IconUsersMinus,
  IconUsersPlus,
  IconWorld,
  IconWorldCheck,
  IconWorldExclamation,
  IconWorldOff,
  IconWorldX,
} from '@tabler/icons-react';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';

type EventType = FeedEvent['type'];

export interface EventLook {
  icon: Icon;
  /** Arrived is green, changed blue, left grey, waiting or risky amber. */
  color: 'teal' | 'blue' | 'gray' | 'yellow';
  /** What happened to the subject. */
  verb: string;
  /** What joins the subject to the related thing. */
  joint?: string;
}

/** How each kind of event looks and reads. */
export const eventLooks: Record<EventType, EventLook> = {
  ACCOUNT_CREATED: { icon: IconBuilding, color: 'teal', verb: 'was created' },
  USER_CREATED: { icon: IconUserPlus, color: 'teal', verb: 'arrived' },
  USER_UPDATED: { icon: IconPencil, color: 'blue', verb: 'was changed' },
  USER_ACTIVATED: { icon: IconCircleCheck, color: 'teal', verb: 'was activated' },
  USER_DEACTIVATED: { icon: IconCircleMinus, color: 'gray', verb: 'was deactivated' },
  USER_DEPROVISIONED: { icon: IconUserOff, color: 'gray', verb: 'left' },
  USER_REVIVED: { icon: IconUserPlus, color: 'teal', verb: 'came back' },
  USER_SIGNED_IN: { icon: IconLogin2, color: 'blue', verb: 'signed in' },
  USER_SIGN_IN_FAILED: { icon: IconLockX, color: 'yellow', verb: 'failed to sign in' },
  USER_PASSWORD_RESET_SENT: { icon: IconMail, color: 'yellow', verb: 'was sent a link to set a password' },
  USER_MAIL_FAILED: { icon: IconMailOff, color: 'yellow', verb: 'could not be sent a mail' },
  USER_SESSIONS_ENDED: { icon: IconLogout, color: 'gray', verb: 'had sessions ended' },
  USER_SECOND_FACTOR_ADDED: { icon: IconShieldPlus, color: 'teal', verb: 'set up a second factor' },
  USER_SECOND_FACTOR_REMOVED: { icon: IconShieldMinus, color: 'yellow', verb: 'had a second factor removed' },
  USER_SECOND_FACTOR_RENAMED: { icon: IconPencil, color: 'blue', verb: 'renamed a passkey' },
  USER_RECOVERY_CODES_RENEWED: { icon: IconShieldLock, color: 'blue', verb: 'had recovery codes made' },
  USER_RECOVERY_CODE_USED: { icon: IconShieldLock, color: 'yellow', verb: 'used a recovery code' },
  USER_IDENTITY_PROVEN: { icon: IconShieldCheck, color: 'blue', verb: 'proved who they are' },
  USER_SIGNED_OUT: { icon: IconLogout, color: 'gray', verb: 'signed out' },
  TEAM_CREATED: { icon: IconUsers, color: 'teal', verb: 'was created' },
  TEAM_UPDATED: { icon: IconPencil, color: 'blue', verb: 'was changed' },
  TEAM_DELETED: { icon: IconUsersMinus, color: 'gray', verb: 'was deleted' },
  TEAM_MEMBER_ADDED: {
    icon: IconUsersPlus,
    color: 'teal',
    verb: 'has a new member',
    joint: 'has a new member,',
  },
  TEAM_MEMBER_REMOVED: { icon: IconUserMinus, color: 'gray', verb: 'lost a member', joint: 'no longer has' },
  ROLE_CREATED: { icon: IconShield, color: 'teal', verb: 'was created' },
  ROLE_UPDATED: { icon: IconShield, color: 'blue', verb: 'was changed' },
  ROLE_DELETED: { icon: IconShieldMinus, color: 'gray', verb: 'was deleted' },
  ROLE_GRANTED: { icon: IconShieldPlus, color: 'yellow', verb: 'got a role', joint: 'got the role' },
  ROLE_REVOKED: { icon: IconShieldMinus, color: 'gray', verb: 'lost a role', joint: 'lost the role' },
  ROLE_MAPPING_CREATED: {
    icon: IconShieldPlus,
    color: 'yellow',
    verb: 'was mapped to a role',
    joint: 'now gives the role',
  },
  ROLE_MAPPING_DELETED: {
    icon: IconShieldMinus,
    color: 'gray',
    verb: 'gives a role no more',
    joint: 'no longer gives the role',
  },
  DEFAULT_ROLES_CHANGED: { icon: IconShield, color: 'blue', verb: 'has other default roles' },
  ROLE_SOURCE_CHANGED: { icon: IconShield, color: 'yellow', verb: 'has its roles from elsewhere' },
  USER_ROLES_ERASED: { icon: IconShieldMinus, color: 'yellow', verb: 'had roles erased' },
  TOKEN_ISSUED: { icon: IconKey, color: 'yellow', verb: 'was issued' },
  TOKEN_ROTATED: { icon: IconRefresh, color: 'blue', verb: 'was rotated' },
  OAUTH_CLIENT_CREATED: { icon: IconKey, color: 'yellow', verb: 'may have tokens' },
  OAUTH_CLIENT_KEYS_ROTATED: { icon: IconRefresh, color: 'blue', verb: 'has other keys' },
  OAUTH_CLIENT_DELETED: { icon: IconKeyOff, color: 'gray', verb: 'was deleted' },
  OAUTH_CLIENT_REFUSED: { icon: IconLockX, color: 'yellow', verb: 'was refused a token' },
  TOKEN_REVOKED: { icon: IconKeyOff, color: 'gray', verb: 'was revoked' },
  CONNECTION_CREATED: { icon: IconPlugConnected, color: 'teal', verb: 'was created' },
  CONNECTION_UPDATED: { icon: IconPlugConnected, color: 'blue', verb: 'was changed' },
  CONNECTION_DELETED: { icon: IconPlugConnected, color: 'gray', verb: 'was deleted' },
  ORG_STRUCTURE_UPDATED: { icon: IconHierarchy2, color: 'blue', verb: 'has another org structure' },
  ORG_STRUCTURE_REBUILT: { icon: IconHierarchy2, color: 'blue', verb: 'has had its teams rebuilt' },
  SIGN_IN_CONNECTION_CREATED: { icon: IconPlugConnected, color: 'yellow', verb: 'was created' },
  SIGN_IN_CONNECTION_UPDATED: { icon: IconPlugConnected, color: 'yellow', verb: 'was changed' },
  SIGN_IN_CONNECTION_DELETED: { icon: IconPlugConnected, color: 'gray', verb: 'was deleted' },
  SAML_KEY_PAIR_RENEWED: { icon: IconKey, color: 'teal', verb: 'got a new key pair of ours' },
  SAML_KEY_PAIR_SWITCHED: { icon: IconKey, color: 'yellow', verb: 'signs with another key of ours' },
  SAML_KEY_PAIR_RETIRED: { icon: IconKeyOff, color: 'gray', verb: 'lost a key pair of ours' },
  SAML_METADATA_FAILED: {
    icon: IconPlugConnected,
    color: 'yellow',
    verb: 'has metadata that can’t be taken',
  },
  SAML_METADATA_RECOVERED: {
    icon: IconPlugConnected,
    color: 'teal',
    verb: 'has metadata that are taken again',
  },
  SIGNAL_STREAM_SET: { icon: IconPlugConnected, color: 'yellow', verb: 'was set to receive signals' },
  SIGNAL_STREAM_DELETED: { icon: IconPlugConnected, color: 'gray', verb: 'no longer receives signals' },
  SIGNAL_STREAM_VERIFIED: { icon: IconPlugConnected, color: 'teal', verb: 'receives signals' },
  SIGNAL_STREAM_UPDATED: { icon: IconPlugConnected, color: 'yellow', verb: 'receives signals otherwise' },
  SIGNAL_REFUSED: { icon: IconLockX, color: 'yellow', verb: 'refused a signal' },
  SIGN_OUT_REFUSED: { icon: IconLockX, color: 'yellow', verb: 'refused to end sessions' },
  SIGN_IN_POLICY_UPDATED: { icon: IconShieldLock, color: 'yellow', verb: 'changed how people sign in' },
  SIGN_IN_REFUSED: {
    icon: IconLockX,
    color: 'yellow',
    verb: 'refused a sign-in',
    joint: 'refused a sign-in of',
  },
  IDENTITY_LINKED: { icon: IconLink, color: 'blue', verb: 'was linked', joint: 'was linked by' },
  IDENTITY_UNLINKED: { icon: IconUnlink, color: 'gray', verb: 'was unlinked', joint: 'was unlinked from' },
  DOMAIN_ADDED: { icon: IconWorld, color: 'teal', verb: 'was added' },
  DOMAIN_VERIFIED: { icon: IconWorldCheck, color: 'blue', verb: 'was proven' },
  DOMAIN_PROOF_MISSING: { icon: IconWorldExclamation, color: 'yellow', verb: 'lost its TXT record' },
  DOMAIN_PROOF_FOUND: { icon: IconWorldCheck, color: 'blue', verb: 'has its TXT record again' },
  DOMAIN_PROOF_LOST: { icon: IconWorldX, color: 'yellow', verb: 'is no longer proven' },
  DOMAIN_REMOVED: { icon: IconWorldOff, color: 'gray', verb: 'was removed' },
  CUSTOM_ATTRIBUTE_CREATED: { icon: IconTag, color: 'teal', verb: 'was defined' },
  CUSTOM_ATTRIBUTE_UPDATED: { icon: IconTag, color: 'blue', verb: 'was redefined' },
  CUSTOM_ATTRIBUTE_DELETED: { icon: IconTagOff, color: 'gray', verb: 'was deleted' },
};

const paths: Partial<Record<FeedEvent['subject']['type'], (id: string) => string>> = {
  USER: (id) => `/people/${id}`,
  TEAM: (id) => `/teams/${id}`,
  TOKEN: () => '/tokens',
  CONNECTION: () => '/provisioning',
  ROLE: (id) => `/roles/${id}`,
  ROLE_MAPPING: () => '/group-mapping',
  SIGN_IN_CONNECTION: (id) => `/sign-in-settings/${id}`,
  EMAIL_DOMAIN: () => '/sign-in-settings',
  SSO_ROLE_MAPPING: () => '/group-mapping?tab=sso',
};

/** The page of the thing that an event names, where it has one. */
export function referencePath(reference: FeedEvent['subject']): string | undefined {
  return paths[reference.type]?.(reference.id);
}

const arrivals: readonly EventType[] = [
  'USER_CREATED',
  'TEAM_CREATED',
  'ROLE_CREATED',
  'ACCOUNT_CREATED',
  'CONNECTION_CREATED',
  'TOKEN_ISSUED',
  'SIGN_IN_CONNECTION_CREATED',
  'DOMAIN_ADDED',
];

/** Whether an event brought its subject, so that "before" says nothing. */
export function isArrival(type: EventType): boolean {
  return arrivals.includes(type);
}
