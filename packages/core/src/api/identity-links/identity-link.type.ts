import { Field, ID, InputType, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { IdentityLinkRecord } from '../../identity-links/identity-link-record.ts';
import { declareConditions } from '../schema/declare-conditions.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { pageType } from '../schema/page-type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

@ObjectType('IdentityLink', {
  description: 'Whom an identity provider means by a subject: a person, from their first sign-in on.',
  simpleResolvers: true,
})
export class IdentityLinkObject {
  readonly record!: IdentityLinkRecord;
  @Field(() => ID, { description: 'The id.' })
  id!: string;
  @Field(() => String, { description: 'Who says it: the issuer.' })
  issuer!: string;
  @Field(() => String, { description: 'How the provider calls the person: the claim `sub`.' })
  subject!: string;
  @Field(() => DateTimeScalar, { description: 'When they were linked.' })
  createdAt!: Instant;
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When somebody last signed in by it; null while nobody has.',
  })
  lastUsedAt!: Instant | null;
}

export const IdentityLinkPage = pageType('IdentityLink', () => IdentityLinkObject);

/** A record as GraphQL shows it. */
export const toIdentityLink = (record: IdentityLinkRecord): IdentityLinkObject => ({
  record,
  id: record.id,
  issuer: record.issuer,
  subject: record.subject,
  createdAt: record.created_at,
  lastUsedAt: record.last_used_at,
});

@InputType({ description: 'Conditions on a link; all that is said must hold.' })
export class IdentityLinkFilterInput {}
declareConditions(
  IdentityLinkFilterInput,
  { requires: 'sign-in:read', looksAt: 'column' },
  {
    userId: { description: 'It is to this person.', type: () => ID },
    signInConnectionId: { description: 'It is by this sign-in connection.', type: () => ID },
  },
);

@InputType({ description: 'Whom a subject of a provider is to mean.' })
export class LinkIdentityInput {
  @Field(() => ID, { description: 'The person.' })
  userId!: string;
  @Field(() => ID, { description: 'By which sign-in connection.' })
  signInConnectionId!: string;
  @Field(() => String, { description: 'How the provider calls the person: the claim `sub`.' })
  subject!: string;
}

@InputType({ description: 'A link to take back.' })
export class UnlinkIdentityInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}
declareFields(UnlinkIdentityInput, {
  endSessions: {
    description:
      'Do the sessions end that began by it, but for the one that asks? They do when this is left out.',
    type: () => Boolean,
  },
});

@ObjectType({ description: 'A link after it was made.', simpleResolvers: true })
export class LinkIdentityPayload {
  @Field(() => IdentityLinkObject, { description: 'The link.' })
  identityLink!: IdentityLinkObject;
  @Field(() => Boolean, { description: 'Is it new? When it was there already, nothing was written.' })
  changed!: boolean;
}

@ObjectType({ description: 'A link is gone.', simpleResolvers: true })
export class UnlinkIdentityPayload {
  @Field(() => ID, { description: 'The id that it had.' })
  unlinkedId!: string;
}
