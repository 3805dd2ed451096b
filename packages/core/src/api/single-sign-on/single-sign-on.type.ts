import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { SignInOption } from '../../single-sign-on/sign-in-options.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { SignedInPayload } from '../sign-in/sign-in.type.ts';
import { SignInPresetEnum } from '../sign-in-connections/sign-in-connection.type.ts';

@ObjectType({
  description: 'A sign-in connection, as it is offered before anybody signed in.',
  simpleResolvers: true,
})
export class SignInOptionObject {
  @Field(() => ID, { description: 'The id of the sign-in connection.' })
  id!: string;
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => SignInPresetEnum, { description: 'Whose set-up it is.' })
  preset!: string;
  @Field(() => String, { description: 'The name of its account.' })
  accountName!: string;
}

/** A row as GraphQL shows it. */
export const toSignInOption = ({ id, name, preset, account_name }: SignInOption): SignInOptionObject => ({
  id,
  name,
  preset,
  accountName: account_name,
});

@InputType({ description: 'Who wants to sign in at their identity provider.' })
export class BeginSingleSignOnInput {
  @Field(() => ID, { description: 'By which sign-in connection.' })
  signInConnectionId!: string;
}
declareFields(BeginSingleSignOnInput, {
  issuer: {
    description:
      'Who the provider has to be, where it sent the person itself: `iss` of OpenID Connect Core §4.',
    type: () => String,
  },
  loginHint: { description: 'Who they are, as far as it is known: `login_hint`.', type: () => String },
  returnTo: {
    description: 'Where to go then, within the pages of the admin: `target_link_uri`.',
    type: () => String,
  },
  browserSecret: { description: 'What the browser got when it began before.', type: () => String },
});

@ObjectType({ description: 'A field of a form.', simpleResolvers: true })
export class FormFieldObject {
  @Field(() => String, { description: 'Its name.' })
  name!: string;
  @Field(() => String, { description: 'Its value.' })
  value!: string;
}

@ObjectType({ description: 'A sign-in that goes on at the provider.', simpleResolvers: true })
export class BeginSingleSignOnPayload {
  @Field(() => String, { description: 'Where the browser goes now.' })
  redirectUrl!: string;
  @Field(() => [FormFieldObject], {
    nullable: true,
    description: 'What it posts there, as fields of a form; null where it opens the address.',
  })
  formFields!: readonly FormFieldObject[] | null;
  @Field(() => String, { description: 'What the browser has to come back with, for no script to read.' })
  browserSecret!: string;
  @Field(() => Int, { description: 'How long it may take, in seconds.' })
  expiresInSeconds!: number;
}

@InputType({ description: 'What a browser came back with.' })
export class FinishSingleSignOnInput {
  @Field(() => ID, { description: 'By which sign-in connection.' })
  signInConnectionId!: string;
  @Field(() => String, { description: 'The query of the address, as the provider wrote it.' })
  query!: string;
}
declareFields(FinishSingleSignOnInput, {
  browserSecret: { description: 'What the browser got when it began.', type: () => String },
});

@ObjectType({ description: 'A session, its secret this once, and where to go.', simpleResolvers: true })
export class FinishSingleSignOnPayload extends SignedInPayload {
  @Field(() => String, { nullable: true, description: 'Where the person wanted to go: a path.' })
  returnPath!: string | null;
}

@InputType({ description: 'What a provider had a browser post by SAML 2.0.' })
export class ReceiveSamlResponseInput {
  @Field(() => ID, { description: 'To which sign-in connection.' })
  signInConnectionId!: string;
  @Field(() => String, { description: 'The form field `SAMLResponse`.' })
  samlResponse!: string;
}

@ObjectType({ description: 'An answer of a provider that was verified.', simpleResolvers: true })
export class ReceiveSamlResponsePayload {
  @Field(() => String, {
    nullable: true,
    description:
      'With it the browser that began finishes, as `code` in the `query` of finishSingleSignOn, within a minute. Null where the provider began: then nobody is signed in, and the browser may begin here.',
  })
  code!: string | null;
}
