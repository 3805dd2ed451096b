import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { type EventRecord, partiesOf } from '../../events/read-events.ts';
import type { EventTypeName, SubjectTypeName } from '../../model/event.ts';
import { ActorObject } from '../schema/actor.type.ts';
import { declareConditions } from '../schema/declare-conditions.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { pageType } from '../schema/page-type.ts';
import { CursorScalar, DateTimeScalar, JsonScalar } from '../schema/scalars.ts';

const typeDescriptions: Record<EventTypeName, string> = {
  ACCOUNT_CREATED: 'The account was created.',
  USER_CREATED: 'A person was provisioned.',
  USER_UPDATED: 'Attributes of a person changed.',
  USER_ACTIVATED: 'A person was switched on again.',
  USER_DEACTIVATED: 'A person was switched off.',
  USER_DEPROVISIONED: 'A person was taken out of the directory.',
  USER_REVIVED: 'A person who had been deprovisioned came back.',
  USER_SIGNED_IN: 'A person signed in.',
  USER_SIGN_IN_FAILED:
    'Somebody tried to sign in as the person with a wrong password, or with a wrong second factor, which `changes` names then; it tells from which address, and which attempt it was. Of very many attempts each doubling is told.',
  USER_SIGNED_OUT: 'A person signed out.',
  USER_PASSWORD_RESET_SENT:
    'A link to set their password was sent to a person: they asked for it, or somebody did for them. `changes` tells to which address.',
  USER_SESSIONS_ENDED:
    'Sessions of a person were ended, by themselves, by somebody else or by an identity provider; `changes` tells how many, and `cause` what of a provider did it, of which `related` is the sign-in connection.',
  USER_SECOND_FACTOR_ADDED:
    'A person set up a second factor; `changes` tells which, and of a passkey what it is called.',
  USER_SECOND_FACTOR_REMOVED:
    'Second factors of a person were removed, by themselves or by somebody else; `changes` tells which.',
  USER_SECOND_FACTOR_RENAMED: 'A person gave a passkey another name.',
  USER_RECOVERY_CODES_RENEWED: 'A person had new recovery codes made; those of before are good no more.',
  USER_RECOVERY_CODE_USED:
    'A person signed in with a recovery code in place of their second factor; `changes` tells how many are left.',
  USER_IDENTITY_PROVEN: 'A person who was signed in proved once more who they are; `changes` tells by what.',
  USER_MAIL_FAILED: 'A mail to a person could not be delivered and was given up; `changes` tells why.',
  TEAM_CREATED: 'A team was created.',
  TEAM_UPDATED: 'Attributes of a team changed; `related` says who left, where it lost its lead by that.',
  TEAM_DELETED: 'A team was deleted.',
  TEAM_MEMBER_ADDED:
    'A person joined a team; `related` says who, and the change `memberRoles` which roles they were given by it, where it is a group that gives some.',
  TEAM_MEMBER_REMOVED:
    'A person left a team; `related` says who, and the change `memberRoles` which roles they lost by it, where it was a group that gave some.',
  ROLE_CREATED: 'A role was created.',
  ROLE_UPDATED: 'A role changed.',
  ROLE_DELETED: 'A role was deleted.',
  ROLE_GRANTED:
    'A person was given a role; `related` says which. The change `mapping` says by which group, where one that they are in was mapped to it; `signIn` tells the sign-in that it came with. Who is given roles as they join a group is told by TEAM_MEMBER_ADDED.',
  ROLE_REVOKED:
    'A role was taken from a person; `related` says which, and the change `mapping` by which group they had it, where that is not mapped to it any more. Who loses roles as they leave a group is told by TEAM_MEMBER_REMOVED.',
  ROLE_MAPPING_CREATED: 'A group was mapped to a role; `related` says which.',
  ROLE_MAPPING_DELETED: 'A group is not mapped to a role any more; `related` says which.',
  DEFAULT_ROLES_CHANGED: 'It was decided anew which roles people have who were granted none.',
  ROLE_SOURCE_CHANGED:
    'It was decided anew where the roles of people come from; `changes` tells how many grants that erased.',
  USER_ROLES_ERASED:
    'What a person was granted by hand and by sign-ins was erased for good, since roles come from SCIM alone from then on; `changes` tells each grant with what it came from.',
  TOKEN_ISSUED: 'A token was issued.',
  TOKEN_ROTATED: 'A token was given a new secret.',
  TOKEN_REVOKED: 'A token was revoked.',
  OAUTH_CLIENT_CREATED: 'A program may have short-lived tokens of a connection.',
  OAUTH_CLIENT_KEYS_ROTATED: 'The keys of an OAuth client were replaced, and its access tokens ended.',
  OAUTH_CLIENT_DELETED: 'An OAuth client was deleted, and its access tokens ended.',
  OAUTH_CLIENT_REFUSED:
    'An OAuth client was given no access token; `changes` tells why. Of many refusals that are alike the first ones and each doubling are told.',
  CONNECTION_CREATED: 'A connection with an identity provider was created.',
  CONNECTION_UPDATED: 'A connection with an identity provider changed.',
  CONNECTION_DELETED:
    'A connection with an identity provider was deleted, with its tokens, mappings and external ids. Its people stay.',
  SIGN_IN_CONNECTION_CREATED: 'A sign-in connection was created.',
  SIGN_IN_CONNECTION_UPDATED: 'A sign-in connection changed. Its client secret is never shown.',
  SIGN_IN_CONNECTION_DELETED:
    'A sign-in connection was deleted, with what it knew of whom its provider means.',
  SAML_KEY_PAIR_RENEWED:
    'A second key pair of ours was made for a sign-in connection; `changes` tells the certificates by their fingerprints, that of the key which signs first.',
  SAML_KEY_PAIR_SWITCHED: 'We sign with the other key pair of ours for a sign-in connection.',
  SAML_KEY_PAIR_RETIRED:
    'A key pair of ours for a sign-in connection was forgotten: what is encrypted for it is refused.',
  SAML_METADATA_FAILED:
    "The metadata of a sign-in connection's provider could not be read again, or are another provider's; `changes` tells why. What was known of the provider stays.",
  SAML_METADATA_RECOVERED: "The metadata of a sign-in connection's provider can be read again.",
  SIGN_IN_REFUSED:
    'A sign-in by an identity provider was refused; `changes` tells why, and `related` whom it was about, where that is known.',
  SIGN_OUT_REFUSED:
    'What was to end sessions by a sign-in connection was not taken, such as a logout token; `changes` tells why.',
  SIGNAL_STREAM_SET:
    'The stream of security events of a sign-in connection was set up or changed. Its secrets are never shown.',
  SIGNAL_STREAM_DELETED: 'The stream of security events of a sign-in connection was ended.',
  SIGNAL_STREAM_VERIFIED:
    'The transmitter of security events was heard for the first time since its stream was set up; `changes` has the `state` of its verification event.',
  SIGNAL_STREAM_UPDATED:
    'The transmitter of security events said that it paused or goes on; `changes` tells what.',
  SIGNAL_REFUSED:
    'A security event was not taken, could not be fetched, or is about nobody who is known; `changes` tells why. Of many that are alike the first ones and each doubling are told.',
  SIGN_IN_POLICY_UPDATED:
    'It was decided anew what people have to show to sign in, and before they do what is dangerous.',
  IDENTITY_LINKED:
    'From now on a subject of an identity provider is this person; `changes` tells by which rule, `related` the sign-in connection.',
  IDENTITY_UNLINKED: 'Somebody is no longer linked to a subject of an identity provider.',
  DOMAIN_ADDED: 'A domain of e-mail addresses was added, to be proven.',
  DOMAIN_VERIFIED: 'A domain of e-mail addresses was proven by the DNS.',
  DOMAIN_PROOF_MISSING: 'The TXT record that proved a domain is gone; the domain still counts for a week.',
  DOMAIN_PROOF_FOUND: 'The TXT record that proved a domain is there again.',
  DOMAIN_PROOF_LOST: 'A domain is no longer proven: its TXT record was gone for a week.',
  DOMAIN_REMOVED: 'A domain of e-mail addresses was removed.',
  CUSTOM_ATTRIBUTE_CREATED: 'A custom attribute was defined.',
  CUSTOM_ATTRIBUTE_UPDATED: 'The definition of a custom attribute changed.',
  CUSTOM_ATTRIBUTE_DELETED: "A custom attribute was deleted, with everybody's value.",
  ORG_STRUCTURE_UPDATED: 'It was decided anew what teams are made from.',
  ORG_STRUCTURE_REBUILT: 'All teams that follow from people were brought in line with them.',
};
export const EventType = declareEnum('EventType', 'What can happen.', typeDescriptions);

