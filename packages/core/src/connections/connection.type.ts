import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionType } from '../api/connection-type.ts';
import { declareFields } from '../api/declare-fields.ts';
import { declareEnum } from '../api/enums.ts';
import { Node } from '../api/node.type.ts';
import { DateTimeScalar } from '../api/scalars.ts';
import type { Instant } from '../database/record.ts';
import type { Connection, IdentityProviderName } from './connection.entity.ts';
import type { ConnectionRecord } from './find-connections.ts';
import { setsPasswords } from './password-sync.ts';

const providerDescriptions: Record<IdentityProviderName, string> = {
  ENTRA: 'Microsoft Entra ID.',
  OKTA: 'Okta.',
  ONELOGIN: 'OneLogin.',
  JUMPCLOUD: 'JumpCloud.',
  GOOGLE: 'Google Workspace.',
  PING: 'PingOne or PingFederate.',
  GENERIC: 'Any other that speaks SCIM 2.0.',
};
const IdentityProvider = declareEnum('IdentityProvider', 'Whom a connection is with.', providerDescriptions);

@ObjectType('Connection', {
  description:
    "An account's set-up with one identity provider. External ids and directory teams belong to it.",
  implements: Node,
  simpleResolvers: true,
})
export class ConnectionType extends Node {
  @Field(() => String, { description: 'The name.' })
  name!: string;
  @Field(() => IdentityProvider, { description: 'Whom it is with.' })
  provider!: string;
  @Field(() => Boolean, {
    description:
      "May its identity provider set passwords, as Okta's Sync Password does? Only of people who may do no more than the account's default roles allow.",
  })
  passwordSync!: boolean;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a token of it was last used, to the minute.',
  })
  lastSeenAt!: Instant | null;
  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: Instant;
}

export const ConnectionConnection = connectionType('Connection', () => ConnectionType);

/** A record as GraphQL shows it. */
export const toConnectionType = (record: ConnectionRecord): ConnectionType =>
  ({
    __typename: 'Connection',
    id: record.id,
    name: record.name,
    provider: record.provider,
    passwordSync: setsPasswords({ provider: record.provider, passwordSync: record.password_sync }),
    lastSeenAt: record.last_seen_at,
    createdAt: record.created_at,
  }) as ConnectionType;

/** An entity as GraphQL shows it. */
export const connectionFromEntity = (connection: Connection): ConnectionType =>
  toConnectionType({
    ...connection,
    password_sync: connection.passwordSync ?? null,
    last_seen_at: connection.lastSeenAt ?? null,
    created_at: connection.createdAt,
  });

const passwordSync = {
  description:
    'May its identity provider set passwords? Null leaves it to the provider: on for Okta, off for the others.',
  type: () => Boolean,
};

@InputType({ description: 'A connection to create.' })
export class CreateConnectionInput {
  @Field(() => String, { description: 'The name; unique in the account.' })
  name!: string;
  @Field(() => IdentityProvider, { defaultValue: IdentityProvider.GENERIC, description: 'Whom it is with.' })
  provider!: string;
}
declareFields(CreateConnectionInput, { passwordSync });

@InputType({ description: 'What to change of a connection. Left out = stays as it is.' })
export class UpdateConnectionInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}
declareFields(UpdateConnectionInput, {
  name: { description: 'The name; unique in the account.', type: () => String },
  provider: { description: 'Whom it is with.', type: () => IdentityProvider },
  passwordSync,
});

@ObjectType({ description: 'A connection after a change.', simpleResolvers: true })
export class ConnectionPayload {
  @Field(() => ConnectionType, { description: 'The connection as it is now.' })
  connection!: ConnectionType;
}
