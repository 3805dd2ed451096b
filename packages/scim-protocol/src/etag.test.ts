import { describe, expect, it } from 'vitest';
import { assertIfMatch, isNotModified, parseEntityTags, versionOfEtag, weakEtag } from './etag.ts';
import { refusalOf } from './testing/refusal.ts';

describe('entity tags (RFC 7644 §3.14)', () => {
  it('are weak and carry the version', () => {
    expect(weakEtag(7)).toBe('W/"7"');
    expect(versionOfEtag(weakEtag(7))).toBe(7);
    expect(versionOfEtag('W/"e180ee84f0671b1"')).toBeUndefined();
    expect(versionOfEtag('W/"7."')).toBeUndefined();
  });

  it('carry besides a digest of what follows from others, which counts for reading and not for writing', () => {
    const tag = weakEtag(7, 'a-B_9');
    expect(tag).toBe('W/"7.a-B_9"');
    expect(versionOfEtag(tag)).toBe(7);
    expect(() => assertIfMatch(tag, 7)).not.toThrow();
    expect(isNotModified(weakEtag(7), tag)).toBe(false);
    expect(isNotModified(tag, weakEtag(7))).toBe(false);
    expect(isNotModified(`"1", ${tag}`, tag)).toBe(true);
  });

  it('are read from a list', () => {
    expect(parseEntityTags(' * ')).toBe('*');
    expect(parseEntityTags('W/"1", "a,b"')).toEqual(['W/"1"', '"a,b"']);
  });

  it.each([undefined, '*', 'W/"3"', '"3"', 'W/"2", W/"3"', '3'])('If-Match %s allows version 3', (header) => {
    expect(() => assertIfMatch(header, 3)).not.toThrow();
  });

  it.each(['W/"2"', '', '"33"', 'garbage'])('If-Match %s refuses version 3 with 412', (header) => {
    expect(refusalOf(() => assertIfMatch(header, 3)).status).toBe(412);
  });

  it('If-None-Match answers 304 only for the current version', () => {
    expect(isNotModified(undefined, 'W/"3"')).toBe(false);
    expect(isNotModified('W/"2"', 'W/"3"')).toBe(false);
    expect(isNotModified('W/"3"', 'W/"3"')).toBe(true);
    expect(isNotModified('*', 'W/"3"')).toBe(true);
  });
});
