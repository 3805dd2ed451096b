import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { acceptLogoutToken, type LogoutRequest } from '../../openid-connect/accept-logout-token.ts';
import { assertNoRehearsal } from '../request/rehearsal-header.ts';
import { forgetCredential, type MutationContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';

@InputType({ description: 'What an OpenID provider sent because it has ended sessions.' })
class AcceptLogoutTokenInput {
  @Field(() => ID, { description: 'To which sign-in connection.' })
  signInConnectionId!: string;
  @Field(() => String, { description: 'The logout token.' })
  logoutToken!: string;
}

@ObjectType({ description: 'The sessions that a logout token names are over.', simpleResolvers: true })
class AcceptLogoutTokenPayload {
  @Field(() => Boolean, { description: 'Always true.' })
  accepted!: boolean;
}

@Resolver()
export class LogoutTokenResolver {
  @Mutation(() => AcceptLogoutTokenPayload, {
    description:
      'Ends the sessions that a provider has ended, by its logout token (OpenID Connect Back-Channel Logout 1.0). It can not be rehearsed.',
  })
  @Requires('anyone')
  async acceptLogoutToken(
    @Arg('input', () => AcceptLogoutTokenInput, { description: 'The token.' }) input: LogoutRequest,
    @Ctx() context: MutationContext,
  ): Promise<AcceptLogoutTokenPayload> {
    assertNoRehearsal(context.rehearsal, 'what a provider tells');
    const { platform, work, requestId, address } = context;
    const { accountId, sessionIds } = await acceptLogoutToken(
      {
        db: platform.database.sql,
        work,
        openIdConnect: platform.providers.OIDC,
        requestId,
        address,
      },
      input,
    );
    context.accounts = [accountId];
    for (const id of sessionIds) forgetCredential(context, id);
    return { accepted: true };
  }
}
