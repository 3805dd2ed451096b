import { invalidInput } from '../errors/domain-error.ts';
import { SealBroken, type Sealer } from '../sealing/sealer.ts';
import { newId } from '../text/uuid.ts';

/** The id that a sign-in connection is going to have: its addresses are registered at the provider before it is created. */
export interface SignInConnectionDraft {
  readonly id: string;
  /** What to send with the creation, sealed so that nobody chooses an id of their own. */
  readonly draft: string;
}

export async function draftSignInConnection(
  sealer: Sealer,
  accountId: string,
): Promise<SignInConnectionDraft> {
  const id = newId();
  return { id, draft: await sealer.seal(`${accountId} ${id}`, 'sign-in-draft') };
}

/** The id of a draft of this account. @throws DomainError INVALID_INPUT */
export async function idOfDraft(sealer: Sealer, accountId: string, draft: string): Promise<string> {
  try {
    const [ofAccount, id] = (await sealer.open(draft, 'sign-in-draft')).split(' ');
    if (ofAccount === accountId && id !== undefined) return id;
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
  }
  throw invalidInput('draft', 'is none of this account. Ask for another with `signInConnectionDraft`.');
}
