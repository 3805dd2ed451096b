import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What a credential's prefix says it is. */
export const secretKinds = ['scim', 'api', 'session', 'operator', 'reset', 'signals', 'pending'] as const;
export type SecretKind = (typeof secretKinds)[number];

export interface ParsedSecret {
  readonly kind: SecretKind;
  readonly id: string;
  readonly digest: string;
}

const FORM =
  /^rc_(scim|api|session|operator|reset|signals|pending)_([0-9a-f]{32})_([A-Za-z0-9_-]{43})([0-9a-f]{8})$/;

/**
 * A new credential `rc_<kind>_<id>_<secret><checksum>`: 256 random bits, with a checksum by which secret
 * scanners and a first look tell it from noise. Only the digest is to be kept.
 */
export function newSecret(
  kind: SecretKind,
  id: string,
): { secret: string; digest: string; lastFour: string } {
  const body = `rc_${kind}_${id.replaceAll('-', '')}_${randomBytes(32).toString('base64url')}`;
  const secret = body + checksum(body);
  return { secret, digest: digestOf(secret), lastFour: secret.slice(-4) };
}

/** What a credential says of itself, or undefined when it is none of ours. */
export function parseSecret(text: string): ParsedSecret | undefined {
  const [, kind, id, , sum] = FORM.exec(text) ?? [];
  if (kind === undefined || id === undefined || sum !== checksum(text.slice(0, -8))) return undefined;
  const known = secretKinds.find((candidate) => candidate === kind);
  if (known === undefined) return undefined;
  const uuid = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { kind: known, id: uuid, digest: digestOf(text) };
}

/** Compares two digests in constant time. */
export function sameDigest(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What a secret is kept and told apart by. One of 256 random bits needs no slow hash: guessing it is out of reach at any speed. */
export const digestOf = (secret: string): string => hash('sha256', secret, 'base64url');

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
