import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { createAccount, type NewAccount } from '../../accounts/create-account.ts';
import { findAccount, listAccounts } from '../../accounts/find-accounts.ts';
import { graphqlUrl, scimUrl } from '../../accounts/urls.ts';
import { accountOf, signedIn } from '../../authorization/viewer.ts';
import { tokenEndpoint } from '../../oauth-clients/issue-access-token.ts';
import { DEFAULT_PAGE_SIZE } from '../../pages/page.ts';
import { defaultRoles } from '../../roles/find-roles.ts';
import type { MutationContext, RequestContext } from '../request/request-context.ts';
import { RoleObject, toRole } from '../roles/role.type.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';
import { toUser } from '../users/user.type.ts';
import {
  AccountObject,
  AccountPage,
  CreateAccountInput,
  CreateAccountPayload,
  toAccount,
} from './account.type.ts';

@Resolver(() => AccountObject)
export class AccountResolver {
  @Query(() => AccountObject, { description: 'The account of the viewer.' })
  @Requires('account:read')
  async account(@Ctx() { db, viewer }: RequestContext): Promise<AccountObject> {
    const id = accountOf(viewer);
    const record = await findAccount(db, id);
    if (record === undefined) throw new Error(`The account ${id} of a viewer is gone.`);
    return toAccount(record);
  }

  @Query(() => AccountPage, { description: 'All accounts: for the operator.' })
  @Requires('accounts:write')
  async accounts(
    @Arg('first', () => Int, { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' })
    first: number,
    @Arg('after', () => CursorScalar, { nullable: true, description: 'Those that come after this place.' })
    after: string | null,
    @Ctx() { db }: RequestContext,
  ): Promise<PageObject<AccountObject>> {
    return toPage(await listAccounts(db, { first, after }), toAccount);
  }

  @Mutation(() => CreateAccountPayload, {
    description: 'Creates an account with its first admin: for the operator.',
  })
  @Requires('accounts:write')
  async createAccount(
    @Arg('input', () => CreateAccountInput, { description: 'The account.' }) input: NewAccount,
    @Ctx() context: MutationContext,
  ): Promise<CreateAccountPayload> {
    const { work, requestId } = context;
    const viewer = signedIn(context.viewer);
    const made = await createAccount(work, { actor: viewer.actor, requestId }, input);
    const { account, admin, adminPassword } = made;
    context.answersTo = { ...viewer, accountId: account.id };
    return {
      account: toAccount({ ...account, role_source: account.roleSource, created_at: account.createdAt }),
      admin: toUser(admin),
      adminPassword,
    };
  }

  @FieldResolver(() => String, {
    description: 'What to paste into an identity provider as the SCIM base URL.',
  })
  @Requires('signed-in')
  scimUrl(@Root() { id }: AccountObject, @Ctx() { platform }: RequestContext): string {
    return scimUrl(platform.publicUrl, id);
  }

  @FieldResolver(() => String, {
    description:
      'Where programs ask for SCIM tokens (OAuth 2.0): the token endpoint, and the audience of what they sign.',
  })
  @Requires('signed-in')
  tokenEndpoint(@Ctx() { platform }: RequestContext): string {
    return tokenEndpoint(platform.publicUrl);
  }

  @FieldResolver(() => String, { description: 'Where this API is reached.' })
  @Requires('signed-in')
  graphqlUrl(@Ctx() { platform }: RequestContext): string {
    return graphqlUrl(platform.publicUrl);
  }

  @FieldResolver(() => [RoleObject], { description: 'What people have who were granted nothing.' })
  @Requires('roles:read')
  async defaultRoles(@Root() { id }: AccountObject, @Ctx() { db }: RequestContext): Promise<RoleObject[]> {
    return (await defaultRoles(db, id)).map(toRole);
  }
}
