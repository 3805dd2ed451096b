import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AttributeValue } from '../../model/user.ts';
import type { UnmetRole } from '../../roles/unmet-roles.ts';
import { ConnectionObject } from '../connections/connection.type.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { AttributeValueObject } from '../users/attribute-types.ts';

@ObjectType('UnmetRole', {
  description: 'What an identity provider says of people in `roles` that gives them nothing.',
  simpleResolvers: true,
})
export class UnmetRoleObject {
  readonly roleId!: string | null;
  @Field(() => AttributeValueObject, { description: 'As it is said of one of them.' })
  said!: AttributeValue;
  @Field(() => Int, { description: 'Of how many people it is said.' })
  userCount!: number;
}

/** A record as GraphQL shows it. */
export const toUnmetRole = ({ said, user_count, role_id }: UnmetRole): UnmetRoleObject => ({
  roleId: role_id,
  said,
  userCount: user_count,
});

@InputType({
  description:
    'The roles that an identity provider may give to people by naming them in `roles`, from now on.',
})
export class SetAssignableRolesInput {
  @Field(() => ID, { description: 'The connection.' })
  connectionId!: string;
  @Field(() => [ID], { description: 'All of them; none for an empty list.' })
  roleIds!: string[];
}
declareFields(SetAssignableRolesInput, {
  ifRoleIds: {
    description:
      'Those that it may give now, as far as you know. Refused with VERSION_MISMATCH when they are others.',
    type: () => [ID],
  },
  evenIfILoseAccess: {
    description:
      'Make the change also when it takes roles:write from you yourself. Without this it is refused then.',
    type: () => Boolean,
  },
});

@ObjectType({ description: 'What an identity provider may assign after a change.', simpleResolvers: true })
export class AssignableRolesPayload {
  @Field(() => ConnectionObject, { description: 'The connection.' })
  connection!: ConnectionObject;
  @Field(() => Boolean, { description: 'Did anything differ? When nothing did, nothing was written.' })
  changed!: boolean;
}
