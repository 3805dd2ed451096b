import { defineEntity } from '@mikro-orm/core';
import type { ActorKindName } from './event.ts';

export const tokenKinds = ['SCIM', 'API'] as const;
export type TokenKindName = (typeof tokenKinds)[number];

export const TokenSchema = defineEntity({
  name: 'Token',
  tableName: 'tokens',
  properties: (p) => ({
    accountId: p.uuid(),
    id: p.uuid().primary(),
    name: p.text(),
    kind: p.text().$type<TokenKindName>(),
    permissions: p.array(),
    connectionId: p.uuid().nullable(),
    /** The person an API token acts for; it dies with their access. */
    userId: p.uuid().nullable(),
    /** The OAuth client that it was given to for an hour. */
    clientId: p.uuid().nullable(),
    digest: p.text(),
    lastFour: p.text(),
    previousDigest: p.text().nullable(),
    overlapEndsAt: p.datetime().nullable(),
    actorKind: p.text().$type<ActorKindName>(),
    actorId: p.uuid().nullable(),
    actorName: p.text(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    expiresAt: p.datetime().nullable(),
    /** How many days before its end it was last warned of; null before the first warning. */
    warnedDays: p.integer().nullable(),
    lastUsedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  }),
});

/** A secret for machines; only its digest is kept. */
export class Token extends TokenSchema.class {}
TokenSchema.setClass(Token);
