import type { Read } from '../database/columns.ts';

export const emailDomainColumns = [
  'id',
  'name',
  'challenge',
  'verified_at',
  'checked_at',
  'missing_since',
  'created_at',
] as const;

/** A domain as read. */
export type EmailDomainRecord = Read<'email_domains', (typeof emailDomainColumns)[number]>;

/** Where a domain is on its way; it steers people while it is PROVEN or MISSING. */
export type EmailDomainStatusName = 'PENDING' | 'PROVEN' | 'MISSING' | 'LOST';

/** For how long a record may be missing before the domain is no longer proven. */
export const LOST_AFTER_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

export function statusOf({
  verified_at,
  missing_since,
}: Pick<EmailDomainRecord, 'verified_at' | 'missing_since'>): EmailDomainStatusName {
  if (verified_at === null) return missing_since === null ? 'PENDING' : 'LOST';
  return missing_since === null ? 'PROVEN' : 'MISSING';
}

/** When a domain whose record is missing steers nobody any more; null for all others. */
export const lostAt = (domain: EmailDomainRecord): Date | null =>
  statusOf(domain) === 'MISSING' && domain.missing_since !== null
    ? new Date(new Date(domain.missing_since).getTime() + LOST_AFTER_DAYS * DAY_MS)
    : null;
