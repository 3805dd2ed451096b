import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type {
  JitPolicy,
  LinkRule,
  SignInConnection,
  SignInPreset,
  SignInProtocol,
} from '../../model/sign-in-connection.entity.ts';
import type { SignInConnectionRecord } from '../../sign-in-connections/find-sign-in-connections.ts';
import { type DeclaredField, declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { pageType } from '../schema/page-type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { SamlInput, SamlSettingsObject, toSamlSettings } from './saml.type.ts';

const protocols: Record<SignInProtocol, string> = { OIDC: 'OpenID Connect.', SAML: 'SAML 2.0.' };
export const SignInProtocolEnum = declareEnum(
  'SignInProtocol',
  'By which protocol people are signed in.',
  protocols,
);

const presets: Record<SignInPreset, string> = {
  ENTRA:
    "Microsoft Entra ID. The external id of a person is its directory's object id: the claim `oid`, or the attribute `objectidentifier`.",
  GOOGLE: 'Google Workspace.',
  JUMPCLOUD: 'JumpCloud.',
  OKTA: 'Okta.',
  ONELOGIN: 'OneLogin.',
  PING: 'PingOne.',
  GENERIC: 'Any other provider.',
};
export const SignInPresetEnum = declareEnum('SignInPreset', 'Whose set-up it is.', presets);

const linkRules: Record<LinkRule, string> = {
  NONE: 'Nobody: only those who are linked already sign in.',
  EXTERNAL_ID:
    'The person whose external id in the connection `connectionId` is the claim `sub`; with the preset ENTRA, `oid`; by SAML the NameID or the attribute `saml.externalIdAttribute`. Whoever may do more than the default roles is not linked by it.',
  VERIFIED_EMAIL:
    'The person whose userName is the address in the claim `email`, when `email_verified` is true and the account has proven the domain. By SAML the address in the NameID or the attribute `saml.emailAttribute`, when the account has proven the domain.',
};
const LinkRuleEnum = declareEnum(
  'SignInLinkRule',
  'Whom the first sign-in of a subject links it to. Afterwards the subject alone counts.',
  linkRules,
);

const jitPolicies: Record<JitPolicy, string> = {
  OFF: 'Nobody is created by signing in.',
  DOMAIN:
    "Whoever has a verified address of a proven domain and is not there yet is created, with the account's default roles. It goes with the rule VERIFIED_EMAIL.",
};
const JitPolicyEnum = declareEnum('JitPolicy', 'Who is created by signing in (just in time).', jitPolicies);

const described = {
  name: 'The name, which people see on the sign-in page; unique in the account.',
  preset: 'Whose set-up it is.',
  issuer:
    'The issuer, exactly as the provider writes it; its metadata is read from there. By SAML the entity id of the provider.',
  clientId: 'The client id that the provider gave the application; of OpenID Connect alone.',
  clientSecret:
    'The client secret that the provider gave the application; of OpenID Connect alone. It is never shown again.',
  scopes: 'What is asked for; `openid` is among it. Of OpenID Connect alone.',
  saml: 'What goes with SAML 2.0 alone.',
  groupsClaim:
    "The claim or attribute that lists a person's groups; its values are kept with the session and the event.",
  fetchesGroups:
    'With the preset ENTRA: are the groups of whoever is in too many for a token asked of Microsoft Graph, by the same client? It needs the application permission GroupMember.Read.All there.',
  linkRule: 'Whom the first sign-in of a subject links it to.',
  connectionId: 'The connection whose external ids the rule EXTERNAL_ID compares.',
  jitPolicy: 'Who is created by signing in.',
  domains:
    'The domains whose addresses it vouches for, where people are found or created by an address, and whose people it is offered to on the sign-in page; null for all that the account has proven.',
  maxAge:
    'How many seconds ago somebody may have proven themselves to the provider at most; null for any time, 0 for anew each time.',
  stepUpAcrValues:
    'The authentication contexts (`acr`, AuthnContextClassRef) one of which the provider is asked for, and has to say, where somebody proves there that it is they; any will do where there are none.',
  enabled: 'Can people sign in by it?',
  signOutAtProvider:
    'Is whoever signs out here sent on to the provider, to be signed out there too? Where it offers that.',
} as const;

@ObjectType('SignInConnection', {
  description: 'The set-up by which people of an account sign in at their identity provider.',
  implements: Node,
  simpleResolvers: true,
})
export class SignInConnectionObject extends Node {
  @Field(() => String, { description: described.name })
  name!: string;
  @Field(() => SignInProtocolEnum, { description: 'By which protocol.' })
  protocol!: SignInProtocol;
  @Field(() => SignInPresetEnum, { description: described.preset })
  preset!: string;
  @Field(() => String, { description: described.issuer })
  issuer!: string;
  @Field(() => String, { nullable: true, description: described.clientId })
  clientId!: string | null;
  @Field(() => [String], { description: described.scopes })
  scopes!: readonly string[];
  @Field(() => SamlSettingsObject, { nullable: true, description: described.saml })
  saml!: SamlSettingsObject | null;
  @Field(() => String, { nullable: true, description: described.groupsClaim })
  groupsClaim!: string | null;
  @Field(() => Boolean, { description: described.fetchesGroups })
  fetchesGroups!: boolean;
  @Field(() => LinkRuleEnum, { description: described.linkRule })
  linkRule!: string;
  @Field(() => ID, { nullable: true, description: described.connectionId })
  connectionId!: string | null;
  @Field(() => JitPolicyEnum, { description: described.jitPolicy })
  jitPolicy!: string;
  @Field(() => [String], { nullable: true, description: described.domains })
  domains!: readonly string[] | null;
  @Field(() => Int, { nullable: true, description: described.maxAge })
  maxAge!: number | null;
  @Field(() => [String], { description: described.stepUpAcrValues })
  stepUpAcrValues!: readonly string[];
  @Field(() => Boolean, { description: described.enabled })
  enabled!: boolean;
  @Field(() => Boolean, { description: described.signOutAtProvider })
  signOutAtProvider!: boolean;
  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: Instant;
}

export const SignInConnectionPage = pageType('SignInConnection', () => SignInConnectionObject);

/** A record as GraphQL shows it. */
export const toSignInConnection = (record: SignInConnectionRecord): SignInConnectionObject =>
  ({
    __typename: 'SignInConnection',
    id: record.id,
    name: record.name,
    protocol: record.protocol,
    preset: record.preset,
    issuer: record.issuer,
    clientId: record.client_id,
    scopes: record.scopes,
    saml: toSamlSettings(record),
    groupsClaim: record.groups_claim,
    fetchesGroups: record.fetches_groups,
    linkRule: record.link_rule,
    connectionId: record.connection_id,
    jitPolicy: record.jit_policy,
    domains: record.domains,
    maxAge: record.max_age,
    stepUpAcrValues: record.step_up_acr_values,
    enabled: record.enabled,
    signOutAtProvider: record.sign_out_at_provider,
    createdAt: record.created_at,
  }) as SignInConnectionObject;

/** An entity as GraphQL shows it. */
export const signInConnectionFromEntity = (connection: SignInConnection): SignInConnectionObject =>
  toSignInConnection({
    id: connection.id,
    name: connection.name,
    protocol: connection.protocol,
    preset: connection.preset,
    issuer: connection.issuer,
    client_id: connection.clientId ?? null,
    scopes: connection.scopes,
    saml: connection.saml ?? null,
    metadata_checked_at: connection.metadataCheckedAt ?? null,
    metadata_problem: connection.metadataProblem ?? null,
    groups_claim: connection.groupsClaim ?? null,
    fetches_groups: connection.fetchesGroups,
    link_rule: connection.linkRule,
    connection_id: connection.connectionId ?? null,
    jit_policy: connection.jitPolicy,
    domains: connection.domains ?? null,
    max_age: connection.maxAge ?? null,
    step_up_acr_values: connection.stepUpAcrValues,
    enabled: connection.enabled,
    sign_out_at_provider: connection.signOutAtProvider,
    created_at: connection.createdAt,
  });

const optional: Readonly<Record<string, DeclaredField>> = {
  preset: { description: described.preset, type: () => SignInPresetEnum },
  scopes: { description: described.scopes, type: () => [String] },
  saml: { description: described.saml, type: () => SamlInput },
  groupsClaim: { description: described.groupsClaim, type: () => String },
  fetchesGroups: { description: described.fetchesGroups, type: () => Boolean },
  linkRule: { description: described.linkRule, type: () => LinkRuleEnum },
  connectionId: { description: described.connectionId, type: () => ID },
  jitPolicy: { description: described.jitPolicy, type: () => JitPolicyEnum },
  domains: { description: described.domains, type: () => [String] },
  maxAge: { description: described.maxAge, type: () => Int },
  stepUpAcrValues: { description: described.stepUpAcrValues, type: () => [String] },
  enabled: { description: described.enabled, type: () => Boolean },
  signOutAtProvider: { description: described.signOutAtProvider, type: () => Boolean },
};

const name: DeclaredField = { description: described.name, type: () => String };

const ofTheProvider: Readonly<Record<string, DeclaredField>> = {
  issuer: { description: described.issuer, type: () => String },
  clientId: { description: described.clientId, type: () => String },
  clientSecret: { description: described.clientSecret, type: () => String },
};

@InputType({
  description: 'A sign-in connection to create. Nobody is linked or created by it unless it says so.',
})
export class CreateSignInConnectionInput {}
declareFields(CreateSignInConnectionInput, {
  name: { ...name, nullable: false },
  protocol: {
    description: 'By which protocol; OIDC when left out. It stays.',
    type: () => SignInProtocolEnum,
  },
  ...ofTheProvider,
  ...optional,
  draft: {
    description: 'That of `signInConnectionDraft`, where its addresses were registered beforehand.',
    type: () => String,
  },
});

@InputType({ description: 'What to change of a sign-in connection. Left out = stays as it is.' })
export class UpdateSignInConnectionInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}
const endSessions = {
  description:
    'Do the sessions end that began by it, but for the one that asks, when it lets nobody in any more or its subjects are others? They do when this is left out.',
  type: () => Boolean,
};
declareFields(UpdateSignInConnectionInput, { name, ...ofTheProvider, ...optional, endSessions });

