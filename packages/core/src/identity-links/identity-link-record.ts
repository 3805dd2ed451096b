import type { Read } from '../database/columns.ts';

export const identityLinkColumns = [
  'id',
  'sign_in_connection_id',
  'issuer',
  'subject',
  'user_id',
  'created_at',
  'last_used_at',
] as const;

/** A link as read. */
export type IdentityLinkRecord = Read<'identity_links', (typeof identityLinkColumns)[number]>;
