import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { buildSchemaSync, getMetadataStorage } from 'type-graphql';
import type { Requirement } from '../authorization/permissions.ts';
import { AccountResolver } from './accounts/account.resolver.ts';
import { ConnectionResolver } from './connections/connection.resolver.ts';
import { CustomAttributeResolver } from './custom-attributes/custom-attribute.resolver.ts';
import { EmailDomainResolver } from './email-domains/email-domain.resolver.ts';
import {
  ChangeResolver,
  EventResolver,
  TeamHistoryResolver,
  UserHistoryResolver,
} from './events/event.resolver.ts';
import { IdentityLinkResolver } from './identity-links/identity-link.resolver.ts';
import { hiddenCursors, unnamedDemands } from './limits/unnamed-demands.ts';
import { NodeResolver } from './node/node.resolver.ts';
import { OAuthClientResolver } from './oauth-clients/oauth-client.resolver.ts';
import { LogoutTokenResolver } from './openid-connect/logout-token.resolver.ts';
import { ChartPersonResolver } from './org-chart/chart-person.resolver.ts';
import { ChartTeamResolver } from './org-chart/chart-team.resolver.ts';
import { OrgChartResolver } from './org-chart/org-chart.resolver.ts';
import {
  OrgChartDiffResolver,
  OrgChartPersonChangeResolver,
  OrgChartTeamChangeResolver,
} from './org-chart/org-chart-diff.resolver.ts';
import { OrgProblemResolver } from './org-structure/org-problem.resolver.ts';
import { OrgStructureResolver } from './org-structure/org-structure.resolver.ts';
import { guardField, guardMutation, guardSubscription, noteField, sealField } from './request/guards.ts';
import type { RequestContext } from './request/request-context.ts';
import {
  AssignableRolesResolver,
  PublishedRolesResolver,
  RoleConnectionsResolver,
  RoleGrantResolver,
  UnmetRoleResolver,
} from './roles/assignable-roles.resolver.ts';
import { RoleResolver, UserRolesResolver } from './roles/role.resolver.ts';
import { MappedGroupResolver, RoleMappingResolver } from './roles/role-mapping.resolver.ts';
import { ErasedGrantResolver, RoleSourceResolver } from './roles/role-source.resolver.ts';
import { SsoRoleDueResolver, SsoRoleMappingResolver } from './roles/sso-role-mapping.resolver.ts';
import { SamlLogoutResolver } from './saml/saml-logout.resolver.ts';
import { SamlUpkeepResolver } from './saml/saml-upkeep.resolver.ts';
import { nameRequirementsOfValues } from './schema/enums.ts';
import { requirementOf } from './schema/requires.ts';
import { CursorScalar } from './schema/scalars.ts';
import { ScimRequestResolver } from './scim-requests/scim-request.resolver.ts';
import { EnrolmentResolver } from './second-factors/enrolment.resolver.ts';
import { SecondFactorResolver } from './second-factors/second-factor.resolver.ts';
import { ViewerSecondFactorsResolver } from './second-factors/viewer-second-factors.resolver.ts';
import { SessionResolver } from './sessions/session.resolver.ts';
import { ViewerSessionsResolver } from './sessions/viewer-sessions.resolver.ts';
import { SignalStreamResolver } from './shared-signals/signal-stream.resolver.ts';
import { PasswordResolver } from './sign-in/password.resolver.ts';
import { SignInResolver } from './sign-in/sign-in.resolver.ts';
import { SignInConnectionResolver } from './sign-in-connections/sign-in-connection.resolver.ts';
import { SignInPolicyResolver } from './sign-in-policy/sign-in-policy.resolver.ts';
import { SignInTestResolver } from './sign-in-tests/sign-in-test.resolver.ts';
import { SingleSignOnResolver } from './single-sign-on/single-sign-on.resolver.ts';
import { ProofResolver } from './step-up/proof.resolver.ts';
import { ManagedPersonResolver, ManagedTeamResolver } from './strict-profile/managed.resolver.ts';
import { NestedTeamsResolver } from './teams/nested-teams.resolver.ts';
import { TeamResolver } from './teams/team.resolver.ts';
import { TeamBatchResolver } from './teams/team-batch.resolver.ts';
import { UserTeamsResolver } from './teams/user-teams.resolver.ts';
import { TimeSettingsResolver } from './time-settings/time-settings.resolver.ts';
import { ConnectionTokensResolver } from './tokens/connection-tokens.resolver.ts';
import { TokenResolver } from './tokens/token.resolver.ts';
import { UserTokensResolver } from './tokens/user-tokens.resolver.ts';
import { UserResolver } from './users/user.resolver.ts';
import { UserCustomAttributesResolver } from './users/user-custom-attributes.resolver.ts';
import { FactsResolver } from './viewer/facts.resolver.ts';
import { ViewerResolver } from './viewer/viewer.resolver.ts';
import { ViewerTokensResolver } from './viewer/viewer-tokens.resolver.ts';

let built: GraphQLSchema | undefined;

/** The schema with every resolver and argument behind its permission. Throws when one of them names none. */
export function graphqlSchema(): GraphQLSchema {
  built ??= build();
  return built;
}

