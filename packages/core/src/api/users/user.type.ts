import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import {
  type AttributeKind,
  listAttributes,
  nameParts,
  textAttributes,
  userName,
} from '../../model/user-attributes.ts';
import type { UserRecord } from '../../users/user-record.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { pageType } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { AddressObject, AttributeValueObject, PersonName } from './attribute-types.ts';

export const UserStatus = declareEnum('UserStatus', 'Where a person stands in the life of their access.', {
  ACTIVE: 'May sign in.',
  INACTIVE: 'The identity provider, or an admin, switched the person off; they are still in the directory.',
  DEPROVISIONED:
    'The identity provider deleted the person. They are out of the directory; their history stays.',
});

@ObjectType('User', {
  description: 'A person (RFC 7643 §4.1 and the enterprise extension of §4.3).',
  implements: Node,
  simpleResolvers: true,
})
export class UserObject extends Node {
  readonly record!: UserRecord;
  @Field(() => String, { description: userName.description })
  userName!: string;
  @Field(() => String, {
    nullable: true,
    description: "What the identity provider of the viewer's connection calls the person (RFC 7643 §3.1).",
  })
  externalId!: string | null;
  @Field(() => UserStatus, { description: 'Where the person stands in the life of their access.' })
  status!: string;
  @Field(() => Boolean, { description: 'Is the status ACTIVE?' })
  active!: boolean;
  @Field(() => PersonName, { nullable: true, description: 'The parts of the name.' })
  name!: Record<string, string | null> | null;
  @Field(() => ID, { nullable: true, description: 'The id of the person they report to.' })
  managerId!: string | null;
  @Field(() => String, { nullable: true, description: 'The display name of the person they report to.' })
  @Requires('users:read')
  managerDisplayName!: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The manager as an identity provider is to see them: the id, or what was sent while nobody answers to it.',
  })
  managerReference!: string | null;
  @Field(() => Int, {
    description:
      'Counts the changes of the person: their attributes, status, external id and whom they report to. What is read along from others does not move it: teams, reports, roles, the name of the manager. Send it as `ifVersion` to change only what you have seen.',
  })
  version!: number;
  @Field(() => DateTimeScalar, { description: 'When the person was first provisioned.' })
  createdAt!: Instant;
  @Field(() => DateTimeScalar, { description: 'When the person last changed.' })
  updatedAt!: Instant;
}

const listTypes: Record<AttributeKind, unknown> = {
  text: String,
  exact: String,
  values: [AttributeValueObject],
  addresses: [AddressObject],
};

for (const { field, kind, description } of [...textAttributes, ...listAttributes]) {
  declareFields(UserObject, {
    [field]: { description, type: () => listTypes[kind], nullable: kind === 'text' || kind === 'exact' },
  });
}

export const UserPage = pageType('User', () => UserObject);

/**
 * A record as GraphQL shows it: nothing is copied, and only what is asked for is looked at. TypeGraphQL hands an object of
 * another class to its resolvers as a copy of all its fields.
 */
class ShownUser {
  readonly __typename = 'User';
  readonly record: UserRecord;

  constructor(record: UserRecord) {
    this.record = record;
  }
}

/** What is read from the record for each field that is not just a column of an attribute. */
const shown: Readonly<Record<string, (record: UserRecord) => unknown>> = {
  id: ({ id }) => id,
  userName: ({ user_name: userName }) => userName,
  externalId: ({ external_id: externalId }) => externalId,
  status: ({ status }) => status,
  active: ({ status }) => status === 'ACTIVE',
  name: toName,
  managerId: ({ manager_id: managerId }) => managerId,
  managerDisplayName: ({ manager_display_name: name }) => name,
  managerReference: ({ manager_id: id, manager_value: value }) => id ?? value,
  version: ({ version }) => version,
  createdAt: ({ created_at: createdAt }) => createdAt,
  updatedAt: ({ updated_at: updatedAt }) => updatedAt,
  ...Object.fromEntries(
    textAttributes.map(({ field, column }) => [field, (record: UserRecord) => record[column]]),
  ),
  ...Object.fromEntries(
    listAttributes.map(({ field, column }) => [field, (record: UserRecord) => record[column] ?? []]),
  ),
};

Object.setPrototypeOf(ShownUser.prototype, UserObject.prototype);
for (const [field, read] of Object.entries(shown)) {
  Object.defineProperty(ShownUser.prototype, field, {
    get(this: ShownUser) {
      return read(this.record);
    },
  });
}

/** A record as GraphQL shows it. */
export const toUser = (record: UserRecord): UserObject => new ShownUser(record) as unknown as UserObject;

function toName(record: UserRecord): Record<string, string | null> | null {
  let some = false;
  const name: Record<string, string | null> = {};
  for (const { field, column } of nameParts) {
    const value = record[column];
    name[field] = value;
    some ||= value !== null;
  }
  return some ? name : null;
}
