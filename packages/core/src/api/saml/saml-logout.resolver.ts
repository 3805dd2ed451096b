import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { acceptSamlLogout, type BroughtLogout } from '../../saml-sign-in/accept-logout.ts';
import { assertNoRehearsal } from '../request/rehearsal-header.ts';
import { forgetCredential, type MutationContext } from '../request/request-context.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { Requires } from '../schema/requires.ts';

@InputType({
  description:
    'What a provider of SAML 2.0 had a browser bring because it has ended sessions: `samlRequest` or `query`.',
})
class AcceptSamlLogoutInput {
  @Field(() => ID, { description: 'To which sign-in connection.' })
  signInConnectionId!: string;
}
declareFields(AcceptSamlLogoutInput, {
  samlRequest: { description: 'The form field `SAMLRequest`, of the binding HTTP-POST.', type: () => String },
  query: {
    description: 'The query of the address as the provider wrote it, of the binding HTTP-Redirect.',
    type: () => String,
  },
  relayState: { description: 'What the provider wants back with our answer.', type: () => String },
});

@ObjectType({ description: 'The sessions that a provider has ended are over.', simpleResolvers: true })
class AcceptSamlLogoutPayload {
  @Field(() => String, {
    nullable: true,
    description:
      'Where the browser goes on with our answer; null where the provider takes none in an address.',
  })
  redirectUrl!: string | null;
}

@Resolver()
export class SamlLogoutResolver {
  @Mutation(() => AcceptSamlLogoutPayload, {
    description:
      'Ends the sessions that a provider of SAML 2.0 has ended, by its signed LogoutRequest. It can not be rehearsed.',
  })
  @Requires('anyone')
  async acceptSamlLogout(
    @Arg('input', () => AcceptSamlLogoutInput, { description: 'The request.' }) input: BroughtLogout,
    @Ctx() context: MutationContext,
  ): Promise<AcceptSamlLogoutPayload> {
    assertNoRehearsal(context.rehearsal, 'what a provider tells');
    const { platform, work, requestId, address } = context;
    const { sealer, adminUrl, database } = platform;
    const { accountId, sessionIds, redirectUrl } = await acceptSamlLogout(
      { db: database.sql, work, sealer, adminUrl, requestId, address },
      input,
    );
    context.accounts = [accountId];
    for (const id of sessionIds) forgetCredential(context, id);
    return { redirectUrl };
  }
}
