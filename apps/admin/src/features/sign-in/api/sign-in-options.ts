import { z } from 'zod';
import { type AuthFailure, readFailure, unreachable } from './post-auth.ts';

const option = z.object({ id: z.string(), name: z.string(), accountName: z.string() });
const answer = z.object({ options: z.array(option) });

/** A way to sign in at an identity provider. */
export type SignInOption = z.infer<typeof option>;

/** How somebody with this address, or of this account, can sign in, besides by a password. */
export async function findOptions(
  of: { email: string } | { accountId: string },
): Promise<{ options: readonly SignInOption[] } | { failure: AuthFailure }> {
  try {
    const response = await fetch('/auth/options', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(of),
    });
    return response.ok ? answer.parse(await response.json()) : { failure: await readFailure(response) };
  } catch {
    return { failure: unreachable };
  }
}

/** Where the sign-in at an identity provider begins; the server checks where it goes on to. */
export function startPath(
  { id }: Pick<SignInOption, 'id'>,
  { email, next }: { email: string; next: string | null },
): string {
  const query = new URLSearchParams({ ...(email && { login_hint: email }), ...(next && { next }) });
  return `/auth/sso/${id}/start?${query}`;
}
