import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { setsPasswords } from '../../authorization/password-sync.ts';
import type { GroupsAfterwards } from '../../connections/delete-connection.ts';
import type { ConnectionRecord } from '../../connections/find-connections.ts';
import type { Instant } from '../../database/columns.ts';
import type { Connection, GroupPatchAnswer, IdentityProviderName } from '../../model/connection.entity.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { pageType } from '../schema/page-type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

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

const groupPatchAnswers: Record<GroupPatchAnswer, string> = {
  NO_CONTENT: '204 without a body, at a cost that follows the change, however many members there are.',
  RESOURCE:
    '200 with the group: for clients that take 204 for a failure. All members are read with each change.',
};
const GroupPatchAnswerEnum = declareEnum(
  'GroupPatchAnswer',
  'What a SCIM PATCH of a group is answered with, unless the request says by `Prefer` or `attributes`.',
  groupPatchAnswers,
);

const strict =
  'The strict enterprise profile: people whom it knows by an external id and groups that it pushes are changed by it alone, and nobody of it has a password here.';

const paused =
  'Is its identity provider asked to come back later? What it asks by its tokens is refused with CONNECTION_PAUSED (SCIM: 503 with `Retry-After`), reading as well, so that it takes nothing for gone.';

@ObjectType('Connection', {
  description:
    "An account's set-up with one identity provider. External ids and directory teams belong to it.",
  implements: Node,
  simpleResolvers: true,
})
export class ConnectionObject extends Node {
  @Field(() => String, { description: 'The name.' })
  name!: string;
  @Field(() => IdentityProvider, { description: 'Whom it is with.' })
  provider!: string;
  @Field(() => Boolean, {
    description:
      "May its identity provider set passwords, as Okta's Sync Password does? Only of people who may do no more than the account's default roles allow.",
  })
  passwordSync!: boolean;
  @Field(() => Boolean, { description: strict })
  strict!: boolean;
  @Field(() => GroupPatchAnswerEnum, {
    description: 'What its identity provider gets for a PATCH of a group.',
  })
  groupPatchAnswer!: string;
  @Field(() => Boolean, {
    description:
      'Does each group that it pushes have a role of its name? Such a role allows nothing until somebody says what.',
  })
  groupsAsRoles!: boolean;
  @Field(() => Boolean, { description: paused })
  paused!: boolean;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When a token of it was last used, to the minute.',
  })
  lastSeenAt!: Instant | null;
  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: Instant;
}

export const ConnectionPage = pageType('Connection', () => ConnectionObject);

/** A record as GraphQL shows it. */
export const toConnection = (record: ConnectionRecord): ConnectionObject =>
  ({
    __typename: 'Connection',
    id: record.id,
    name: record.name,
    provider: record.provider,
    passwordSync: setsPasswords({
      provider: record.provider,
      passwordSync: record.password_sync,
      strict: record.strict,
    }),
    strict: record.strict,
    groupPatchAnswer: record.group_patch_answer,
    groupsAsRoles: record.groups_as_roles,
    paused: record.paused,
    lastSeenAt: record.last_seen_at,
    createdAt: record.created_at,
  }) as ConnectionObject;

/** An entity as GraphQL shows it. */
export const connectionFromEntity = (connection: Connection): ConnectionObject =>
  toConnection({
    ...connection,
    password_sync: connection.passwordSync ?? null,
    group_patch_answer: connection.groupPatchAnswer,
    groups_as_roles: connection.groupsAsRoles,
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
  @Field(() => GroupPatchAnswerEnum, {
    defaultValue: 'NO_CONTENT',
    description: 'What its identity provider gets for a PATCH of a group.',
  })
  groupPatchAnswer!: string;
}
declareFields(CreateConnectionInput, { passwordSync });

@InputType({ description: 'What to change of a connection. Left out = stays as it is.' })
export class UpdateConnectionInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}
declareFields(UpdateConnectionInput, {
  strict: {
    description: `${strict} Whoever changes it needs \`sign-in:write\` too.`,
    type: () => Boolean,
  },
  name: { description: 'The name; unique in the account.', type: () => String },
  provider: { description: 'Whom it is with.', type: () => IdentityProvider },
  passwordSync,
  groupPatchAnswer: {
    description: 'What its identity provider gets for a PATCH of a group.',
    type: () => GroupPatchAnswerEnum,
  },
  paused: {
    description: `${paused} Whoever changes it needs all that its tokens may do.`,
    type: () => Boolean,
  },
  groupsAsRoles: {
    description:
      'Have each group that it pushes, also those that are there, give a role of its name to whoever is in it. A role that somebody made is left alone. When it is switched off, the roles stay as they are.',
    type: () => Boolean,
  },
});

const groupsAfterwards: Record<GroupsAfterwards, string> = {
  KEEP: 'They stay with their members, as teams made by hand. One whose name another team has gets that of the connection besides.',
  DELETE: 'They are deleted; their members stay in the directory.',
};
const GroupsAfterwardsEnum = declareEnum(
  'GroupsAfterwards',
  'What becomes of the groups that a deleted connection has pushed.',
  groupsAfterwards,
);

@InputType({ description: 'A connection to delete.' })
export class DeleteConnectionInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
  @Field(() => GroupsAfterwardsEnum, {
    defaultValue: 'KEEP',
    description: 'What becomes of the groups that it has pushed.',
  })
  groups!: GroupsAfterwards;
}
declareFields(DeleteConnectionInput, {
  evenIfILoseAccess: {
    description: 'Go on also where it takes `roles:write` from you, so that you could not undo it.',
    type: () => Boolean,
  },
});

@ObjectType({ description: 'A connection is gone.', simpleResolvers: true })
export class DeleteConnectionPayload {
  @Field(() => ID, { description: 'The id that it had.' })
  deletedId!: string;
  @Field(() => Int, { description: 'How many people it knew by an external id. They stay.' })
  userCount!: number;
  @Field(() => Int, { description: 'How many groups it had pushed.' })
  teamCount!: number;
}

@ObjectType({ description: 'A connection after a change.', simpleResolvers: true })
export class ConnectionPayload {
  @Field(() => ConnectionObject, { description: 'The connection as it is now.' })
  connection!: ConnectionObject;
}
