import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { OAuthClientRecord } from '../../oauth-clients/find-oauth-clients.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { Node } from '../schema/node.type.ts';
import { DateTimeScalar } from '../schema/scalars.ts';

const described = {
  jwks: 'Its public keys: a JWK Set as JSON, of 1 to 10 RSA or EC keys.',
  jwksUri: 'Where its public keys are, as a JWK Set.',
} as const;

@ObjectType('OAuthClient', {
  description:
    'A program that has short-lived SCIM tokens of a connection, by proving that it has a key (OAuth 2.0 client credentials with private_key_jwt). Its id is the client id.',
  implements: Node,
  simpleResolvers: true,
})
export class OAuthClientObject extends Node {
  @Field(() => String, { description: 'What it is called in the log.' })
  name!: string;
  @Field(() => ID, { description: 'Of which connection its tokens are.' })
  connectionId!: string;
  @Field(() => String, { nullable: true, description: described.jwks })
  jwks!: string | null;
  @Field(() => String, { nullable: true, description: described.jwksUri })
  jwksUri!: string | null;
  @Field(() => DateTimeScalar, { description: 'When it was created.' })
  createdAt!: Instant;
}

/** A record as GraphQL shows it. */
export const toOAuthClient = (record: OAuthClientRecord): OAuthClientObject =>
  ({
    __typename: 'OAuthClient',
    id: record.id,
    name: record.name,
    connectionId: record.connection_id,
    jwks: record.jwks,
    jwksUri: record.jwks_uri,
    createdAt: record.created_at,
  }) as OAuthClientObject;

const keys = {
  jwks: { description: described.jwks, type: () => String },
  jwksUri: { description: described.jwksUri, type: () => String },
};

@InputType({ description: 'A program that is to have SCIM tokens; with its keys, or where they are.' })
export class CreateOAuthClientInput {
  @Field(() => ID, { description: 'Of which connection.' })
  connectionId!: string;
  @Field(() => String, { description: 'What it is called in the log.' })
  name!: string;
}
declareFields(CreateOAuthClientInput, keys);

@InputType({ description: 'Other keys of a client, all of them; or where they are.' })
export class RotateOAuthClientKeysInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}
declareFields(RotateOAuthClientKeysInput, keys);

@InputType({ description: 'A client to end.' })
export class DeleteOAuthClientInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}

@InputType({ description: 'What a program asks for an access token with.' })
export class IssueAccessTokenInput {
  @Field(() => String, { description: 'The assertion that it has signed (RFC 7523).' })
  clientAssertion!: string;
}
declareFields(IssueAccessTokenInput, {
  scope: { description: 'What for: `scim`, also when it is left out.', type: () => String },
});

@ObjectType({ description: 'A client after a change.', simpleResolvers: true })
export class OAuthClientPayload {
  @Field(() => OAuthClientObject, { description: 'The client as it is now.' })
  client!: OAuthClientObject;
}

@ObjectType({ description: 'A client is gone, and so are its access tokens.', simpleResolvers: true })
export class DeleteOAuthClientPayload {
  @Field(() => ID, { description: 'The id that it had.' })
  deletedId!: string;
}

@ObjectType({ description: 'An access token for SCIM, this once.', simpleResolvers: true })
export class AccessTokenPayload {
  @Field(() => String, { description: 'The token.' })
  accessToken!: string;
  @Field(() => Int, { description: 'For how many seconds it is good.' })
  expiresInSeconds!: number;
  @Field(() => String, { description: 'What for.' })
  scope!: string;
}
