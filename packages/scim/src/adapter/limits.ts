/** What the adapter accepts in one request; published in /ServiceProviderConfig where SCIM has a place for it. */
export interface ScimLimits {
  /** Most bytes of a request body. */
  maxBodyBytes: number;
  /** Most operations of a bulk request. */
  maxBulkOperations: number;
  /** Most bytes of the body of a bulk request. */
  maxBulkBytes: number;
  /** Resources of a list when the client names no count. */
  defaultPageSize: number;
  /** Most resources of one list, whatever count the client names. */
  maxPageSize: number;
  /** How long a cursor can be used after it was given out, in seconds. */
  cursorTimeoutSeconds: number;
  /** How often a PATCH that depends on the current value is computed anew when somebody else was faster. */
  maxPatchAttempts: number;
}

export const defaultLimits: ScimLimits = {
  maxBodyBytes: 1_048_576,
  maxBulkOperations: 1_000,
  maxBulkBytes: 10_485_760,
  defaultPageSize: 100,
  maxPageSize: 500,
  cursorTimeoutSeconds: 3_600,
  maxPatchAttempts: 5,
};
