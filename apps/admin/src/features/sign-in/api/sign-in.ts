import { z } from 'zod';

const account = z.object({ id: z.string(), name: z.string() });

const failure = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    requestId: z.string().optional(),
    accounts: z.array(account).optional(),
  }),
});

export type AccountChoice = z.infer<typeof account>;

export type SignInOutcome =
  | { kind: 'signed-in' }
  | { kind: 'choose-account'; accounts: AccountChoice[] }
  | { kind: 'failed'; message: string; requestId?: string | undefined };

const unreachable: SignInOutcome = {
  kind: 'failed',
  message: 'The server can’t be reached. Check the connection and try again.',
};

/** Reads the server's answer to a sign-in. */
export async function readSignInAnswer(response: Response): Promise<SignInOutcome> {
  if (response.ok) return { kind: 'signed-in' };
  const parsed = failure.safeParse(await response.json().catch(() => null));
  if (!parsed.success) return unreachable;
  const { code, message, requestId, accounts } = parsed.data.error;
  if (code === 'ACCOUNT_CHOICE_REQUIRED' && accounts?.length) return { kind: 'choose-account', accounts };
  return { kind: 'failed', message, requestId };
}

/** Signs in with e-mail and password; the session comes back as an HttpOnly cookie. */
export async function signIn(input: {
  email: string;
  password: string;
  accountId?: string;
}): Promise<SignInOutcome> {
  try {
    const response = await fetch('/auth/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    });
    return await readSignInAnswer(response);
  } catch {
    return unreachable;
  }
}
