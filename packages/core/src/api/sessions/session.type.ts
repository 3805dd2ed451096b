import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { SignInMethodName } from '../../model/session.entity.ts';
import { deviceName } from '../../sessions/device-name.ts';
import type { SessionRecord } from '../../sessions/find-sessions.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { declareEnum } from '../schema/enums.ts';
import { DateTimeScalar } from '../schema/scalars.ts';
import { SecondFactor } from '../schema/second-factor.type.ts';

const methodDescriptions: Record<SignInMethodName, string> = {
  PASSWORD: 'By e-mail and password.',
  PASSKEY: 'By a passkey alone.',
  OIDC: 'At their identity provider, by OpenID Connect.',
  SAML: 'At their identity provider, by SAML 2.0.',
};
const SignInMethod = declareEnum('SignInMethod', 'How somebody signed in.', methodDescriptions);

@ObjectType('Session', { description: 'A person is signed in, in one browser.', simpleResolvers: true })
export class SessionObject {
  @Field(() => ID, { description: 'The id.' })
  id!: string;
  @Field(() => String, { description: 'What people call the device: `Firefox on Windows`.' })
  device!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The User-Agent with which it began, where one was sent.',
  })
  userAgent!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'From which address it was last used, where that is known.',
  })
  address!: string | null;
  @Field(() => SignInMethod, { description: 'How the person signed in.' })
  method!: string;
  @Field(() => SecondFactor, { nullable: true, description: 'What the person showed beside the password.' })
  secondFactor!: string | null;
  @Field(() => DateTimeScalar, { description: 'When the person signed in.' })
  createdAt!: Instant;
  @Field(() => DateTimeScalar, { description: 'When it was last used, to the minute.' })
  lastUsedAt!: Instant;
  @Field(() => DateTimeScalar, { description: 'Until when it is good.' })
  expiresAt!: Instant;
  @Field(() => Boolean, { description: 'Is it the one that asks?' })
  current!: boolean;
}

/** A record as GraphQL shows it to who asks with this session, if with any. */
export const toSession = (record: SessionRecord, currentId: string | undefined): SessionObject => ({
  id: record.id,
  device: deviceName(record.user_agent),
  userAgent: record.user_agent,
  address: record.address,
  method: record.method,
  secondFactor: record.second_factor,
  createdAt: record.created_at,
  lastUsedAt: record.last_used_at,
  expiresAt: record.expires_at,
  current: record.id === currentId,
});

@InputType({ description: 'Whose sessions to end, and which.' })
export class EndSessionsInput {}
declareFields(EndSessionsInput, {
  userId: { description: 'Whose; your own when left out. Those of others need users:write.', type: () => ID },
  sessionIds: {
    description: 'Which; all when left out. What is over already is passed over.',
    type: () => [ID],
  },
  othersOnly: { description: 'All but the one that asks.', type: () => Boolean },
});

@ObjectType({ description: 'The sessions are over.', simpleResolvers: true })
export class EndSessionsPayload {
  @Field(() => [ID], { description: 'The ids of those that ended by it.' })
  endedSessionIds!: string[];
}
