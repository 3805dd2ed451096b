import { Field, ID, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { GrantSourceName } from '../../model/role.entity.ts';
import type { AttributeValue } from '../../model/user.ts';
import type { EffectiveRoleRecord } from '../../roles/effective-roles.ts';
import type { GrantRecord, SignInOfGrant } from '../../roles/role-record.ts';
import { ActorObject } from '../schema/actor.type.ts';
import { declareEnum } from '../schema/enums.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { AttributeValueObject } from '../users/attribute-types.ts';
import { RoleObject, toRole } from './role.type.ts';
import { RoleMappingObject, toRoleMapping } from './role-mapping.type.ts';

const sourceDescriptions: Record<GrantSourceName, string> = {
  MANUAL: 'Somebody gave it.',
  DEFAULT: 'The account gives it to everyone who was granted nothing.',
  SCIM_MAPPING: 'A group that an identity provider pushes carries it; `mapping` says which.',
  SCIM_ROLES: 'An identity provider that may assign it says it in `roles`; `said` is how.',
  SSO_MAPPING: 'It was added when the person signed in with a group; `signIn` says by what.',
};
export const GrantSource = declareEnum('GrantSource', 'Where a grant comes from.', sourceDescriptions);

@ObjectType({
  description: 'The sign-in that added a role. It says what it came from for good, also when that is gone.',
  simpleResolvers: true,
})
export class RoleSignIn {
  @Field(() => ID, { description: 'The sign-in connection; it may be gone.' })
  signInConnectionId!: string;
  @Field(() => String, { description: 'What it was called.' })
  signInConnectionName!: string;
  @Field(() => String, { description: 'The group that was mapped to the role.' })
  group!: string;
}

@ObjectType('RoleGrant', { description: 'Why somebody has a role.', simpleResolvers: true })
export class RoleGrantObject {
  @Field(() => GrantSource, { description: 'Where it comes from.' })
  source!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Since when; null for a default.' })
  grantedAt!: Instant | null;
  @Field(() => ActorObject, { nullable: true, description: 'Who gave it; null for a default.' })
  grantedBy!: ActorObject | null;
  @Field(() => String, {
    nullable: true,
    description: 'The request that gave it, as in the log; null for a default.',
  })
  requestId!: string | null;
  @Field(() => RoleMappingObject, {
    nullable: true,
    description: 'The mapping whose group the person is in; null for any other source.',
  })
  mapping!: RoleMappingObject | null;
  @Field(() => AttributeValueObject, {
    nullable: true,
    description:
      'What the identity provider says of the person in `roles`, as it was sent; null for any other source.',
  })
  said!: AttributeValue | null;
  readonly saidBy!: string | null;
  @Field(() => RoleSignIn, {
    nullable: true,
    description: 'The sign-in that added it; null for any other source.',
  })
  signIn!: RoleSignIn | null;
  @Field(() => String, { description: 'The reason in a sentence, and what would take the role away.' })
  explanation!: string;
  @Field(() => String, { description: 'What would end this reason, in a sentence.' })
  endsWhen!: string;
}

@ObjectType({ description: 'A role that counts for somebody, and why.', simpleResolvers: true })
export class EffectiveRole {
  @Field(() => RoleObject, { description: 'The role.' })
  role!: RoleObject;
  @Field(() => [RoleGrantObject], { description: 'Every reason for it; it goes when the last one goes.' })
  because!: RoleGrantObject[];
}

/** A role that counts, as GraphQL shows it. */
export const toEffectiveRole = ({ role, because }: EffectiveRoleRecord): EffectiveRole => ({
  role: toRole(role),
  because: because.map(toGrant),
});

type Told = (grant: GrantRecord) => string;

const groupOf = ({ mapping }: GrantRecord): string => mapping?.group_name ?? 'that carries it';

/** What the identity provider said, as it said it. */
const quoted = ({ said }: GrantRecord): string => `"${said?.value ?? said?.display ?? ''}"`;

const reasons: Record<GrantSourceName, Told> = {
  MANUAL: ({ actor_name }) => `${actor_name} granted it.`,
  DEFAULT: () => 'A default role of the account, because no role was granted.',
  SCIM_MAPPING: (grant) => `The person is in the group ${groupOf(grant)} of the identity provider.`,
  SCIM_ROLES: (grant) =>
    `The identity provider ${grant.said_by_name} says ${quoted(grant)} in the roles of the person.`,
  SSO_MAPPING: ({ group_value, sign_in_connection_name }) =>
    `The person signed in by ${sign_in_connection_name} with the group ${group_value}, which gave it.`,
};

const ends: Record<GrantSourceName, Told> = {
  MANUAL: () => 'Revoking it takes it away.',
  DEFAULT: () => 'Granting any role replaces it, and so does a change of the default roles.',
  SCIM_MAPPING: (grant) =>
    grant.mapping?.ends
      ? `The group ${groupOf(grant)} was mapped to other roles: a job that goes through its members takes it away.`
      : `Leaving the group ${groupOf(grant)} takes it away, and so does mapping the group to other roles.`,
  SCIM_ROLES: (grant) =>
    `Taking ${quoted(grant)} from the person in ${grant.said_by_name} takes it away, and so does taking the role from those that ${grant.said_by_name} may assign.`,
  SSO_MAPPING: ({ group_value }) =>
    `Revoking it takes it away, and nothing else does; a sign-in with the group ${group_value} adds it again while the group is mapped to it.`,
};

const toGrant = (grant: GrantRecord): RoleGrantObject => ({
  source: grant.source,
  grantedAt: grant.granted_at,
  grantedBy:
    grant.source === 'DEFAULT'
      ? null
      : { kind: grant.actor_kind, id: grant.actor_id, name: grant.actor_name },
  requestId: grant.request_id,
  mapping: grant.mapping === null ? null : toRoleMapping(grant.mapping),
  said: grant.said,
  saidBy: grant.said_by,
  signIn: signInOf(grant),
  explanation: `${reasons[grant.source](grant)} ${ends[grant.source](grant)}`,
  endsWhen: ends[grant.source](grant),
});

/** The sign-in that added a grant, as GraphQL shows it. */
export const signInOf = (grant: SignInOfGrant): RoleSignIn | null =>
  grant.sign_in_connection_id === null
    ? null
    : {
        signInConnectionId: grant.sign_in_connection_id,
        signInConnectionName: grant.sign_in_connection_name ?? '',
        group: grant.group_value ?? '',
      };
