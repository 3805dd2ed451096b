import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { accountOf, signedIn } from '../../authorization/viewer.ts';
import type { SignInProtocol } from '../../model/sign-in-connection.entity.ts';
import { problemOfIssuer } from '../../openid-connect/check-issuer.ts';
import { DEFAULT_PAGE_SIZE } from '../../pages/page.ts';
import { sealerOf } from '../../sealing/sealer-of.ts';
import {
  createSignInConnection,
  deleteSignInConnection,
  type NewSignInConnection,
  type SessionsToo,
  type SignInConnectionProperties,
  type SignInConnectionScope,
  updateSignInConnection,
} from '../../sign-in-connections/change-sign-in-connections.ts';
import { listSignInConnections } from '../../sign-in-connections/find-sign-in-connections.ts';
import { draftSignInConnection } from '../../sign-in-connections/sign-in-connection-draft.ts';
import {
  backchannelLogoutUri,
  entityId,
  initiateLoginUri,
  postLogoutRedirectUri,
  redirectUri,
} from '../../sign-in-connections/urls.ts';
import { isUuid } from '../../text/uuid.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';
import { linkCount, signInConnectionById } from './sign-in-connection.loaders.ts';
import {
  CreateSignInConnectionInput,
  DeleteSignInConnectionInput,
  DeleteSignInConnectionPayload,
  IssuerCheckObject,
  SignInConnectionDraftObject,
  SignInConnectionObject,
  SignInConnectionPage,
  SignInConnectionPayload,
  SignInProtocolEnum,
  signInConnectionFromEntity,
  toSignInConnection,
  UpdateSignInConnectionInput,
} from './sign-in-connection.type.ts';

