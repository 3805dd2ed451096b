import { z } from 'zod';
import { type AccountChoice, type AuthFailure, askAuth } from './post-auth.ts';

const secondFactor = z.enum(['TOTP', 'PASSKEY', 'RECOVERY_CODE']);
const answer = z.object({ pending: z.object({ secondFactors: z.array(secondFactor) }).optional() });

/** What can be shown after the password. */
export type SecondFactor = z.infer<typeof secondFactor>;

export type SignInOutcome =
  | { kind: 'signed-in' }
  /** There is nothing to show where a second factor is to be set up first. */
  | { kind: 'pending'; secondFactors: readonly SecondFactor[] }
  | { kind: 'choose-account'; accounts: AccountChoice[] }
  | { kind: 'failed'; failure: AuthFailure };

/** What a sign-in came to. */
export function outcomeOf(
  result: { answer: z.infer<typeof answer> } | { failure: AuthFailure },
): SignInOutcome {
  if ('answer' in result) {
    const { pending } = result.answer;
    return pending === undefined ? { kind: 'signed-in' } : { kind: 'pending', ...pending };
  }
  const { failure } = result;
  const { code, accounts } = failure;
  if (code === 'ACCOUNT_CHOICE_REQUIRED' && accounts?.length) return { kind: 'choose-account', accounts };
  return { kind: 'failed', failure };
}

/** Signs in with e-mail and password, as far as these go; the session comes back as an HttpOnly cookie. */
export const signIn = async (input: {
  email: string;
  password: string;
  accountId?: string;
}): Promise<SignInOutcome> => outcomeOf(await askAuth('sign-in', input, answer));
