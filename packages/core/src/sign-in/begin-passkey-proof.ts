import type { UserViewer } from '../authorization/viewer.ts';
import type { Work } from '../database/work.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { boundTo, keepChallenge } from '../second-factors/passkey-challenges.ts';
import { authenticationOptions } from '../second-factors/passkeys.ts';
import type { RelyingParty } from '../second-factors/relying-party.ts';
import type { PendingPerson } from './pending-sign-ins.ts';

/** Who is to show one of their passkeys: after their password, or while they are signed in. */
export type PasskeyHolder = { readonly viewer: UserViewer } | { readonly pending: PendingPerson };

/** Begins to have a passkey of somebody shown; answers what a browser needs for `navigator.credentials.get`. */
export async function beginPasskeyProof(
  work: Work,
  relyingParty: RelyingParty,
  holder: PasskeyHolder,
): Promise<unknown> {
  const person = 'viewer' in holder ? holder.viewer : holder.pending;
  return work.transaction(async ({ sql: db }) => {
    const options = await authenticationOptions(db, relyingParty, person);
    if (options.allowCredentials?.length === 0)
      throw invalidInput('input', 'you have no passkey. Show another second factor.');
    await keepChallenge(db, options.challenge, bindingOf(holder));
    return options;
  });
}

const bindingOf = (holder: PasskeyHolder): string =>
  'viewer' in holder
    ? boundTo.session(holder.viewer.sessionId, 'prove')
    : boundTo.pendingSignIn(holder.pending.secret.id, 'prove');
