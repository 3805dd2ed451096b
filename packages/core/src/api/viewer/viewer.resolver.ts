import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { findAccount } from '../../accounts/find-accounts.ts';
import { personOf, signedIn } from '../../authorization/viewer.ts';
import { findToken } from '../../tokens/find-tokens.ts';
import { findUser } from '../../users/find-users.ts';
import { AccountObject, toAccount } from '../accounts/account.type.ts';
import type { RequestContext } from '../request/request-context.ts';
import { PermissionObject, toPermissions } from '../roles/role.type.ts';
import { declareEnum } from '../schema/enums.ts';
import { Requires } from '../schema/requires.ts';
import { TokenObject, toToken } from '../tokens/token.type.ts';
import { toUser, UserObject } from '../users/user.type.ts';

const ViewerKind = declareEnum('ViewerKind', 'Who can ask.', {
  USER: 'A person who signed in.',
  TOKEN: 'A machine with a token.',
  OPERATOR: 'Whoever runs the platform.',
});

@ObjectType('Viewer', { description: 'Who asks, and what they may do.', simpleResolvers: true })
class ViewerObject {
  @Field(() => ViewerKind, { description: 'Who asks.' })
  kind!: string;
  @Field(() => AccountObject, {
    nullable: true,
    description: 'In which account; null for an operator who named none.',
  })
  account!: AccountObject | null;
  @Field(() => UserObject, {
    nullable: true,
    description: 'The person, when it is one or a token that acts for one.',
  })
  user!: UserObject | null;
  @Field(() => TokenObject, { nullable: true, description: 'The token, when it is one.' })
  token!: TokenObject | null;
  @Field(() => [PermissionObject], { description: 'What they may do.' })
  permissions!: PermissionObject[];
}

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
