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

/** Sends something that needs no session yet; undefined when it went well. */
export async function postAuth(
  action: 'sign-in' | 'request-password-reset' | 'reset-password',
  body: object,
): Promise<AuthFailure | undefined> {
  try {
    const response = await fetch(`/auth/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.ok ? undefined : await readFailure(response);
  } catch {
    return unreachable;
  }
}
