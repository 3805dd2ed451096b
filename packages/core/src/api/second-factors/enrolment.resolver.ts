import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { personalSession } from '../../authorization/viewer.ts';
import { beginTotp, confirmTotp } from '../../enrolment/enrol-totp.ts';
import { type Enrollee, type EnrolmentScope, enrolleeOf } from '../../enrolment/enrollee.ts';
import type { FactorAdded } from '../../enrolment/factor-added.ts';
import { beginPasskeyRegistration, registerPasskey } from '../../enrolment/register-passkey.ts';
import { relyingPartyOf } from '../../second-factors/relying-party.ts';
import { refuseRehearsal } from '../request/refuse-rehearsal.ts';
import type { MutationContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { answerOfSignIn } from '../sign-in/answer-of-sign-in.ts';
import {
  BeginPasskeyRegistrationInput,
  BeginPasskeyRegistrationPayload,
  BeginTotpInput,
  BeginTotpPayload,
  ConfirmTotpInput,
  RegisterPasskeyInput,
  SecondFactorAddedPayload,
} from './second-factor.type.ts';

interface ForWhom {
  readonly pendingSecret?: string | null;
}

/** By whoever is signed in, and by whoever has to have a second factor before they are. */
@Resolver()
export class EnrolmentResolver {
  @Mutation(() => BeginTotpPayload, {
    description:
      'Begins to set up an authenticator app. It is asked for once confirmTotp has had a code of it.',
  })
  @Requires('anyone')
  async beginTotp(
    @Arg('input', () => BeginTotpInput, { description: 'For whom.' }) input: ForWhom,
    @Ctx() context: MutationContext,
  ): Promise<BeginTotpPayload> {
    const enrollee = await enrolleeIn(context, input);
    return beginTotp(scopeOf(context), enrollee);
  }

  @Mutation(() => SecondFactorAddedPayload, {
    description: 'Confirms an authenticator app by a first code, from when on it is asked for.',
  })
  @Requires('anyone')
  async confirmTotp(
    @Arg('input', () => ConfirmTotpInput, { description: 'The code.' })
    { code, ...input }: ForWhom & { code: string },
    @Ctx() context: MutationContext,
  ): Promise<SecondFactorAddedPayload> {
    const enrollee = await enrolleeIn(context, input);
    return answerOf(context, await confirmTotp(scopeOf(context), enrollee, code));
  }

  @Mutation(() => BeginPasskeyRegistrationPayload, { description: 'Begins to register a passkey.' })
  @Requires('anyone')
  async beginPasskeyRegistration(
    @Arg('input', () => BeginPasskeyRegistrationInput, { description: 'For whom.' }) input: ForWhom,
    @Ctx() context: MutationContext,
  ): Promise<BeginPasskeyRegistrationPayload> {
    const enrollee = await enrolleeIn(context, input);
    return { options: await beginPasskeyRegistration(scopeOf(context), enrollee) };
  }

  @Mutation(() => SecondFactorAddedPayload, {
    description:
      'Registers a passkey, from when on it is asked for after the password, and signs in without one where it asks for a PIN or a finger.',
  })
  @Requires('anyone')
  async registerPasskey(
    @Arg('input', () => RegisterPasskeyInput, { description: 'The passkey.' })
    { response: answer, name, ...input }: ForWhom & { response: unknown; name: string },
    @Ctx() context: MutationContext,
  ): Promise<SecondFactorAddedPayload> {
    const enrollee = await enrolleeIn(context, input);
    return answerOf(context, await registerPasskey(scopeOf(context), enrollee, { answer, name }));
  }
}

/** Whoever sets up a second factor; what they only begin is no event that others are to hear of. */
async function enrolleeIn(context: MutationContext, { pendingSecret }: ForWhom): Promise<Enrollee> {
  refuseRehearsal(context, 'setting up a second factor');
  if (pendingSecret == null) return { viewer: personalSession(context.viewer) };
  context.accounts = [];
  return enrolleeOf(context.work.db, pendingSecret);
}

function scopeOf({ work, platform, requestId, address, userAgent }: MutationContext): EnrolmentScope {
  const { database, outbox, sealer, adminUrl } = platform;
  const relyingParty = relyingPartyOf(adminUrl);
  return { work, attempts: database.sql, outbox, sealer, relyingParty, requestId, address, userAgent };
}

async function answerOf(
  context: MutationContext,
  { recoveryCodes, started }: FactorAdded,
): Promise<SecondFactorAddedPayload> {
  if (started === null) return { recoveryCodes, signedIn: null };
  context.accounts = undefined;
  return { recoveryCodes, signedIn: await answerOfSignIn(context, started) };
}
