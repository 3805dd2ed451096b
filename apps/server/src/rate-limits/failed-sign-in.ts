/**
 * Was a password tried that was wrong, or one before its time? Whoever goes on after they were told to wait is guessing too.
 * The limiter's own refusals, which name their limit, let nobody try.
 */
export const isFailedSignIn = ({ code, limit }: Readonly<Record<string, unknown>>): boolean =>
  code === 'SIGN_IN_FAILED' || (code === 'RATE_LIMITED' && limit === undefined);
