import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { Token, TokenKindName } from '../../model/token.entity.ts';
import { expiresSoon } from '../../tokens/expiry.ts';
import type { TokenRecord } from '../../tokens/find-tokens.ts';
import { PermissionObject, toPermissions } from '../roles/role.type.ts';
import { ActorObject } from '../schema/actor.type.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { pageType } from '../schema/page-type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

const kindDescriptions: Record<TokenKindName, string> = {
  SCIM: 'For an identity provider: belongs to a connection.',
  API: 'For a tool of your own.',
};
const TokenKind = declareEnum('TokenKind', 'What a token is for.', kindDescriptions);

export const TokenStatus = declareEnum('TokenStatus', 'Is a token good?', {
  ACTIVE: 'It is good.',
  EXPIRED: 'Its time is over.',
  REVOKED: 'Somebody ended it.',
});

@ObjectType('Token', {
  description: 'A secret for machines. The secret itself is shown once, when it is issued.',
  implements: Node,
  simpleResolvers: true,
})
export class TokenObject extends Node {
  readonly record!: TokenRecord;
  @Field(() => String, { description: 'Tells tokens apart, here and in the log.' })
  name!: string;
  @Field(() => TokenKind, { description: 'What it is for.' })
  kind!: string;
  @Field(() => TokenStatus, { description: 'Is it good?' })
  status!: string;
  @Field(() => [PermissionObject], {
    description:
      'What it allows at most: one that acts for a person allows what they may do themselves, no more.',
  })
  permissions!: PermissionObject[];
  @Field(() => String, { description: 'How the secret begins.' })
  prefix!: string;
  @Field(() => String, { description: 'How the secret ends.' })
  lastFour!: string;
  @Field(() => DateTimeScalar, { description: 'When it was issued.' })
  createdAt!: Instant;
  @Field(() => ActorObject, { description: 'Who issued it.' })
  createdBy!: ActorObject;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Until when it is good; null for ever.' })
  expiresAt!: Instant | null;
  @Field(() => Boolean, {
    description:
      'Is it good, and its time over within 30 days? Whoever may change tokens is written to then.',
  })
  expiresSoon!: boolean;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last used, to the minute.' })
  lastUsedAt!: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was revoked.' })
  revokedAt!: Instant | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when the secret before the last rotation is good too.',
  })
  overlapEndsAt!: Instant | null;
}

export const TokenPage = pageType('Token', () => TokenObject);

/** A record as GraphQL shows it. */
export const toToken = (record: TokenRecord): TokenObject =>
  ({
    __typename: 'Token',
    record,
    id: record.id,
    name: record.name,
    kind: record.kind,
    status: statusOf(record),
    permissions: toPermissions(record.permissions),
    prefix: `rc_${record.kind.toLowerCase()}_${record.id.replaceAll('-', '').slice(0, 8)}`,
    lastFour: record.last_four,
    createdAt: record.created_at,
    createdBy: { kind: record.actor_kind, id: record.actor_id, name: record.actor_name },
    expiresAt: record.expires_at,
    expiresSoon: statusOf(record) === 'ACTIVE' && expiresSoon(record.expires_at),
    lastUsedAt: record.last_used_at,
    revokedAt: record.revoked_at,
    overlapEndsAt: record.overlap_ends_at,
  }) as TokenObject;

/** An entity as GraphQL shows it. */
export const tokenFromEntity = (token: Token): TokenObject =>
  toToken({
    ...token,
    connection_id: token.connectionId ?? null,
    last_four: token.lastFour,
    actor_kind: token.actorKind,
    actor_id: token.actorId ?? null,
    actor_name: token.actorName,
    overlap_ends_at: token.overlapEndsAt ?? null,
    created_at: token.createdAt,
    expires_at: token.expiresAt ?? null,
    last_used_at: token.lastUsedAt ?? null,
    revoked_at: token.revokedAt ?? null,
  });

function statusOf({ revoked_at, expires_at }: TokenRecord): keyof typeof TokenStatus {
  if (revoked_at !== null) return 'REVOKED';
  return expires_at !== null && new Date(expires_at).getTime() <= Date.now() ? 'EXPIRED' : 'ACTIVE';
}

@InputType({ description: 'A token to issue.' })
export class IssueTokenInput {
  @Field(() => TokenKind, { description: 'What it is for.' })
  kind!: string;
  @Field(() => String, { description: 'Tells tokens apart.' })
  name!: string;
}
declareFields(IssueTokenInput, {
  permissions: {
    description: 'For kind API: what it allows, of what you have yourself. Reading alone when left out.',
    type: () => [String],
  },
  connectionId: {
    description: "For kind SCIM: whose; the account's first connection when left out.",
    type: () => ID,
  },
  expiresAt: { description: 'Until when it is good; for ever when left out.', type: () => DateTimeScalar },
});

@InputType({ description: 'A token to issue for yourself.' })
export class IssueOwnTokenInput {
  @Field(() => String, { description: 'Tells tokens apart.' })
  name!: string;
  @Field(() => [String], { description: 'What it allows, of what you have yourself.' })
  permissions!: string[];
  @Field(() => DateTimeScalar, { description: 'Until when it is good: 365 days from now at most.' })
  expiresAt!: Date;
}

@InputType({ description: 'A token that is to have a new secret.' })
export class RotateTokenInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
  @Field(() => Int, {
    defaultValue: 0,
    description: 'How long the old secret lives on, in seconds; 0 ends it at once.',
  })
  overlapSeconds!: number;
}

@InputType({ description: 'A token to end.' })
export class RevokeTokenInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}

@ObjectType({ description: 'A token and, this once, its secret.', simpleResolvers: true })
export class TokenSecretPayload {
  @Field(() => TokenObject, { description: 'The token.' })
  token!: TokenObject;
  @Field(() => String, { description: 'The secret. It is kept as a digest only and never shown again.' })
  secret!: string;
}

@ObjectType({ description: 'A token after a change.', simpleResolvers: true })
export class TokenPayload {
  @Field(() => TokenObject, { description: 'The token as it is now.' })
  token!: TokenObject;
}
