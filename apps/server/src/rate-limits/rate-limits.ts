/** How much is heard in a minute; 0 lifts a limit. Counted by each process for itself, in memory. */
export interface RateLimits {
  /** Requests of one token or session, or of one address that sends neither. */
  readonly requests: number;
  /** Credentials of one address that turn out wrong; more, and only those are heard that were right before. */
  readonly wrongCredentials: number;
  /** Attempts of one address to sign in. */
  readonly signIns: number;
  /** Attempts of one address to sign in that fail. */
  readonly failedSignIns: number;
}

/** A thousand a second stop a runaway and slow no identity provider; tight where one guesses. */
export const defaultRateLimits: RateLimits = {
  requests: 60_000,
  wrongCredentials: 300,
  signIns: 300,
  failedSignIns: 30,
};

/** What every limit counts within. */
export const RATE_WINDOW_MS = 60_000;
