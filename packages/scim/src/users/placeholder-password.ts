import { GraphQLRequestError } from '@rollcall/graphql-client';

/**
 * Creates with the password that came along, or without it when a rule of the account refuses it: nobody chose it.
 *
 * Okta sends a password with every new user, a made-up one unless passwords are synchronised, and it may break the
 * rules (zitadel/zitadel issue 10009, seen 2026); an account without a password is what the administrator expects
 * then. Whoever sets a password with PUT or PATCH means it, and is told.
 */
export async function unlessPasswordIsRefused<I extends { password?: string }, T>(
  input: I,
  create: (input: I) => Promise<T>,
): Promise<T> {
  try {
    return await create(input);
  } catch (error) {
    if (input.password === undefined || !refusesPassword(error)) throw error;
    return create(withoutPassword(input));
  }
}

/** Tells whether it is the password, and nothing else, that was refused. */
export function refusesPassword(error: unknown): boolean {
  return (
    error instanceof GraphQLRequestError && error.code === 'INVALID_INPUT' && error.facts.field === 'password'
  );
}

/** The same user, who has no password to begin with. */
export function withoutPassword<I extends { password?: string }>(input: I): I {
  const { password: _, ...rest } = input;
  return { ...input, ...rest, password: undefined };
}
