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
  /** How long a link to set a password works. */
  resetMinutes: 60,
  /** Most such links that work at a time, of one person: the newest is the one that people look for. */
  maxOpenResets: 5,
  /** Most sessions of a person that are listed. */
  maxListedSessions: 100,
} as const;
