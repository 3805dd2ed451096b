import { z } from 'zod';

const account = z.object({ id: z.string(), name: z.string() });

const failureBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    requestId: z.string().optional(),
    field: z.string().optional(),
    accounts: z.array(account).optional(),
  }),
});

export type AccountChoice = z.infer<typeof account>;

/** Why the server refused. */
export type AuthFailure = z.infer<typeof failureBody>['error'];

/** The server could not be asked. */
export const unreachable: AuthFailure = {
  code: 'UNAVAILABLE',
  message: 'The server can’t be reached. Check the connection and try again.',
};

/** Reads why the server refused. */
export async function readFailure(response: Response): Promise<AuthFailure> {
  const parsed = failureBody.safeParse(await response.json().catch(() => null));
  return parsed.success ? parsed.data.error : unreachable;
}

/** What has to do with signing in, by where it is sent. */
export type AuthAction =
  | 'sign-in'
  | 'request-password-reset'
  | 'reset-password'
  | 'second-factor'
  | 'second-factor/passkey-options'
  | 'second-factor/begin-totp'
  | 'second-factor/confirm-totp'
  | 'second-factor/begin-passkey'
  | 'second-factor/register-passkey'
  | 'passkey'
  | 'passkey/options';

/** Sends something that needs no session yet, and reads the answer by its form. */
export async function askAuth<Answer>(
  action: AuthAction,
  body: object,
  form: z.ZodType<Answer>,
): Promise<{ answer: Answer } | { failure: AuthFailure }> {
  try {
    const response = await fetch(`/auth/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) return { failure: await readFailure(response) };
    return { answer: form.parse(response.status === 204 ? {} : await response.json()) };
  } catch {
    return { failure: unreachable };
  }
}

/** Sends something that needs no session yet; undefined when it went well. */
export async function postAuth(action: AuthAction, body: object): Promise<AuthFailure | undefined> {
  const result = await askAuth(action, body, z.unknown());
  return 'failure' in result ? result.failure : undefined;
}
