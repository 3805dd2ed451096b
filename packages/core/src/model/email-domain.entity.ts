import { defineEntity } from '@mikro-orm/core';
import type { ConstraintErrors } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';

/** Domains of e-mail addresses that an account says are its own, and proves by the DNS. */
export const EmailDomainSchema = defineEntity({
  name: 'EmailDomain',
  tableName: 'email_domains',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    /** As the DNS has it: lower case, ASCII. */
    name: p.text(),
    /** What the TXT record has to say. */
    challenge: p.text(),
    /** Null until it is proven. */
    verifiedAt: p.datetime().nullable(),
    /** When the DNS last answered. */
    checkedAt: p.datetime().nullable(),
    /** Since when the record is not there that proved it; it stays when the domain is lost by that. */
    missingSince: p.datetime().nullable(),
    /** When the DNS is to be asked again, once it is proven. */
    checkAt: p.datetime().$type<Date>().defaultRaw('now()'),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

export const emailDomainConstraints: ConstraintErrors = {
  email_domains__name: () =>
    new DomainError('ALREADY_EXISTS', 'name: this account has this domain already.', { field: 'name' }),
};
