import { Ctx, Query, Resolver } from 'type-graphql';
import { findAccount } from '../../accounts/find-accounts.ts';
import { personOf, signedIn } from '../../authorization/viewer.ts';
import { findToken } from '../../tokens/find-tokens.ts';
import { findUser } from '../../users/find-users.ts';
import { toAccount } from '../accounts/account.type.ts';
import type { RequestContext } from '../request/request-context.ts';
import { toPermissions } from '../roles/role.type.ts';
import { Requires } from '../schema/requires.ts';
import { toToken } from '../tokens/token.type.ts';
import { toUser } from '../users/user.type.ts';
import { ViewerObject } from './viewer.type.ts';

@Resolver()
export class ViewerResolver {
  @Query(() => ViewerObject, { description: 'Who asks, and what they may do.' })
  @Requires('signed-in')
  async viewer(@Ctx() { viewer, db }: RequestContext): Promise<ViewerObject> {
    const { kind, accountId, permissions, ...who } = signedIn(viewer);
    const userId = personOf(viewer);
    const [account, user, token] = await Promise.all([
      accountId === null ? undefined : findAccount(db, accountId),
      userId !== null && accountId !== null ? findUser(db, accountId, userId, plainly) : undefined,
      'tokenId' in who && accountId !== null ? findToken(db, accountId, who.tokenId) : undefined,
    ]);
    return {
      kind,
      account: account === undefined ? null : toAccount(account),
      user: user === undefined ? null : toUser(user),
      token: token === undefined ? null : toToken(token),
      permissions: toPermissions(permissions),
    };
  }
}

const plainly = { connectionId: null, withTeams: false };
