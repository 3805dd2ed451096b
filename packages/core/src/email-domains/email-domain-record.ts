import type { Read } from '../database/columns.ts';

export const emailDomainColumns = ['id', 'name', 'challenge', 'verified_at', 'created_at'] as const;

/** A domain as read. */
export type EmailDomainRecord = Read<'email_domains', (typeof emailDomainColumns)[number]>;
