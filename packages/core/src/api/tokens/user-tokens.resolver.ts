import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { UserObject } from '../users/user.type.ts';
import { tokensOfUser } from './token.loaders.ts';
import { TokenObject, toToken } from './token.type.ts';

@Resolver(() => UserObject)
export class UserTokensResolver {
  @FieldResolver(() => [TokenObject], {
    nullable: true,
    description: 'The tokens that act for the person and are good, newest first, 100 at most.',
  })
  @Requires('tokens:read')
  async tokens(@Root() { id }: UserObject, @Ctx() { loaders }: RequestContext): Promise<TokenObject[]> {
    return (await loaders.load(tokensOfUser, id)).map(toToken);
  }
}
