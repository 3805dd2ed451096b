import { preconditionFailed } from './errors.ts';

/**
 * The weak entity tag of a resource at a version number (RFC 7644 §3.14). A representation that also shows what follows
 * from other resources, such as the names of members, has a digest of that in its tag: letters, digits, - and _.
 */
export function weakEtag(version: number, digest?: string): string {
  return digest === undefined ? `W/"${version}"` : `W/"${version}.${digest}"`;
}

/** Reads the version number out of an entity tag made by {@link weakEtag}; undefined for any other tag. */
export function versionOfEtag(tag: string): number | undefined {
  const [, version] = /^(\d{1,15})(?:\.[\w-]{1,64})?$/.exec(opaqueTag(tag.trim())) ?? [];
  return version === undefined ? undefined : Number(version);
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

/**
 * Tells whether a header names the version, by weak comparison since SCIM's tags are weak (RFC 7644 §3.14). What follows
 * from other resources is no part of it: a client that writes does not write that.
 */
export function namesVersion(header: string, version: number): boolean {
  const tags = parseEntityTags(header);
  return tags === '*' || tags.some((tag) => versionOfEtag(tag) === version);
}

/** Throws 412 when an If-Match header is given and does not name the current version. */
export function assertIfMatch(header: string | undefined, version: number): void {
  if (header !== undefined && !namesVersion(header, version)) throw preconditionFailed();
}

/** Tells whether a GET is answered 304, because If-None-Match names the tag of the very representation that it asks for. */
export function isNotModified(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const tags = parseEntityTags(header);
  return tags === '*' || tags.some((tag) => opaqueTag(tag) === opaqueTag(etag));
}

function opaqueTag(tag: string): string {
  const strong = tag.replace(/^W\//i, '');
  return strong.startsWith('"') && strong.endsWith('"') ? strong.slice(1, -1) : strong;
}