function build(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AccountResolver,
      ChartPersonResolver,
      ChartTeamResolver,
      ConnectionResolver,
      ConnectionTokensResolver,
      CustomAttributeResolver,
      EmailDomainResolver,
      EnrolmentResolver,
      EventResolver,
      ChangeResolver,
      FactsResolver,
      IdentityLinkResolver,
      LogoutTokenResolver,
      SamlUpkeepResolver,
      SamlLogoutResolver,
      OAuthClientResolver,
      NestedTeamsResolver,
      NodeResolver,
      OrgProblemResolver,
      OrgStructureResolver,
      OrgChartDiffResolver,
      OrgChartPersonChangeResolver,
      OrgChartResolver,
      OrgChartTeamChangeResolver,
      PasswordResolver,
      ProofResolver,
      ManagedPersonResolver,
      ManagedTeamResolver,
      MappedGroupResolver,
      RoleMappingResolver,
      AssignableRolesResolver,
      PublishedRolesResolver,
      RoleConnectionsResolver,
      RoleGrantResolver,
      UnmetRoleResolver,
      ErasedGrantResolver,
      RoleSourceResolver,
      SsoRoleDueResolver,
      SsoRoleMappingResolver,
      RoleResolver,
      ScimRequestResolver,
      SecondFactorResolver,
      SessionResolver,
      SignInConnectionResolver,
      SignInPolicyResolver,
      SignInResolver,
      SignalStreamResolver,
      SignInTestResolver,
      SingleSignOnResolver,
      TeamBatchResolver,
      TeamHistoryResolver,
      TeamResolver,
      TimeSettingsResolver,
      TokenResolver,
      UserCustomAttributesResolver,
      UserHistoryResolver,
      UserResolver,
      UserRolesResolver,
      UserTeamsResolver,
      UserTokensResolver,
      ViewerResolver,
      ViewerSecondFactorsResolver,
      ViewerSessionsResolver,
      ViewerTokensResolver,
    ],
    validate: false,
    pubSub: noPubSub,
  });
  // With the types of inputs still known, type-graphql would walk every field of every input once more for each request,
  // to make instances of classes whose methods nobody calls. graphql has already coerced and checked the values.
  getMetadataStorage().inputTypes.length = 0;
  nameRequirementsOfValues(schema);
  return guarded(schema);
}

// type-graphql asks for one; subscriptions here follow the event log instead.
const noPubSub = {
  publish: unused,
  subscribe: unused,
};

function unused(): never {
  throw new Error('Subscriptions follow the event log.');
}

/** The contract as text, in a fixed order: what `schema.graphql` has to be. */
export const printContract = (): string => `${printSchema(lexicographicSortSchema(graphqlSchema()))}\n`;

type Guard = (field: GraphQLField<unknown, RequestContext>, requirement: Requirement) => void;

/** Puts every resolver of a schema behind its permission, and every argument. Throws when one names none. */
export function guarded(schema: GraphQLSchema): GraphQLSchema {
  assertArgumentsNameTheirs(schema);
  sealCursors(schema);
  const missing: string[] = [];
  const guardType = (
    type: GraphQLObjectType | null | undefined,
    guard: Guard,
    mustName: (field: string) => boolean = () => true,
  ) => {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const requirement = requirementOf(field);
      if (requirement !== undefined) guard(field, requirement);
      else if (mustName(field.name)) missing.push(`${type?.name}.${field.name}`);
    }
  };
  guardType(schema.getQueryType(), guardField);
  guardType(schema.getMutationType(), guardMutation);
  guardType(schema.getSubscriptionType(), guardSubscription);
  const computed = fieldsWithResolvers();
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || roots.includes(type)) continue;
    // A field that is only shown may name a permission, too.
    guardType(type, guardField, (field) => computed.get(type.name)?.has(field) === true);
  }
  noteFields(schema);
  if (missing.length > 0)
    throw new Error(`These resolvers name no permission: ${missing.join(', ')}. Add @Requires.`);
  return schema;
}

/** The fields of object types that a resolver class computes, by type. */
function fieldsWithResolvers(): Map<string, Set<string>> {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const fields = new Map<string, Set<string>>();
  for (const { kind, getObjectType, schemaName } of fieldResolvers) {
    const type = kind === 'external' ? getObjectType?.() : undefined;
    const name = objectTypes.find(({ target }) => target === type)?.name;
    if (name !== undefined) fields.set(name, (fields.get(name) ?? new Set()).add(schemaName));
  }
  return fields;
}

function assertArgumentsNameTheirs(schema: GraphQLSchema): void {
  const unnamed = unnamedDemands(schema);
  if (unnamed.length > 0)
    throw new Error(
      `These fields of inputs name no permission: ${unnamed.join(', ')}. Declare what they require.`,
    );
  const hidden = hiddenCursors(schema);
  if (hidden.length > 0)
    throw new Error(`These cursors would stay sealed: ${hidden.join(', ')}. Take them as arguments.`);
}

/** No cursor leaves without a seal. */
function sealCursors(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (getNamedType(field.type) === CursorScalar) sealField(field);
    }
  }
}

/** No rehearsal ends before its answer is read. */
function noteFields(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type === schema.getMutationType()) continue;
    for (const field of Object.values(type.getFields())) noteField(field);
  }
}
