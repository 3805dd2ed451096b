/**
 * A new user, to be created without a password when theirs is refused: nobody chose it.
 *
 * Okta sends a password with every new user, a made-up one unless passwords are synchronised. It may break the rules
 * (zitadel/zitadel issue 10009, seen 2026), and the connection may set none; an account without a password is what the
 * administrator expects then, and the event tells of it. Whoever sets a password with PUT or PATCH means it, and is told.
 */
export function withPlaceholderPassword<User extends { password?: string }>(
  user: User,
): User & { passwordOptional?: boolean } {
  return user.password === undefined ? user : { ...user, passwordOptional: true };
}
