/** What one PATCH may ask for, so that its cost grows with its bytes and no faster. */
export const patchLimits = {
  maxOperations: 2_000,
  /** How many values the operations may look at, all of them together. */
  maxValuesVisited: 100_000,
} as const;
