import { GraphQLRequestError } from '@rollcall/graphql-client';
import { ScimError } from '@rollcall/scim-protocol';

/** A change that is computed from the current state, and how often it may be tried. */
export interface ComputedChange<T> {
  maxAttempts: number;
  /** The version that the client made its condition, if any. */
  ifVersion: number | undefined;
  /** Reads, computes, and writes under the condition of the version that it read. */
  attempt(): Promise<T>;
}

/**
 * Tries again when somebody else changed the resource between reading and writing, unless the client itself named the
 * version: then it is the client who has to know.
 *
 * @throws ScimError 409 when that happens every time; any other failure as it is
 */
export async function retryOnConflict<T>({ maxAttempts, ifVersion, attempt }: ComputedChange<T>): Promise<T> {
  if (ifVersion !== undefined) return attempt();
  for (let left = maxAttempts; left > 0; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!isConflict(error)) throw error;
    }
  }
  throw new ScimError(
    409,
    undefined,
    'The resource keeps being changed by others while this request tries to. Send it again.',
  );
}

function isConflict(error: unknown): boolean {
  return error instanceof GraphQLRequestError && error.code === 'VERSION_MISMATCH';
}
