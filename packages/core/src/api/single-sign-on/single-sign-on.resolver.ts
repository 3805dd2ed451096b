import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { committedWork } from '../../database/work.ts';
import { withFollowers } from '../../followers/follower.ts';
import { findMetadata } from '../../saml-sign-in/find-metadata.ts';
import { type PostedResponse, receiveResponse } from '../../saml-sign-in/receive-response.ts';
import {
  type BegunSingleSignOn,
  beginSingleSignOn,
  type SingleSignOnRequest,
  type SingleSignOnScope,
} from '../../single-sign-on/begin-single-sign-on.ts';
import { type BrowserAnswer, finishSingleSignOn } from '../../single-sign-on/finish-single-sign-on.ts';
import { findSignInOptions } from '../../single-sign-on/sign-in-options.ts';
import { assertNoRehearsal } from '../request/rehearsal-header.ts';
import type { MutationContext, RequestContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { answerOfSignIn } from '../sign-in/answer-of-sign-in.ts';
import {
  BeginSingleSignOnInput,
  BeginSingleSignOnPayload,
  FinishSingleSignOnInput,
  FinishSingleSignOnPayload,
  ReceiveSamlResponseInput,
  ReceiveSamlResponsePayload,
  SignInOptionObject,
  toSignInOption,
} from './single-sign-on.type.ts';

@Resolver()
export class SingleSignOnResolver {
  @Query(() => [SignInOptionObject], {
    description:
      'By which sign-in connections somebody can sign in: those of an account, or of the accounts that have proven the domain of an e-mail address.',
  })
  @Requires('anyone')
  async signInOptions(
    @Arg('email', () => String, { nullable: true, description: 'An e-mail address.' }) email: string | null,
    @Arg('accountId', () => ID, { nullable: true, description: 'An account.' }) accountId: string | null,
    @Ctx() { db }: RequestContext,
  ): Promise<SignInOptionObject[]> {
    return (await findSignInOptions(db, { email, accountId })).map(toSignInOption);
  }

  @Mutation(() => BeginSingleSignOnPayload, {
    description: 'Begins to sign somebody in at their identity provider. It can not be rehearsed.',
  })
  @Requires('anyone')
  async beginSingleSignOn(
    @Arg('input', () => BeginSingleSignOnInput, { description: 'By what.' }) input: SingleSignOnRequest,
    @Ctx() context: MutationContext,
  ): Promise<BeginSingleSignOnPayload> {
    // What it writes is no event, so nobody is to hear of it.
    context.accounts = [];
    return toBegun(await beginSingleSignOn(singleSignOnScope(context), input));
  }

  @Query(() => String, {
    nullable: true,
    description: 'What a provider of SAML 2.0 has to know of us for a sign-in connection: our metadata.',
  })
  @Requires('anyone')
  async samlMetadata(
    @Arg('signInConnectionId', () => ID, { description: 'For which sign-in connection.' }) id: string,
    @Ctx() { db, platform }: RequestContext,
  ): Promise<string | null> {
    return findMetadata(db, { id, adminUrl: platform.adminUrl });
  }

  @Mutation(() => ReceiveSamlResponsePayload, {
    description:
      'Verifies what a provider of SAML 2.0 had a browser post, and keeps it for the browser that began. It can not be rehearsed.',
  })
  @Requires('anyone')
  receiveSamlResponse(
    @Arg('input', () => ReceiveSamlResponseInput, { description: 'What was posted, and where.' })
    input: PostedResponse,
    @Ctx() context: MutationContext,
  ): Promise<ReceiveSamlResponsePayload> {
    // What it writes is no event, so nobody is to hear of it.
    context.accounts = [];
    return receiveResponse(singleSignOnScope(context), input);
  }

  @Mutation(() => FinishSingleSignOnPayload, {
    description: 'Signs in whom the identity provider says it is. It can not be rehearsed.',
  })
  @Requires('anyone')
  async finishSingleSignOn(
    @Arg('input', () => FinishSingleSignOnInput, { description: 'With what the browser came back.' })
    input: BrowserAnswer,
    @Ctx() context: MutationContext,
  ): Promise<FinishSingleSignOnPayload> {
    const { work, platform } = context;
    const scope = {
      ...singleSignOnScope(context),
      work,
      outbox: platform.outbox,
      newWork: (accountId: string) =>
        // Whoever is created is in no group that could give them a role.
        withFollowers(
          committedWork(platform.database.writing({ owner: accountId })),
          platform.allFollowers,
          [],
        ),
    };
    const started = await finishSingleSignOn(scope, input);
    return { ...(await answerOfSignIn(context, started)), returnPath: started.returnPath };
  }
}

/** What is sent to a provider can not be taken back. */
export function singleSignOnScope({
  platform,
  rehearsal,
  requestId,
  address,
  userAgent,
}: MutationContext): SingleSignOnScope {
  assertNoRehearsal(rehearsal, 'signing in at a provider');
  const { database, providers, sealer, adminUrl } = platform;
  return { db: database.sql, providers, sealer, adminUrl, requestId, address, userAgent };
}

/** Where the browser goes now, as GraphQL shows it. */
export const toBegun = ({ formFields, ...begun }: BegunSingleSignOn): BeginSingleSignOnPayload => ({
  ...begun,
  formFields: formFields && Object.entries(formFields).map(([name, value]) => ({ name, value })),
});
