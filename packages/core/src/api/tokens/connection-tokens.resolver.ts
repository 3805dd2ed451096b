import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ConnectionObject } from '../connections/connection.type.ts';
import type { RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { tokensOfConnection } from './token.loaders.ts';
import { TokenObject, toToken } from './token.type.ts';

@Resolver(() => ConnectionObject)
export class ConnectionTokensResolver {
  @FieldResolver(() => [TokenObject], { description: 'Its tokens, newest first.' })
  @Requires('tokens:read')
  async tokens(@Root() { id }: ConnectionObject, @Ctx() { loaders }: RequestContext): Promise<TokenObject[]> {
    return (await loaders.load(tokensOfConnection, id)).map(toToken);
  }
}
