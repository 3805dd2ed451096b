/** What holds for passwords and for those who try them; published in docs/limits.md. */
export const signInLimits = {
  /** Fewest characters of a password. Which ones they are is free: length counts, a mixture of signs does not. */
  minPasswordLength: 12,
  /** As many attempts as people need who mistype; each one after them is heard later, twice as late as the one before. */
  freeAttempts: 5,
  /** The longest that the next attempt has to wait. */
  maxDelaySeconds: 900,
  /** Most accounts that are looked for under one name; whoever is in more names the account. */
  maxAccounts: 100,
} as const;
