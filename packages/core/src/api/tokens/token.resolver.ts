import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { accountOf, signedIn } from '../../authorization/viewer.ts';
import { invalidInput } from '../../errors/domain-error.ts';
import { DEFAULT_PAGE_SIZE } from '../../pages/page.ts';
import { isUuid } from '../../text/uuid.ts';
import {
  issueOwnToken,
  issueToken,
  type NewOwnToken,
  type NewToken,
  revokeToken,
  rotateToken,
} from '../../tokens/change-tokens.ts';
import { findToken, listTokens } from '../../tokens/find-tokens.ts';
import { connectionById } from '../connections/connection.loaders.ts';
import { ConnectionObject, toConnection } from '../connections/connection.type.ts';
import {
  authorshipOf,
  forgetCredential,
  type MutationContext,
  type RequestContext,
} from '../request/request-context.ts';
import { type PageObject, toPage } from '../schema/page-type.ts';
import { Requires } from '../schema/requires.ts';
import { CursorScalar } from '../schema/scalars.ts';
import {
  IssueOwnTokenInput,
  IssueTokenInput,
  RevokeTokenInput,
  RotateTokenInput,
  TokenObject,
  TokenPage,
  TokenPayload,
  TokenSecretPayload,
  tokenFromEntity,
  toToken,
} from './token.type.ts';

@Resolver(() => TokenObject)
export class TokenResolver {
  @Query(() => TokenObject, { nullable: true, description: 'A token by id; null when there is none.' })
  @Requires('tokens:read')
  async token(
    @Arg('id', () => ID, { description: 'The id.' }) id: string,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<TokenObject | null> {
    const record = isUuid(id) ? await findToken(db, accountOf(viewer), id) : undefined;
    return record === undefined ? null : toToken(record);
  }

  @Query(() => TokenPage, { description: 'The tokens of the account, newest first.' })
  @Requires('tokens:read')
  async tokens(
    @Arg('first', () => Int, { defaultValue: DEFAULT_PAGE_SIZE, description: 'How many, 1 to 500.' })
    first: number,
    @Arg('after', () => CursorScalar, { nullable: true, description: 'Those that come after this place.' })
    after: string | null,
    @Arg('expiringSoon', () => Boolean, {
      defaultValue: false,
      description: 'Only those whose `expiresSoon` is true, the soonest first?',
    })
    expiringSoon: boolean,
    @Ctx() { db, viewer }: RequestContext,
  ): Promise<PageObject<TokenObject>> {
    const choice = expiringSoon ? 'EXPIRING_SOON' : 'ALL';
    return toPage(await listTokens(db, accountOf(viewer), choice, { first, after }), toToken);
  }

  @Mutation(() => TokenSecretPayload, {
    description: 'Issues a token. Its secret is in the answer and nowhere else.',
  })
  @Requires('tokens:write')
  async issueToken(
    @Arg('input', () => IssueTokenInput, { description: 'The token.' }) input: NewToken,
    @Ctx() context: MutationContext,
  ): Promise<TokenSecretPayload> {
    const { token, secret } = await issueToken(
      context.work,
      authorshipOf(context),
      signedIn(context.viewer),
      input,
    );
    return { token: tokenFromEntity(token), secret };
  }

  @Mutation(() => TokenSecretPayload, {
    description:
      'Issues a token that acts for you, who are signed in: it may do no more than you may at that moment. It takes no `tokens:write`, so no token does it.',
  })
  @Requires('signed-in')
  async issueOwnToken(
    @Arg('input', () => IssueOwnTokenInput, { description: 'The token.' }) input: NewOwnToken,
    @Ctx() context: MutationContext,
  ): Promise<TokenSecretPayload> {
    const { viewer } = context;
    if (viewer.kind !== 'USER')
      throw invalidInput(
        'authorization',
        'is no session: people who are signed in issue tokens for themselves. A token with tokens:write uses issueToken.',
      );
    const { token, secret } = await issueOwnToken(context.work, authorshipOf(context), viewer, input);
    return { token: tokenFromEntity(token), secret };
  }

  @Mutation(() => TokenSecretPayload, {
    description:
      'Gives a token a new secret, with an overlap if you like. Of several at one moment the first does; the others are refused with VERSION_MISMATCH.',
  })
  @Requires('tokens:write')
  async rotateToken(
    @Arg('input', () => RotateTokenInput, { description: 'Which, and how.' }) input: RotateTokenInput,
    @Ctx() context: MutationContext,
  ): Promise<TokenSecretPayload> {
    const { token, secret } = await rotateToken(
      context.work,
      authorshipOf(context),
      signedIn(context.viewer),
      input,
    );
    forgetCredential(context, token.id);
    return { token: tokenFromEntity(token), secret };
  }

  @Mutation(() => TokenPayload, {
    description:
      'Ends a token, everywhere at once: one that acts for you, or with tokens:write one of others.',
  })
  @Requires('signed-in')
  async revokeToken(
    @Arg('input', () => RevokeTokenInput, { description: 'Which.' }) { id }: RevokeTokenInput,
    @Ctx() context: MutationContext,
  ): Promise<TokenPayload> {
    const token = await revokeToken(context.work, authorshipOf(context), signedIn(context.viewer), id);
    forgetCredential(context, token.id);
    return { token: tokenFromEntity(token) };
  }

  @FieldResolver(() => ConnectionObject, {
    nullable: true,
    description: 'The connection it belongs to, for kind SCIM.',
  })
  @Requires('tokens:read')
  async connection(
    @Root() { record }: TokenObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ConnectionObject | null> {
    const found =
      record.connection_id === null ? undefined : await loaders.load(connectionById, record.connection_id);
    return found === undefined ? null : toConnection(found);
  }
}
