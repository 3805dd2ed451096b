import { preconditionFailed } from './errors.ts';

/** The weak entity tag of a resource at a version number (RFC 7644 §3.14). */
export function weakEtag(version: number): string {
  return `W/"${version}"`;
}

/** Reads the version number out of an entity tag made by {@link weakEtag}; undefined for any other tag. */
export function versionOfEtag(tag: string): number | undefined {
  const opaque = opaqueTag(tag.trim());
  return /^\d{1,15}$/.test(opaque) ? Number(opaque) : undefined;
}

/** The entity tags listed in an If-Match or If-None-Match header, or '*'. */
export function parseEntityTags(header: string): '*' | readonly string[] {
  const trimmed = header.trim();
  if (trimmed === '*') return '*';
  const quoted = trimmed.match(/(?:W\/)?"[^"]*"/gi);
  if (quoted !== null) return quoted;
  return trimmed
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** Tells whether a header names the version, by weak comparison since SCIM's tags are weak (RFC 7644 §3.14). */
export function namesVersion(header: string, version: number): boolean {
  const tags = parseEntityTags(header);
  return tags === '*' || tags.some((tag) => versionOfEtag(tag) === version);
}

/** Throws 412 when an If-Match header is given and does not name the current version. */
export function assertIfMatch(header: string | undefined, version: number): void {
  if (header !== undefined && !namesVersion(header, version)) throw preconditionFailed();
}

/** Tells whether a GET is answered 304 because If-None-Match names the current version. */
export function isNotModified(header: string | undefined, version: number): boolean {
  return header !== undefined && namesVersion(header, version);
}

function opaqueTag(tag: string): string {
  const strong = tag.replace(/^W\//i, '');
  return strong.startsWith('"') && strong.endsWith('"') ? strong.slice(1, -1) : strong;
}
