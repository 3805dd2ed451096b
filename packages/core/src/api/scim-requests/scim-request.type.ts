import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { RequestRecord, StatusClass } from '../../scim-requests/find-requests.ts';
import { declareConditions } from '../schema/declare-conditions.ts';
import { declareEnum } from '../schema/enums.ts';
import { Node } from '../schema/node.type.ts';
import { pageType } from '../schema/page-type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

const statusClasses: Record<StatusClass, string> = {
  SUCCESS: '2xx: it was done.',
  REDIRECTION: '3xx: the client has it already.',
  CLIENT_ERROR: '4xx: it was refused.',
  SERVER_ERROR: '5xx: it failed here.',
};
const StatusClassEnum = declareEnum(
  'StatusClass',
  'How a request was answered, by the first digit of the status.',
  statusClasses,
);

@ObjectType('ScimRequest', {
  description:
    'A SCIM request of an identity provider and how it was answered, without passwords and tokens: `***` stands for each.',
  implements: Node,
  simpleResolvers: true,
})
export class ScimRequestObject extends Node {
  readonly record!: RequestRecord;
  @Field(() => String, {
    description: 'What the answer calls it (`x-request-id`), and the events that it caused, and the logs.',
  })
  requestId!: string;
  @Field(() => DateTimeScalar, { description: 'When it came.' })
  receivedAt!: Date | string;
  @Field(() => ID, { nullable: true, description: 'The token that it came with.' })
  tokenId!: string | null;
  @Field(() => String, { description: 'The method of HTTP.' })
  method!: string;
  @Field(() => String, { description: 'The path with the query, cut at 2048 characters.' })
  path!: string;
  @Field(() => String, { nullable: true, description: 'What it is about: User, Group, Role or Entitlement.' })
  resourceType!: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The person or team that it is about, where that is known.',
  })
  resourceId!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'The `userName` or `displayName` that it is about, also where nobody has it.',
  })
  resourceName!: string | null;
  @Field(() => Int, { description: 'The status of HTTP that it was answered with.' })
  status!: number;
  @Field(() => String, { nullable: true, description: 'The `scimType` of an error.' })
  scimType!: string | null;
  @Field(() => String, { nullable: true, description: 'The `detail` of an error.' })
  detail!: string | null;
  @Field(() => Int, { description: 'How many milliseconds the answer took.' })
  durationMs!: number;
  @Field(() => String, {
    nullable: true,
    description:
      'The body in JSON, cut at 16,384 characters; null where there is none, it is no JSON or larger than 262,144 bytes, or none is kept.',
  })
  requestBody!: string | null;
  @Field(() => Int, { description: 'Bytes of the body as it came.' })
  requestSize!: number;
  @Field(() => String, { nullable: true, description: 'The answer in JSON, as `requestBody`.' })
  responseBody!: string | null;
  @Field(() => Int, { description: 'Bytes of the answer.' })
  responseSize!: number;
  @Field(() => String, { nullable: true, description: 'What the client calls itself.' })
  userAgent!: string | null;
  @Field(() => String, { description: 'From which address it came.' })
  address!: string;
}

/** A request as GraphQL shows it. */
export const toScimRequest = (record: RequestRecord): ScimRequestObject =>
  ({
    __typename: 'ScimRequest',
    record,
    id: record.id,
    requestId: record.request_id,
    receivedAt: record.received_at,
    tokenId: record.token_id,
    method: record.method,
    path: record.path,
    resourceType: record.resource_type,
    resourceId: record.resource_id,
    resourceName: record.resource_name,
    status: record.status,
    scimType: record.scim_type,
    detail: record.detail,
    durationMs: record.duration_ms,
    requestBody: record.request_body,
    requestSize: record.request_size,
    responseBody: record.response_body,
    responseSize: record.response_size,
    userAgent: record.user_agent,
    address: record.address,
  }) as ScimRequestObject;

export const ScimRequestPage = pageType('ScimRequest', () => ScimRequestObject);

@InputType({ description: 'Which requests. All that is said must hold.' })
export class ScimRequestFilterInput {}
declareConditions(
  ScimRequestFilterInput,
  { requires: 'events:read', looksAt: 'column' },
  {
    requestId: { description: 'It is called this.', type: () => String },
    connectionId: { description: 'It came through this connection.', type: () => ID },
    about: { description: 'It is about this person or team.', type: () => ID },
    statusClass: { description: 'It was answered so.', type: () => StatusClassEnum },
    method: { description: 'It has this method of HTTP.', type: () => String },
    receivedAfter: { description: 'It came at this instant or later.', type: () => DateTimeScalar },
    receivedBefore: { description: 'It came before this instant.', type: () => DateTimeScalar },
  },
);
declareConditions(
  ScimRequestFilterInput,
  { requires: 'events:read', looksAt: 'search' },
  {
    path: { description: 'Its path has this in it, whatever the case.', type: () => String },
    text: {
      description: 'Its path, the name that it is about or its error has this in it, whatever the case.',
      type: () => String,
    },
  },
);
