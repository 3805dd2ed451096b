/** What holds for second factors; published in docs/limits.md. */
export const secondFactorLimits = {
  /** How many recovery codes somebody gets. */
  recoveryCodes: 10,
  /** Most passkeys of a person. */
  maxPasskeys: 20,
  /** How long the second step of a sign-in may take, in seconds. */
  pendingSeconds: 600,
  /** How often a second factor may be shown in it. */
  maxAttempts: 5,
  /** How long a passkey may take to answer, in seconds. */
  challengeSeconds: 300,
  /** How long a proof counts for what is dangerous, in seconds. */
  proofSeconds: 600,
} as const;
