import { Field, InputType, Int, ObjectType } from 'type-graphql';
import type { PendingSignIn } from '../../sign-in/pending-sign-ins.ts';
import { AccountObject } from '../accounts/account.type.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { JsonScalar } from '../schema/scalars.ts';
import { SecondFactor } from '../schema/second-factor.type.ts';
import { SessionObject } from '../sessions/session.type.ts';
import { UserObject } from '../users/user.type.ts';

@ObjectType({ description: 'A session and, this once, its secret.', simpleResolvers: true })
export class SignedInPayload {
  @Field(() => SessionObject, { description: 'The session.' })
  session!: SessionObject;
  @Field(() => String, { description: 'The secret: send it as a bearer token, or keep it in a cookie.' })
  secret!: string;
  @Field(() => UserObject, { description: 'Who signed in.' })
  user!: UserObject;
  @Field(() => AccountObject, { description: 'Into which account.' })
  account!: AccountObject;
}

@ObjectType('PendingSignIn', {
  description:
    'The password was right, and a second factor is yet to be shown or set up. Nothing else can be done with it.',
  simpleResolvers: true,
})
export class PendingSignInObject {
  @Field(() => String, {
    description:
      'The secret, for no script to read. It is good for ten minutes, five attempts, and one session.',
  })
  secret!: string;
  @Field(() => Int, { description: 'How long it may take, in seconds.' })
  expiresInSeconds!: number;
  @Field(() => [SecondFactor], {
    description:
      'What can be shown, with finishSignIn. There is nothing where the account asks for a second factor and the person has none: then one is set up, with beginTotp or beginPasskeyRegistration.',
  })
  secondFactors!: string[];
}

/** A pending sign-in as GraphQL shows it. */
export const toPendingSignIn = (pending: PendingSignIn): PendingSignInObject => ({
  ...pending,
  secondFactors: [...pending.secondFactors],
});

@ObjectType({
  description: 'A session and, this once, its secret; or what comes before it.',
  simpleResolvers: true,
})
export class SignInPayload {
  @Field(() => SessionObject, { nullable: true, description: 'The session; null while it is pending.' })
  session!: SessionObject | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The secret: send it as a bearer token, or keep it in a cookie. Null while the sign-in is pending.',
  })
  secret!: string | null;
  @Field(() => UserObject, { nullable: true, description: 'Who signed in; null while it is pending.' })
  user!: UserObject | null;
  @Field(() => AccountObject, {
    nullable: true,
    description: 'Into which account; null while it is pending.',
  })
  account!: AccountObject | null;
  @Field(() => PendingSignInObject, {
    nullable: true,
    description: 'What comes before the session, where the password is not enough.',
  })
  pending!: PendingSignInObject | null;
}

/** What a second factor is shown by. */
export const shownFactorFields = {
  totpCode: { description: 'The code of the authenticator app: six digits.', type: () => String },
  recoveryCode: { description: 'One of the recovery codes.', type: () => String },
  passkey: {
    description: 'What `navigator.credentials.get` gave for the options of beginPasskeyProof, as JSON.',
    type: () => JsonScalar,
  },
} as const;

@InputType({ description: 'A second factor after the password: one of them.' })
export class FinishSignInInput {
  @Field(() => String, { description: 'The secret of the pending sign-in.' })
  pendingSecret!: string;
}
declareFields(FinishSignInInput, shownFactorFields);

@InputType({ description: 'Who is to show a passkey.' })
export class BeginPasskeyProofInput {}
declareFields(BeginPasskeyProofInput, {
  pendingSecret: {
    description: 'The secret of a pending sign-in; whoever is signed in, when left out.',
    type: () => String,
  },
});

@ObjectType({ description: 'What a browser needs to have a passkey shown.', simpleResolvers: true })
export class BeginPasskeyProofPayload {
  @Field(() => JsonScalar, { description: 'For `navigator.credentials.get`, good for five minutes.' })
  options!: unknown;
}

@InputType({ description: 'Who wants to sign in by a passkey.' })
export class BeginPasskeySignInInput {}
declareFields(BeginPasskeySignInInput, {
  browserSecret: { description: 'What the browser got when it began before.', type: () => String },
});

@ObjectType({ description: 'What a browser needs to sign somebody in by a passkey.', simpleResolvers: true })
export class BeginPasskeySignInPayload {
  @Field(() => JsonScalar, { description: 'For `navigator.credentials.get`.' })
  options!: unknown;
  @Field(() => String, { description: 'What the browser has to come back with, for no script to read.' })
  browserSecret!: string;
  @Field(() => Int, { description: 'How long it may take, in seconds.' })
  expiresInSeconds!: number;
}

@InputType({ description: 'A passkey that was shown.' })
export class SignInByPasskeyInput {
  @Field(() => JsonScalar, {
    description: 'What `navigator.credentials.get` gave for the options of beginPasskeySignIn, as JSON.',
  })
  passkey!: unknown;
}
declareFields(SignInByPasskeyInput, {
  browserSecret: { description: 'What the browser got when it began.', type: () => String },
});
