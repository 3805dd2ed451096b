import { namesVersion, parseEntityTags, preconditionFailed, versionOfEtag } from '@rollcall/scim-protocol';
import { untilNotOvertaken } from './overtaken.ts';

/** What has to be true of a resource's version for a write to happen (RFC 7644 §3.14, RFC 9110 §13.1). */
export interface WriteCondition {
  /** It is this one; undefined: any will do. */
  ifVersion: number | undefined;
  /** It is none of these: the text of If-None-Match. */
  unlessVersion?: string | undefined;
}

/**
 * The version that If-Match, or `version` of a bulk operation, makes the condition of a write; undefined when there is
 * none, or when any version will do. Of several the newest counts: versions only grow, so the others are past.
 *
 * @throws ScimError 412 when it names no version that any resource here ever has
 */
export function requiredVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined) return undefined;
  const tags = parseEntityTags(ifMatch);
  if (tags === '*') return undefined;
  const versions = tags.map(versionOfEtag).filter((version) => version !== undefined);
  // A version beyond GraphQL's Int can't be asked for, and no resource gets there.
  const known = versions.filter((version) => version <= 2_147_483_647);
  if (known.length === 0) throw preconditionFailed();
  return Math.max(...known);
}

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
  return untilNotOvertaken({
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