@InputType({ description: 'A sign-in connection to delete.' })
export class DeleteSignInConnectionInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}

declareFields(DeleteSignInConnectionInput, { endSessions });

@ObjectType({ description: 'A sign-in connection after a change.', simpleResolvers: true })
export class SignInConnectionPayload {
  @Field(() => SignInConnectionObject, { description: 'The sign-in connection as it is now.' })
  signInConnection!: SignInConnectionObject;
}

@ObjectType({ description: 'A sign-in connection is gone.', simpleResolvers: true })
export class DeleteSignInConnectionPayload {
  @Field(() => ID, { description: 'The id that it had.' })
  deletedId!: string;
}

@ObjectType('IssuerCheck', { description: 'What an issuer answered.', simpleResolvers: true })
export class IssuerCheckObject {
  @Field(() => String, { description: 'Who was asked.' })
  issuer!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Why nobody could sign in there, in a sentence; null where it answers as it should.',
  })
  problem!: string | null;
}

@ObjectType('SignInConnectionDraft', {
  description: 'The addresses of a sign-in connection that is going to be created.',
  simpleResolvers: true,
})
export class SignInConnectionDraftObject {
  @Field(() => String, { description: 'What to send with the creation.' })
  draft!: string;
  @Field(() => String, {
    description: 'The redirect URI (sign-in redirect URI) to register at the provider.',
  })
  redirectUri!: string;
  @Field(() => String, {
    description: 'The initiate login URI to register at the provider, for signing in from its own pages.',
  })
  initiateLoginUri!: string;
  @Field(() => String, {
    nullable: true,
    description: 'By SAML: what the provider calls us (entity id, audience).',
  })
  entityId!: string | null;
}