const subjectDescriptions: Record<SubjectTypeName, string> = {
  ACCOUNT: 'The account.',
  USER: 'A person.',
  TEAM: 'A team.',
  ROLE: 'A role.',
  ROLE_MAPPING: 'The mapping of a group that is pushed to a role.',
  SSO_ROLE_MAPPING: 'The mapping of a group that is sent at sign-ins to a role.',
  TOKEN: 'A token.',
  OAUTH_CLIENT: 'An OAuth client.',
  CONNECTION: 'A connection with an identity provider.',
  CUSTOM_ATTRIBUTE: 'The definition of a custom attribute.',
  SIGN_IN_CONNECTION: 'A sign-in connection.',
  EMAIL_DOMAIN: 'A domain of e-mail addresses.',
};
const SubjectType = declareEnum('SubjectType', 'What an event can be about.', subjectDescriptions);

@ObjectType({
  description: 'An object as it was called when something happened to it.',
  simpleResolvers: true,
})
export class EntityReference {
  @Field(() => SubjectType, { description: 'What it is.' })
  type!: string;
  @Field(() => ID, { description: 'The id; the object itself may be gone.' })
  id!: string;
  @Field(() => String, { description: 'The name at that time.' })
  label!: string;
}

@ObjectType({ description: 'One property before and after.', simpleResolvers: true })
export class Change {
  @Field(() => String, { description: 'Which property, as `name.familyName`.' })
  field!: string;
  @Field(() => JsonScalar, { nullable: true, description: 'The value before; null when there was none.' })
  before!: unknown;
  @Field(() => JsonScalar, { nullable: true, description: 'The value after; null when it was cleared.' })
  after!: unknown;
}

