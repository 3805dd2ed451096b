import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { signedIn } from '../../authorization/viewer.ts';
import {
  type ClientScope,
  createOAuthClient,
  deleteOAuthClient,
  type NewOAuthClient,
  rotateOAuthClientKeys,
} from '../../oauth-clients/change-oauth-clients.ts';
import type { GivenKeys } from '../../oauth-clients/client-keys.ts';
import {
  type AccessTokenRequest,
  issueAccessToken,
  SCIM_SCOPE,
} from '../../oauth-clients/issue-access-token.ts';
import { ConnectionObject } from '../connections/connection.type.ts';
import { assertNoRehearsal } from '../request/rehearsal-header.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { clientsOfConnection } from './oauth-client.loaders.ts';
import {
  AccessTokenPayload,
  CreateOAuthClientInput,
  DeleteOAuthClientInput,
  DeleteOAuthClientPayload,
  IssueAccessTokenInput,
  OAuthClientObject,
  OAuthClientPayload,
  RotateOAuthClientKeysInput,
  toOAuthClient,
} from './oauth-client.type.ts';

@Resolver(() => ConnectionObject)
export class OAuthClientResolver {
  @FieldResolver(() => [OAuthClientObject], {
    description: 'The programs that have short-lived tokens of it, newest first.',
  })
  @Requires('tokens:read')
  async oauthClients(
    @Root() { id }: ConnectionObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<OAuthClientObject[]> {
    return (await loaders.load(clientsOfConnection, id)).map(toOAuthClient);
  }

  @Mutation(() => OAuthClientPayload, {
    description:
      'Lets a program have short-lived SCIM tokens of a connection. Whoever does needs what such a token allows.',
  })
  @Requires('tokens:write')
  async createOAuthClient(
    @Arg('input', () => CreateOAuthClientInput, { description: 'The client.' }) input: NewOAuthClient,
    @Ctx() context: MutationContext,
  ): Promise<OAuthClientPayload> {
    return { client: toOAuthClient(await createOAuthClient(scopeOf(context), input)) };
  }

  @Mutation(() => OAuthClientPayload, {
    description:
      'Gives a client other keys, and ends the access tokens that it has. Whoever does needs what a SCIM token of the connection allows.',
  })
  @Requires('tokens:write')
  async rotateOAuthClientKeys(
    @Arg('input', () => RotateOAuthClientKeysInput, { description: 'Which, and the keys.' })
    input: GivenKeys & { id: string },
    @Ctx() context: MutationContext,
  ): Promise<OAuthClientPayload> {
    return { client: toOAuthClient(await rotateOAuthClientKeys(scopeOf(context), input)) };
  }

  @Mutation(() => DeleteOAuthClientPayload, {
    description:
      'Ends a client and the access tokens that it has. Whoever does needs what a SCIM token of the connection allows.',
  })
  @Requires('tokens:write')
  async deleteOAuthClient(
    @Arg('input', () => DeleteOAuthClientInput, { description: 'Which.' }) { id }: DeleteOAuthClientInput,
    @Ctx() context: MutationContext,
  ): Promise<DeleteOAuthClientPayload> {
    return { deletedId: (await deleteOAuthClient(scopeOf(context), id)).id };
  }

  @Mutation(() => AccessTokenPayload, {
    description:
      'Gives a program an access token for SCIM by the assertion that it has signed. It can not be rehearsed.',
  })
  @Requires('anyone')
  async issueAccessToken(
    @Arg('input', () => IssueAccessTokenInput, { description: 'By what.' }) input: AccessTokenRequest,
    @Ctx() context: MutationContext,
  ): Promise<AccessTokenPayload> {
    assertNoRehearsal(context.rehearsal, 'what an assertion is used up for');
    const { platform, work, requestId, address } = context;
    const { keys, publicUrl } = platform;
    const scope = { db: platform.database.sql, work, keys, publicUrl, requestId, address };
    const { accountId, accessToken, expiresInSeconds } = await issueAccessToken(scope, input);
    context.accounts = [accountId];
    return { accessToken, expiresInSeconds, scope: SCIM_SCOPE };
  }
}

const scopeOf = (context: MutationContext): ClientScope => ({
  work: context.work,
  authorship: authorshipOf(context),
  viewer: signedIn(context.viewer),
  fetch: context.platform.fetch,
});
