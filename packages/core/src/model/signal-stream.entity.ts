import { defineEntity } from '@mikro-orm/core';

/** How security events reach us: the transmitter sends them, or they are fetched. */
export type SignalDelivery = 'PUSH' | 'POLL';

export const SignalStreamSchema = defineEntity({
  name: 'SignalStream',
  tableName: 'signal_streams',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    signInConnectionId: p.uuid().primary(),
    /** Who signs the events. */
    issuer: p.text(),
    /** Whom they are for: what the transmitter writes as `aud`. */
    audience: p.text(),
    delivery: p.text().$type<SignalDelivery>(),
    /** Of the token that the transmitter sends, where it pushes. */
    digest: p.text().nullable(),
    lastFour: p.text().nullable(),
    previousDigest: p.text().nullable(),
    overlapEndsAt: p.datetime().nullable(),
    /** Where they are fetched. */
    pollUrl: p.text().nullable(),
    /** The token for it; sealed. */
    pollCredential: p.text().nullable(),
    /** When it is fetched next. */
    nextPollAt: p.datetime().nullable(),
    /** How often in a row it could not be fetched. */
    failedPolls: p.integer().default(0),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
    /** When the last event was taken. */
    lastReceivedAt: p.datetime().nullable(),
    /** When the transmitter's verification event came, and what it repeated. */
    verifiedAt: p.datetime().nullable(),
    verificationState: p.text().nullable(),
    /** Why events do not come, as far as it is known. */
    problem: p.text().nullable(),
  }),
});

/** The stream of security events by which a sign-in connection's provider, or a service beside it, ends access. */
export class SignalStream extends SignalStreamSchema.class {}
SignalStreamSchema.setClass(SignalStream);
