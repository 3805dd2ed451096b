import { defineEntity } from '@mikro-orm/core';

/** A link was sent by which somebody sets their password. The secret is kept as a digest only. */
export const PasswordResetSchema = defineEntity({
  name: 'PasswordReset',
  tableName: 'password_resets',
  properties: (p) => ({
    accountId: p.uuid(),
    id: p.uuid().primary(),
    userId: p.uuid(),
    digest: p.text(),
    /** Where it was sent; it is good while that is an address of the person. */
    address: p.text(),
    /** What the person may do at most for it to be good; the account's default roles say so when there is none. */
    limits: p.array().nullable(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    expiresAt: p.datetime(),
  }),
});
