import { z } from 'zod';
import { createPasskey, showPasskey } from '@/lib/passkeys.ts';
import { type AuthFailure, askAuth, postAuth } from './post-auth.ts';

const options = z.object({ options: z.looseObject({ challenge: z.string() }) });
const begunTotp = z.object({ secret: z.string(), uri: z.string() });
const added = z.object({ recoveryCodes: z.array(z.string()).nullable() });

/** What an authenticator app is told. */
export type BegunTotp = z.infer<typeof begunTotp>;

const failed = (message: string): AuthFailure => ({ code: 'PASSKEY', message });

/** Shows a code after the password; undefined when it went well. */
export const showCode = (
  code: { totpCode: string } | { recoveryCode: string },
): Promise<AuthFailure | undefined> => postAuth('second-factor', code);

/** Shows a passkey after the password, or in place of it; undefined when it went well. */
export async function signInWithPasskey(step: 'second-factor' | 'passkey'): Promise<AuthFailure | undefined> {
  const begun = await askAuth(
    step === 'passkey' ? 'passkey/options' : 'second-factor/passkey-options',
    {},
    options,
  );
  if ('failure' in begun) return begun.failure;
  const shown = await showPasskey(begun.answer.options);
  return 'problem' in shown ? failed(shown.problem) : postAuth(step, { passkey: shown.passkey });
}

/** Begins to set up an authenticator app, for who has to have a second factor. */
export const beginTotp = () => askAuth('second-factor/begin-totp', {}, begunTotp);

/** Confirms it by a first code, which signs in. */
export const confirmTotp = (code: string) => askAuth('second-factor/confirm-totp', { code }, added);

/** Registers a passkey, which signs in. */
export async function registerPasskey(name: string) {
  const begun = await askAuth('second-factor/begin-passkey', {}, options);
  if ('failure' in begun) return begun;
  const made = await createPasskey(begun.answer.options);
  if ('problem' in made) return { failure: failed(made.problem) };
  return askAuth('second-factor/register-passkey', { response: made.response, name }, added);
}
