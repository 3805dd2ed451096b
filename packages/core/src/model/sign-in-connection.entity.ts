import { defineEntity } from '@mikro-orm/core';
import type { ConstraintErrors } from '../errors/constraint-errors.ts';
import { DomainError, invalidInput } from '../errors/domain-error.ts';
import type { SamlSettings } from './saml-settings.ts';

/** By which protocol people are signed in. */
export type SignInProtocol = 'OIDC' | 'SAML';
/** Whose words the set-up speaks, and which of their habits it knows. */
export type SignInPreset = 'ENTRA' | 'GOOGLE' | 'JUMPCLOUD' | 'OKTA' | 'ONELOGIN' | 'PING' | 'GENERIC';
/** By what the first sign-in finds somebody who is there already. */
export type LinkRule = 'NONE' | 'EXTERNAL_ID' | 'VERIFIED_EMAIL';
/** Who is created by signing in. */
export type JitPolicy = 'OFF' | 'DOMAIN';

export const SignInConnectionSchema = defineEntity({
  name: 'SignInConnection',
  tableName: 'sign_in_connections',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    name: p.text(),
    protocol: p.text().$type<SignInProtocol>(),
    preset: p.text().$type<SignInPreset>(),
    /** The issuer of OpenID Connect, or the entity id of SAML. */
    issuer: p.text(),
    /** Of OpenID Connect alone. */
    clientId: p.text().nullable(),
    /** Sealed; of OpenID Connect alone. */
    clientSecret: p.text().nullable(),
    scopes: p.array(),
    /** Of SAML alone. */
    saml: p.json().$type<SamlSettings>().nullable(),
    /** Of SAML alone: when the certificate ends that we sign with, and how many days before somebody was last warned of it. */
    ownCertificateExpiresAt: p.datetime().nullable(),
    ownCertificateWarnedDays: p.integer().nullable(),
    /** Where the provider's metadata are read: when they last were, when they are next, and what was wrong with them. */
    metadataCheckedAt: p.datetime().nullable(),
    metadataCheckAt: p.datetime().nullable(),
    metadataProblem: p.text().nullable(),
    /** The claim or attribute that lists somebody's groups, if it is kept. */
    groupsClaim: p.text().nullable(),
    /** Are the groups of whoever is in too many for a token asked of Microsoft Graph? */
    fetchesGroups: p.boolean(),
    linkRule: p.text().$type<LinkRule>(),
    /** The connection whose external ids the rule EXTERNAL_ID compares. */
    connectionId: p.uuid().nullable(),
    jitPolicy: p.text().$type<JitPolicy>(),
    /** The domains whose addresses it vouches for, and whose people it is offered to; null for all of the account's. */
    domains: p.array().nullable(),
    /** How long ago, in seconds, somebody may have proven themselves to the provider. */
    maxAge: p.integer().nullable(),
    /** The authentication contexts one of which the provider has to say it asked for, where a person proves who they are. */
    stepUpAcrValues: p.array(),
    enabled: p.boolean(),
    /** Is whoever signs out here sent to the provider, to be signed out there too? */
    signOutAtProvider: p.boolean().default(false),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});

/** An account's set-up by which its people sign in at their identity provider. */
export class SignInConnection extends SignInConnectionSchema.class {}
SignInConnectionSchema.setClass(SignInConnection);

const draftUsed = (): DomainError =>
  new DomainError(
    'ALREADY_EXISTS',
    'draft: a sign-in connection was created from it already. Ask for another.',
    {
      field: 'draft',
    },
  );

export const signInConnectionConstraints: ConstraintErrors = {
  sign_in_connections__name: () =>
    new DomainError(
      'ALREADY_EXISTS',
      'name: this account has a sign-in connection of that name already. Choose another.',
      { field: 'name' },
    ),
  sign_in_connections__id: draftUsed,
  sign_in_connections__by_id: draftUsed,
  sign_in_connections__connection: () =>
    invalidInput('connectionId', 'is not the id of a connection of this account. See `connections`.'),
};
