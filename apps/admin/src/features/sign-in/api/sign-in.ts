import { type AccountChoice, type AuthFailure, postAuth } from './post-auth.ts';

export type SignInOutcome =
  | { kind: 'signed-in' }
  | { kind: 'choose-account'; accounts: AccountChoice[] }
  | { kind: 'failed'; failure: AuthFailure };

/** What a sign-in came to. */
export function outcomeOf(failure: AuthFailure | undefined): SignInOutcome {
  if (failure === undefined) return { kind: 'signed-in' };
  const { code, accounts } = failure;
  if (code === 'ACCOUNT_CHOICE_REQUIRED' && accounts?.length) return { kind: 'choose-account', accounts };
  return { kind: 'failed', failure };
}

/** Signs in with e-mail and password; the session comes back as an HttpOnly cookie. */
export const signIn = async (input: {
  email: string;
  password: string;
  accountId?: string;
}): Promise<SignInOutcome> => outcomeOf(await postAuth('sign-in', input));
