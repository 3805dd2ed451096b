import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { accountOf, signedIn } from '../../authorization/viewer.ts';
import {
  type LinkScope,
  type LinkToMake,
  type LinkToTakeBack,
  linkIdentity,
  unlinkIdentity,
} from '../../identity-links/change-identity-links.ts';
import { type IdentityLinkFilter, listIdentityLinks } from '../../identity-links/find-identity-links.ts';
import { authorshipOf, type MutationContext, type RequestContext } from '../request/request-context.ts';
import { ForwardPageArgs } from '../schema/page.inputs.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { signInConnectionById } from '../sign-in-connections/sign-in-connection.loaders.ts';
import {
  SignInConnectionObject,
  toSignInConnection,
} from '../sign-in-connections/sign-in-connection.type.ts';
import { userById } from '../users/user.loaders.ts';
import { toUser, UserObject } from '../users/user.type.ts';
import {
  IdentityLinkFilterInput,
  IdentityLinkObject,
  IdentityLinkPage,
  LinkIdentityInput,
  LinkIdentityPayload,
  toIdentityLink,
  UnlinkIdentityInput,
  UnlinkIdentityPayload,
} from './identity-link.type.ts';

@Resolver(() => IdentityLinkObject)
export class IdentityLinkResolver {
  @Query(() => IdentityLinkPage, { description: 'Who is linked to which subject of which provider.' })
  @Requires('sign-in:read')
  async identityLinks(
    @Arg('filter', () => IdentityLinkFilterInput, {
      nullable: true,
      description: 'Which; all when left out.',
    })
    filter: IdentityLinkFilter | null,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<IdentityLinkObject>> {
    return toPage(await listIdentityLinks(db, accountOf(viewer), { ...page, filter }), toIdentityLink);
  }

  @Mutation(() => LinkIdentityPayload, {
    description:
      'Says whom a subject of a provider means. Whoever does may do as much as that person: who is the subject signs in as them.',
  })
  @Requires('sign-in:write')
  async linkIdentity(
    @Arg('input', () => LinkIdentityInput, { description: 'Whom, and which subject.' }) input: LinkToMake,
    @Ctx() context: MutationContext,
  ): Promise<LinkIdentityPayload> {
    const { link, changed } = await linkIdentity(scopeOf(context), input);
    return { identityLink: toIdentityLink(link), changed };
  }

  @Mutation(() => UnlinkIdentityPayload, {
    description:
      'Takes a link back: the next sign-in of the subject is a first one again. Whoever does may do as much as the person.',
  })
  @Requires('sign-in:write')
  async unlinkIdentity(
    @Arg('input', () => UnlinkIdentityInput, { description: 'Which.' }) input: LinkToTakeBack,
    @Ctx() context: MutationContext,
  ): Promise<UnlinkIdentityPayload> {
    return { unlinkedId: await unlinkIdentity(scopeOf(context), input) };
  }

  @FieldResolver(() => SignInConnectionObject, { description: 'By which sign-in connection.' })
  @Requires('sign-in:read')
  async signInConnection(
    @Root() { record }: IdentityLinkObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<SignInConnectionObject> {
    const connection = await loaders.load(signInConnectionById, record.sign_in_connection_id);
    if (connection === undefined)
      throw new Error(`The sign-in connection ${record.sign_in_connection_id} of a link is gone.`);
    return toSignInConnection(connection);
  }

  @FieldResolver(() => UserObject, { description: 'The person.' })
  @Requires('users:read')
  async user(
    @Root() { record }: IdentityLinkObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<UserObject> {
    const user = await loaders.load(userById, record.user_id);
    if (user === undefined) throw new Error(`The person ${record.user_id} of a link is gone.`);
    return toUser(user);
  }
}

const scopeOf = (context: MutationContext): LinkScope => ({
  work: context.work,
  authorship: authorshipOf(context),
  viewer: signedIn(context.viewer),
  outbox: context.platform.outbox,
});
