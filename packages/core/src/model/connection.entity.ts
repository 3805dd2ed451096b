import { defineEntity } from '@mikro-orm/core';
import type { ConstraintErrors } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';

export const identityProviders = [
  'ENTRA',
  'OKTA',
  'ONELOGIN',
  'JUMPCLOUD',
  'GOOGLE',
  'PING',
  'GENERIC',
] as const;
export type IdentityProviderName = (typeof identityProviders)[number];

/** What a SCIM PATCH of a group is answered with. */
export type GroupPatchAnswer = 'NO_CONTENT' | 'RESOURCE';

export const ConnectionSchema = defineEntity({
  name: 'Connection',
  tableName: 'connections',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    name: p.text(),
    provider: p.text().$type<IdentityProviderName>(),
    /** May it set passwords? Null leaves it to the provider. */
    passwordSync: p.boolean().nullable(),
    /** Is what it manages changed by it alone, and has nobody of it a password here? */
    strict: p.boolean().default(false),
    /** Does each of its groups have a role of its name? */
    groupsAsRoles: p.boolean().default(false),
    /** Is its identity provider asked to come back later, whatever it asks? */
    paused: p.boolean().default(false),
    groupPatchAnswer: p.text().$type<GroupPatchAnswer>().default('NO_CONTENT'),
    lastSeenAt: p.datetime().nullable(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

/** An account's set-up with one identity provider. External ids and directory teams belong to it. */
export class Connection extends ConnectionSchema.class {}
ConnectionSchema.setClass(Connection);

export const connectionConstraints: ConstraintErrors = {
  connections__name: () =>
    new DomainError(
      'ALREADY_EXISTS',
      'name: this account has a connection of that name already. Choose another.',
      {
        field: 'name',
      },
    ),
};