@Resolver(() => SignInConnectionObject)
export class SignInConnectionResolver {
  @Query(() => SignInConnectionPage, { description: 'The sign-in connections of the account.' })
  @Requires('sign-in:read')
  async signInConnections(
    @Arg('first', () => Int, { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' })
    first: number,
    @Arg('after', () => CursorScalar, { nullable: true, description: 'Those that come after this place.' })
    after: string | null,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<SignInConnectionObject>> {
    return toPage(await listSignInConnections(db, accountOf(viewer), { first, after }), toSignInConnection);
  }

  @Query(() => SignInConnectionObject, { nullable: true, description: 'A sign-in connection by id.' })
  @Requires('sign-in:read')
  async signInConnection(
    @Arg('id', () => ID, { description: 'Which.' }) id: string,
    @Ctx() { loaders }: RequestContext,
  ): Promise<SignInConnectionObject | null> {
    const found = isUuid(id) ? await loaders.load(signInConnectionById, id.toLowerCase()) : undefined;
    return found === undefined ? null : toSignInConnection(found);
  }

  @Query(() => SignInConnectionDraftObject, {
    description: 'Addresses for a sign-in connection that is going to be created; nothing is written.',
  })
  @Requires('sign-in:write')
  async signInConnectionDraft(
    @Arg('protocol', () => SignInProtocolEnum, {
      nullable: true,
      description: 'By which protocol; OIDC when left out.',
    })
    protocol: SignInProtocol | null,
    @Ctx() { platform: { sealer, adminUrl }, viewer }: RequestContext,
  ): Promise<SignInConnectionDraftObject> {
    const { id, draft } = await draftSignInConnection(sealerOf(sealer), accountOf(viewer));
    const drafted = { id, protocol: protocol ?? 'OIDC' } as const;
    return {
      draft,
      redirectUri: redirectUri(adminUrl, drafted),
      initiateLoginUri: initiateLoginUri(adminUrl, drafted),
      entityId: protocol === 'SAML' ? entityId(adminUrl, id) : null,
    };
  }

  @Query(() => IssuerCheckObject, {
    description: 'Asks an issuer for its metadata, as a sign-in would.',
  })
  @Requires('sign-in:write')
  async issuerCheck(
    @Arg('issuer', () => String, { description: 'The issuer, exactly as the provider writes it.' })
    issuer: string,
    @Ctx() { platform }: RequestContext,
  ): Promise<IssuerCheckObject> {
    return { issuer, problem: await problemOfIssuer(platform.fetch, issuer) };
  }

  @Mutation(() => SignInConnectionPayload, {
    description: 'Creates a sign-in connection. Whoever does needs every permission of the account.',
  })
  @Requires('sign-in:write')
  async createSignInConnection(
    @Arg('input', () => CreateSignInConnectionInput, { description: 'The sign-in connection.' })
    input: NewSignInConnection,
    @Ctx() context: MutationContext,
  ): Promise<SignInConnectionPayload> {
    const created = await createSignInConnection(scopeOf(context), input);
    return { signInConnection: signInConnectionFromEntity(created) };
  }

  @Mutation(() => SignInConnectionPayload, {
    description:
      'Changes a sign-in connection. Whoever does needs every permission of the account. With another issuer or client id all links are forgotten; another issuer takes its own client secret.',
  })
  @Requires('sign-in:write')
  async updateSignInConnection(
    @Arg('input', () => UpdateSignInConnectionInput, { description: 'Which, and what to change.' })
    input: SignInConnectionProperties & SessionsToo & { id: string },
    @Ctx() context: MutationContext,
  ): Promise<SignInConnectionPayload> {
    const updated = await updateSignInConnection(scopeOf(context), input);
    return { signInConnection: signInConnectionFromEntity(updated) };
  }

  @Mutation(() => DeleteSignInConnectionPayload, {
    description:
      'Deletes a sign-in connection and its links. The sessions end that began by it, unless they are to go on.',
  })
  @Requires('sign-in:write')
  async deleteSignInConnection(
    @Arg('input', () => DeleteSignInConnectionInput, { description: 'Which.' })
    input: SessionsToo & { id: string },
    @Ctx() context: MutationContext,
  ): Promise<DeleteSignInConnectionPayload> {
    return { deletedId: await deleteSignInConnection(scopeOf(context), input) };
  }

  @FieldResolver(() => String, {
    description: 'The redirect URI (sign-in redirect URI) to register at the provider; by SAML the ACS URL.',
  })
  @Requires('sign-in:read')
  redirectUri(@Root() connection: SignInConnectionObject, @Ctx() { platform }: RequestContext): string {
    return redirectUri(platform.adminUrl, connection);
  }

  @FieldResolver(() => String, {
    description: 'The initiate login URI to register at the provider, for signing in from its own pages.',
  })
  @Requires('sign-in:read')
  initiateLoginUri(@Root() connection: SignInConnectionObject, @Ctx() { platform }: RequestContext): string {
    return initiateLoginUri(platform.adminUrl, connection);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'By SAML: what the provider calls us (entity id, audience), and where our metadata are to be read.',
  })
  @Requires('sign-in:read')
  entityId(
    @Root() { id, protocol }: SignInConnectionObject,
    @Ctx() { platform }: RequestContext,
  ): string | null {
    return protocol === 'SAML' ? entityId(platform.adminUrl, id) : null;
  }

  @FieldResolver(() => String, {
    description:
      'The back-channel logout URI to register at the provider, so that sessions end here as soon as they end there.',
  })
  @Requires('sign-in:read')
  backchannelLogoutUri(@Root() { id }: SignInConnectionObject, @Ctx() { platform }: RequestContext): string {
    return backchannelLogoutUri(platform.adminUrl, id);
  }

  @FieldResolver(() => String, {
    description:
      'The post logout redirect URI (sign-out redirect URI) to register at the provider, where `signOutAtProvider` is on.',
  })
  @Requires('sign-in:read')
  postLogoutRedirectUri(@Ctx() { platform }: RequestContext): string {
    return postLogoutRedirectUri(platform.adminUrl);
  }

  @FieldResolver(() => Int, { description: 'How many subjects of the provider are linked to people by it.' })
  @Requires('sign-in:read')
  linkCount(@Root() { id }: SignInConnectionObject, @Ctx() { loaders }: RequestContext): Promise<number> {
    return loaders.load(linkCount, id);
  }
}

/** Who changes a sign-in connection, as the request says. */
export const scopeOf = (context: MutationContext): SignInConnectionScope => ({
  work: context.work,
  authorship: authorshipOf(context),
  viewer: signedIn(context.viewer),
  fetch: context.platform.fetch,
  sealer: context.platform.sealer,
});
