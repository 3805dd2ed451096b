import { namesVersion, preconditionFailed } from '@rollcall/scim-protocol';
import type { WriteCondition } from '../http/preconditions.ts';
import { retryOnConflict } from './retry-on-conflict.ts';

/** A write under a condition. */
export interface ConditionalWrite<T> {
  condition: WriteCondition;
  maxAttempts: number;
  /** Reads the version that the resource has. */
  currentVersion(): Promise<number>;
  /** Writes unless the resource is at another version than this. */
  write(ifVersion: number | undefined): Promise<T>;
}

/**
 * Writes under the condition. If-Match goes along with the write; If-None-Match, which hardly anybody sends with a
 * write, costs a read.
 *
 * @throws ScimError 412 when the condition does not hold
 */
export function writeIf<T>({
  condition: { ifVersion, unlessVersion },
  maxAttempts,
  currentVersion,
  write,
}: ConditionalWrite<T>): Promise<T> {
  if (unlessVersion === undefined) return write(ifVersion);
  return retryOnConflict({
    maxAttempts,
    ifVersion,
    async attempt() {
      const version = await currentVersion();
      if (namesVersion(unlessVersion, version)) throw preconditionFailed(unchanged);
      return write(ifVersion ?? version);
    },
  });
}

const unchanged = 'The resource is at a version that If-None-Match rules out. Read it, and decide anew.';
