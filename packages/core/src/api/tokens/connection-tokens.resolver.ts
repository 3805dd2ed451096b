import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ConnectionType } from '../connections/connection.type.ts';
import type { RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { tokensOfConnection } from './token.loaders.ts';
import { TokenType, toToken } from './token.type.ts';

@Resolver(() => ConnectionType)
export class ConnectionTokensResolver {
  @FieldResolver(() => [TokenType], { description: 'Its tokens, newest first.' })
  @Requires('tokens:read')
  async tokens(@Root() { id }: ConnectionType, @Ctx() { loaders }: RequestContext): Promise<TokenType[]> {
    return (await loaders.load(tokensOfConnection, id)).map(toToken);
  }
}
