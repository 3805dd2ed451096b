import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { SignalDelivery } from '../../model/signal-stream.entity.ts';
import type { SignalStreamRecord } from '../../shared-signals/find-signal-streams.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { SignInConnectionObject } from '../sign-in-connections/sign-in-connection.type.ts';

const deliveries: Record<SignalDelivery, string> = {
  PUSH: 'The transmitter sends them (RFC 8935).',
  POLL: 'They are fetched from the transmitter (RFC 8936).',
};
const SignalDeliveryEnum = declareEnum('SignalDelivery', 'How security events come.', deliveries);

const described = {
  issuer: 'Who signs the events, exactly as the transmitter writes it; its keys are read from there.',
  audience: 'What the transmitter writes as `aud`.',
  delivery: 'How the events come.',
  pollUrl: 'Where events are fetched, with the delivery POLL.',
} as const;

@ObjectType('SignalStream', {
  description:
    'The stream of security events (OpenID Shared Signals) by which access ends when the provider, or a service beside it, says so.',
  simpleResolvers: true,
})
export class SignalStreamObject {
  @Field(() => String, { description: described.issuer })
  issuer!: string;
  @Field(() => String, { description: described.audience })
  audience!: string;
  @Field(() => SignalDeliveryEnum, { description: described.delivery })
  delivery!: string;
  @Field(() => String, { nullable: true, description: described.pollUrl })
  pollUrl!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The last four characters of the transmitter's token, with the delivery PUSH.",
  })
  lastFour!: string | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when the token of before works beside the new one.',
  })
  overlapEndsAt!: Instant | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the last event was taken.' })
  lastReceivedAt!: Instant | null;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the transmitter's last verification event was taken.",
  })
  verifiedAt!: Instant | null;
  @Field(() => String, { nullable: true, description: 'The `state` that it repeated.' })
  verificationState!: string | null;
  @Field(() => String, { nullable: true, description: 'Why events do not come, as far as it is known.' })
  problem!: string | null;
  @Field(() => DateTimeScalar, { description: 'When it was set up.' })
  createdAt!: Instant;
}

/** A record as GraphQL shows it. */
export const toSignalStream = (record: SignalStreamRecord): SignalStreamObject => ({
  issuer: record.issuer,
  audience: record.audience,
  delivery: record.delivery,
  pollUrl: record.poll_url,
  lastFour: record.last_four,
  overlapEndsAt: record.overlap_ends_at,
  lastReceivedAt: record.last_received_at,
  verifiedAt: record.verified_at,
  verificationState: record.verification_state,
  problem: record.problem,
  createdAt: record.created_at,
});

@InputType({ description: 'The stream of security events of a sign-in connection, as it is to be.' })
export class SetSignalStreamInput {
  @Field(() => ID, { description: 'Of which sign-in connection.' })
  signInConnectionId!: string;
  @Field(() => String, { description: described.issuer })
  issuer!: string;
  @Field(() => String, { description: described.audience })
  audience!: string;
  @Field(() => SignalDeliveryEnum, { description: described.delivery })
  delivery!: SignalDelivery;
}
declareFields(SetSignalStreamInput, {
  pollUrl: { description: described.pollUrl, type: () => String },
  pollCredential: {
    description:
      'The token by which events are fetched, sent as `Authorization: Bearer`. It is never shown again; left out, it stays as long as `pollUrl` does.',
    type: () => String,
  },
});

@InputType({ description: 'Whose transmitter gets a new token.' })
export class RotateSignalTokenInput {
  @Field(() => ID, { description: 'Of which sign-in connection.' })
  signInConnectionId!: string;
  @Field(() => Int, {
    defaultValue: 0,
    description: 'How many seconds the token of before works beside it, up to 30 days; 0 ends it at once.',
  })
  overlapSeconds!: number;
}

@InputType({ description: 'Which stream is to end.' })
export class DeleteSignalStreamInput {
  @Field(() => ID, { description: 'Of which sign-in connection.' })
  signInConnectionId!: string;
}

@InputType({ description: 'A security event, as its transmitter sent it.' })
export class DeliverSecurityEventInput {
  @Field(() => ID, { description: 'To which sign-in connection.' })
  signInConnectionId!: string;
  @Field(() => String, { description: "The transmitter's token." })
  token!: string;
  @Field(() => String, { description: 'The Security Event Token (RFC 8417).' })
  securityEvent!: string;
}

@ObjectType({ description: 'A stream after a change.', simpleResolvers: true })
export class SignalStreamPayload {
  @Field(() => SignInConnectionObject, { description: 'Its sign-in connection.' })
  signInConnection!: SignInConnectionObject;
  @Field(() => String, {
    nullable: true,
    description:
      'The token that the transmitter is to send, this once: when a stream that is pushed is set up, or the token is rotated.',
  })
  secret!: string | null;
}

@ObjectType({ description: 'A stream is over.', simpleResolvers: true })
export class DeleteSignalStreamPayload {
  @Field(() => SignInConnectionObject, { description: 'The sign-in connection that it was of.' })
  signInConnection!: SignInConnectionObject;
}

@ObjectType({ description: 'A security event was taken, or had been before.', simpleResolvers: true })
export class DeliverSecurityEventPayload {
  @Field(() => Boolean, { description: 'Always true.' })
  accepted!: boolean;
}
