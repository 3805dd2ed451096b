import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../../database/columns.ts';
import type { CodesRecord, PasskeyRecord } from '../../second-factors/find-second-factors.ts';
import { declareFields } from '../schema/declare-fields.ts';
import { DateTimeScalar, JsonScalar } from '../schema/scalars.ts';
import { SignedInPayload } from '../sign-in/sign-in.type.ts';
import { UserObject } from '../users/user.type.ts';

@ObjectType('AuthenticatorApp', {
  description: 'An app that shows codes of six digits (TOTP, RFC 6238).',
  simpleResolvers: true,
})
class AuthenticatorAppObject {
  @Field(() => DateTimeScalar, { description: 'When it was set up.' })
  confirmedAt!: Instant;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When a code of it was last used.' })
  lastUsedAt!: Instant | null;
}

@ObjectType('Passkey', {
  description: 'A passkey (WebAuthn): of a device, a security key or a password manager.',
  simpleResolvers: true,
})
export class PasskeyObject {
  @Field(() => ID, { description: 'The id.' })
  id!: string;
  @Field(() => String, { description: 'What its person calls it.' })
  name!: string;
  @Field(() => DateTimeScalar, { description: 'When it was registered.' })
  createdAt!: Instant;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last used.' })
  lastUsedAt!: Instant | null;
}

@ObjectType('SecondFactors', {
  description: 'What somebody can show beside their password, to prove who they are.',
  simpleResolvers: true,
})
export class SecondFactorsObject {
  @Field(() => AuthenticatorAppObject, { nullable: true, description: 'The authenticator app.' })
  totp!: AuthenticatorAppObject | null;
  @Field(() => [PasskeyObject], { description: 'The passkeys, the oldest first.' })
  passkeys!: PasskeyObject[];
  @Field(() => Int, { description: 'How many recovery codes are left.' })
  recoveryCodesLeft!: number;
}

/** Records as GraphQL shows them. */
export const toSecondFactors = (
  codes: CodesRecord | undefined,
  passkeys: readonly PasskeyRecord[],
): SecondFactorsObject => ({
  totp: codes?.confirmed_at ? { confirmedAt: codes.confirmed_at, lastUsedAt: codes.last_used_at } : null,
  passkeys: passkeys.map(({ id, name, created_at, last_used_at }) => ({
    id,
    name,
    createdAt: created_at,
    lastUsedAt: last_used_at,
  })),
  recoveryCodesLeft: codes?.recovery_codes ?? 0,
});

const pendingSecret = {
  description:
    'The secret of a pending sign-in that waits for a second factor to be set up; whoever is signed in, when left out.',
  type: () => String,
};

@InputType({ description: 'For whom an authenticator app is set up.' })
export class BeginTotpInput {}
declareFields(BeginTotpInput, { pendingSecret });

@ObjectType({ description: 'What an authenticator app is told, this once.', simpleResolvers: true })
export class BeginTotpPayload {
  @Field(() => String, { description: 'The secret to type, in base32.' })
  secret!: string;
  @Field(() => String, { description: 'The address to show as a QR code: `otpauth://totp/…`.' })
  uri!: string;
}

@InputType({ description: 'A first code of an authenticator app.' })
export class ConfirmTotpInput {
  @Field(() => String, { description: 'The code that the app shows now: six digits.' })
  code!: string;
}
declareFields(ConfirmTotpInput, { pendingSecret });

@InputType({ description: 'For whom a passkey is registered.' })
export class BeginPasskeyRegistrationInput {}
declareFields(BeginPasskeyRegistrationInput, { pendingSecret });

@ObjectType({ description: 'What a browser needs to make a passkey.', simpleResolvers: true })
export class BeginPasskeyRegistrationPayload {
  @Field(() => JsonScalar, { description: 'For `navigator.credentials.create`, good for five minutes.' })
  options!: unknown;
}

@InputType({ description: 'A passkey that a browser made.' })
export class RegisterPasskeyInput {
  @Field(() => JsonScalar, { description: 'What `navigator.credentials.create` gave, as JSON.' })
  response!: unknown;
  @Field(() => String, { description: 'What to call it.' })
  name!: string;
}
declareFields(RegisterPasskeyInput, { pendingSecret });

@ObjectType({ description: 'A second factor is set up.', simpleResolvers: true })
export class SecondFactorAddedPayload {
  @Field(() => [String], {
    nullable: true,
    description: 'The recovery codes of whoever had none. They are kept as digests and never shown again.',
  })
  recoveryCodes!: readonly string[] | null;
  @Field(() => SignedInPayload, {
    nullable: true,
    description: 'The session, where a pending sign-in waited for it.',
  })
  signedIn!: SignedInPayload | null;
}

@InputType({ description: 'Which passkey to call what.' })
export class RenamePasskeyInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
  @Field(() => String, { description: 'What to call it.' })
  name!: string;
}

@InputType({ description: 'Which passkey to remove.' })
export class RemovePasskeyInput {
  @Field(() => ID, { description: 'Which.' })
  id!: string;
}

@ObjectType({ description: 'The second factors of whoever asks are others now.', simpleResolvers: true })
export class OwnSecondFactorsPayload {
  @Field(() => SecondFactorsObject, { description: 'Those that they have now.' })
  secondFactors!: SecondFactorsObject;
}

@ObjectType({ description: 'New recovery codes.', simpleResolvers: true })
export class RenewRecoveryCodesPayload {
  @Field(() => [String], {
    description:
      'The codes. They are kept as digests and never shown again; those of before are good no more.',
  })
  recoveryCodes!: string[];
}

@InputType({ description: 'Who lost their second factors.' })
export class RemoveSecondFactorsInput {
  @Field(() => ID, { description: 'Who.' })
  userId!: string;
}

@ObjectType({ description: 'The second factors are removed.', simpleResolvers: true })
export class RemoveSecondFactorsPayload {
  @Field(() => UserObject, { description: 'Of whom.' })
  user!: UserObject;
}
