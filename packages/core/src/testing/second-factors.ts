import { type AccountWorld, type Actor, totpCode } from '@rollcall/testkit';
import { newAuthenticator, type PasskeyOptions } from './authenticator.ts';
import {
  beginPasskeyRegistration,
  beginTotp,
  confirmTotp,
  finishSignIn,
  newUser,
  registerPasskey,
  run,
  signIn,
} from './directory.ts';

export const PASSWORD = 'correct horse battery';

export interface SignIn {
  readonly secret: string | null;
  readonly pending: { readonly secret: string; readonly secondFactors: string[] } | null;
}

export interface Added {
  readonly recoveryCodes: string[] | null;
  readonly signedIn: { readonly secret: string } | null;
}

/** Somebody with a password, and how they sign in. */
export async function somebody(
  { admin }: Pick<AccountWorld, 'admin'>,
  world: { actor(token: string): Actor },
  headers: Record<string, string> = {},
) {
  const nobody = world.actor('nobody');
  const { id, userName } = await newUser(admin, { password: PASSWORD });
  const enter = (password = PASSWORD): Promise<SignIn> =>
    run(nobody, signIn, { email: userName, password }, headers);
  return {
    id,
    userName,
    enter,
    /** A session, where the password is enough for it. */
    async session() {
      const { secret } = await enter();
      if (secret === null) throw new Error('The password was not enough.');
      return world.actor(secret);
    },
    /** The secret of a sign-in that waits for the second factor. */
    async pending() {
      const { pending } = await enter();
      if (pending === null) throw new Error('The password was enough.');
      return pending.secret;
    },
    /** What is asked for with a second factor beside the pending sign-in. */
    finish: (pendingSecret: string, factor: object) =>
      nobody.ask(finishSignIn.document, { input: { pendingSecret, ...factor } }, headers),
  };
}

/** Sets up an authenticator app with the code of this moment; answers its secret and what came of it. */
export async function setUpTotp(actor: Actor, input: object = {}) {
  const { secret } = await run<{ secret: string }>(actor, beginTotp, input);
  const added = await run<Added>(actor, confirmTotp, { code: totpCode(secret), ...input });
  return { secret, ...added, codes: added.recoveryCodes ?? [] };
}

/** Registers a passkey; answers its authenticator and what came of it. */
export async function setUpPasskey(actor: Actor, input: object = {}) {
  const authenticator = newAuthenticator();
  const { options } = await run<{ options: PasskeyOptions }>(actor, beginPasskeyRegistration, input);
  const response = authenticator.create(options);
  const added = await run<Added>(actor, registerPasskey, { response, name: 'Laptop', ...input });
  return { authenticator, response, ...added, codes: added.recoveryCodes ?? [] };
}
