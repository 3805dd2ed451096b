/** What one PATCH may ask for, so that its cost grows with its bytes and no faster. */
export const patchLimits = {
  /** How many operations; of an operation that sets several attributes, each counts. */
  maxOperations: 2_000,
  /**
   * How many values the operations after the first may look at, all of them together and once for each comparison. The
   * first may look at all there are, or a large group could not be changed.
   */
  maxValuesVisited: 25_000,
} as const;
