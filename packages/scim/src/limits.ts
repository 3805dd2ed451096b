/** What the adapter accepts in one request; published in /ServiceProviderConfig where SCIM has a place for it. */
export interface ScimLimits {
  /** Most bytes of a request body. */
  maxBodyBytes: number;
  /** Resources of a list when the client names no count. */
  defaultPageSize: number;
  /** Most resources of one list, whatever count the client names. */
  maxPageSize: number;
  /** How often a PATCH that depends on the current value is computed anew when somebody else was faster. */
  maxPatchAttempts: number;
}

export const defaultLimits: ScimLimits = {
  maxBodyBytes: 1_048_576,
  defaultPageSize: 100,
  maxPageSize: 500,
  maxPatchAttempts: 5,
};