@ObjectType('Event', {
  description: 'One thing that happened. Never changed, never deleted.',
  implements: Node,
  simpleResolvers: true,
})
export class EventObject extends Node {
  readonly record!: EventRecord;
  @Field(() => EventType, { description: 'What happened.' })
  type!: string;
  @Field(() => DateTimeScalar, { description: 'When.' })
  occurredAt!: Date;
  @Field(() => EntityReference, { description: 'To what.' })
  subject!: EntityReference;
  @Field(() => EntityReference, {
    nullable: true,
    description: 'The other side: who joined or led, which role was granted.',
  })
  related!: EntityReference | null;
  @Field(() => [Change], { description: 'What differs; passwords and secrets are never shown.' })
  changes!: readonly Change[];
  @Field(() => ActorObject, { description: 'Who did it.' })
  actor!: ActorObject;
  @Field(() => String, { description: 'The request that did it, as in the logs.' })
  requestId!: string;
  @Field(() => CursorScalar, { description: 'The place in the log: follow from here with `after`.' })
  cursor!: string;
}

export const EventPage = pageType('Event', () => EventObject);

/** A record as GraphQL shows it. */
export function toEvent(record: EventRecord, cursor: string): EventObject {
  return {
    __typename: 'Event',
    record,
    id: `${record.epoch}-${record.xid}-${record.seq}`,
    cursor,
    type: record.type,
    occurredAt: record.occurred_at,
    ...partiesOf(record),
    changes: record.changes,
    actor: { kind: record.actor_kind, id: record.actor_id, name: record.actor_name },
    requestId: record.request_id,
  } as EventObject;
}

@InputType('EventFilter', { description: 'Conditions on an event; all that is said must hold.' })
export class EventFilterInput {}
declareConditions(
  EventFilterInput,
  { requires: 'events:read', looksAt: 'column' },
  {
    types: { description: 'One of these types.', type: () => [EventType] },
    subjectId: { description: 'It happened to this object.', type: () => ID },
    relatedId: { description: 'This object is the other side.', type: () => ID },
    connectionId: { description: 'It came through this connection.', type: () => ID },
    actorId: { description: 'This person or token did it.', type: () => ID },
    requestId: { description: 'This request did it.', type: () => String },
    occurredAfter: { description: 'It happened after this instant.', type: () => DateTimeScalar },
    occurredBefore: { description: 'It happened before this instant.', type: () => DateTimeScalar },
  },
);

@ObjectType({ description: 'A part of the history that can not be replayed.', simpleResolvers: true })
export class FeedGap {
  @Field(() => String, { description: 'Why, and what to do.' })
  reason!: string;
  @Field(() => CursorScalar, { description: 'Where the feed goes on.' })
  resumeAt!: string;
}

@ObjectType('FeedMessage', {
  description: 'What a feed delivers: an event, or word of a gap.',
  simpleResolvers: true,
})
export class FeedMessageObject {
  @Field(() => CursorScalar, {
    description: 'Keep it: `after:` this, nothing is lost and nothing comes twice.',
  })
  cursor!: string;
  @Field(() => EventObject, { nullable: true, description: 'What happened.' })
  event!: EventObject | null;
  @Field(() => FeedGap, { nullable: true, description: 'Set when a part of the history is gone.' })
  gap!: FeedGap | null;
}
