import { Ctx, FieldResolver, Resolver } from 'type-graphql';
import { personOf } from '../../authorization/viewer.ts';
import type { RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { tokensOfUser } from '../tokens/token.loaders.ts';
import { TokenObject, toToken } from '../tokens/token.type.ts';
import { ViewerObject } from './viewer.type.ts';

@Resolver(() => ViewerObject)
export class ViewerTokensResolver {
  @FieldResolver(() => [TokenObject], {
    description: 'The tokens that act for the person and are good, newest first, 100 at most.',
  })
  @Requires('signed-in')
  async tokens(@Ctx() { loaders, viewer }: RequestContext): Promise<TokenObject[]> {
    const userId = personOf(viewer);
    return userId === null ? [] : (await loaders.load(tokensOfUser, userId)).map(toToken);
  }
}
