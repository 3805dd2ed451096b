import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { ErasedGrantRecord } from '../../role-source/find-erased-grants.ts';
import { ActorObject } from '../schema/actor.type.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { pageType } from '../schema/page-type.ts';
import { RoleSource } from '../schema/role-source.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { PermissionObject } from './role.type.ts';
import { GrantSource, RoleSignIn, signInOf } from './role-grant.type.ts';

@ObjectType('ErasedGrant', {
  description: 'A grant that is erased for good when roles come from SCIM alone.',
  simpleResolvers: true,
})
export class ErasedGrantObject {
  readonly record!: ErasedGrantRecord;
  @Field(() => ID, { description: 'The id.' })
  id!: string;
  @Field(() => GrantSource, { description: 'Where it comes from.' })
  source!: string;
  @Field(() => DateTimeScalar, { description: 'Since when.' })
  grantedAt!: Instant;
  @Field(() => ActorObject, { description: 'Who gave it.' })
  grantedBy!: ActorObject;
  @Field(() => String, { description: 'The request that gave it, as in the log.' })
  requestId!: string;
  @Field(() => RoleSignIn, {
    nullable: true,
    description: 'The sign-in that added it; null where a hand gave it.',
  })
  signIn!: RoleSignIn | null;
}

export const ErasedGrantPage = pageType('ErasedGrant', () => ErasedGrantObject);

/** A record as GraphQL shows it. */
export const toErasedGrant = (record: ErasedGrantRecord): ErasedGrantObject =>
  ({
    record,
    id: record.id,
    source: record.source,
    grantedAt: record.granted_at,
    grantedBy: { kind: record.actor_kind, id: record.actor_id, name: record.actor_name },
    requestId: record.request_id,
    signIn: signInOf(record),
  }) as ErasedGrantObject;

@ObjectType({ description: 'What would be erased if roles came from SCIM alone.', simpleResolvers: true })
export class RoleSourcePreview {
  @Field(() => String, {
    description: 'A mark of exactly these grants; `setRoleSource` erases nothing else.',
  })
  version!: string;
  @Field(() => Int, { description: 'How many grants would be erased: the number to confirm.' })
  grantCount!: number;
  @Field(() => Int, { description: 'How many people would lose one.' })
  userCount!: number;
  @Field(() => Int, {
    description:
      'How many active admins would stay, who have the role by SCIM. With none the switch is refused.',
  })
  remainingAdminCount!: number;
  @Field(() => [PermissionObject], { description: 'What you yourself could no longer do.' })
  lostPermissions!: PermissionObject[];
}

@InputType({
  description:
    'Where roles come from. For SCIM also the confirmation of what is erased; nothing is needed for the way back, which brings nothing back.',
})
export class SetRoleSourceInput {
  @Field(() => RoleSource, { description: 'From where.' })
  roleSource!: string;
}
declareFields(SetRoleSourceInput, {
  erasedGrants: {
    description:
      'How many grants are erased for good, as `roleSourcePreview` shows and somebody has typed it.',
    type: () => Int,
  },
  ifVersion: {
    description:
      'The version of the preview that was shown. Refused with VERSION_MISMATCH when other grants would be erased by now.',
    type: () => String,
  },
  evenIfILoseAccess: {
    description:
      'Make the change also when it takes roles:write from you yourself. Without this it is refused then.',
    type: () => Boolean,
  },
});

@ObjectType({ description: 'Where roles come from after a change.', simpleResolvers: true })
export class RoleSourcePayload {
  @Field(() => RoleSource, { description: 'Where roles come from now.' })
  roleSource!: string;
  @Field(() => Boolean, { description: 'Did anything differ? When nothing did, nothing was written.' })
  changed!: boolean;
  @Field(() => Int, { description: 'How many grants were erased for good.' })
  erasedGrantCount!: number;
}
