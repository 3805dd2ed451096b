import { hash } from 'node:crypto';
import { type JsonValue, weakEtag } from '@rollcall/scim-protocol';

/**
 * The tag of a representation: the version of its resource, and a digest of what it shows of others, whose changes are none
 * of the resource's own. `derived` lists that, and is empty or undefined where nothing of the kind is shown.
 */
export function resourceEtag(version: number, derived: readonly JsonValue[] | undefined): string {
  if (derived === undefined || derived.length === 0) return weakEtag(version);
  return weakEtag(version, hash('sha256', JSON.stringify(derived), 'base64url').slice(0, 12));
}
