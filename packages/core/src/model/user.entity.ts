import { defineEntity } from '@mikro-orm/core';
import type { ConstraintErrors } from '../errors/constraint-errors.ts';
import { DomainError } from '../errors/domain-error.ts';
import type { CustomValue } from './custom-attribute.ts';
import type { Address, AttributeValue, UserStatusName } from './user.ts';
import { byField, textAttributes } from './user-attributes.ts';

export const UserSchema = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    status: p.text().$type<UserStatusName>(),
    userName: p.text(),
    nameFormatted: p.text().nullable(),
    nameFamilyName: p.text().nullable(),
    nameGivenName: p.text().nullable(),
    nameMiddleName: p.text().nullable(),
    nameHonorificPrefix: p.text().nullable(),
    nameHonorificSuffix: p.text().nullable(),
    ...byField(textAttributes, () => p.text().nullable()),
    emails: p.json().$type<AttributeValue[]>().nullable(),
    phoneNumbers: p.json().$type<AttributeValue[]>().nullable(),
    ims: p.json().$type<AttributeValue[]>().nullable(),
    photos: p.json().$type<AttributeValue[]>().nullable(),
    addresses: p.json().$type<Address[]>().nullable(),
    entitlements: p.json().$type<AttributeValue[]>().nullable(),
    directoryRoles: p.json().$type<AttributeValue[]>().nullable(),
    /** The connection that wrote them last; NULL where it was nobody's, or nobody knows. */
    directoryRolesBy: p.uuid().nullable(),
    x509Certificates: p.json().$type<AttributeValue[]>().name('x509_certificates').nullable(),
    managerId: p.uuid().nullable(),
    /** The manager as the identity provider named them; kept while nobody in the account answers to it. */
    managerValue: p.text().nullable(),
    /** By the id of the definition; NULL for those who have none. */
    customAttributes: p.json().$type<Record<string, CustomValue>>().nullable(),
    passwordDigest: p.text().nullable(),
    version: p.integer().default(1),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    updatedAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

/** A person: RFC 7643 §4.1 and the enterprise extension of §4.3. */
export class User extends UserSchema.class {}
UserSchema.setClass(User);

/** The name a connection's identity provider gives a user (RFC 7643 §3.1). */
export const UserExternalIdSchema = defineEntity({
  name: 'UserExternalId',
  tableName: 'user_external_ids',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    userId: p.uuid().primary(),
    connectionId: p.uuid().primary(),
    externalId: p.text(),
  }),
});

export const userConstraints: ConstraintErrors = {
  users__user_name: () => userNameTaken(undefined),
};

/** The refusal of a userName that somebody in the account has (RFC 7643 §4.1.1). */
export const userNameTaken = (conflictingId: string | undefined): DomainError =>
  new DomainError(
    'ALREADY_EXISTS',
    'userName: another user of this account has it. userName is unique, whatever its case.',
    {
      field: 'userName',
      ...(conflictingId === undefined ? {} : { conflictingId }),
    },
  );
