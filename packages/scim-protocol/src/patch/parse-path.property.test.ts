import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScimError } from '../errors.ts';
import { bindFilter } from '../filter/bind.ts';
import { parseFilter } from '../filter/parse.ts';
import { userResourceType } from '../schema/resource-type.ts';
import { parsePatchPath } from './parse-path.ts';

describe('texts, whatever they are', () => {
  const fragment = fc.constantFrom(
    '(',
    ')',
    '[',
    ']',
    '"',
    '\\',
    ' ',
    'eq',
    'and',
    'or',
    'not',
    'pr',
    '.',
    ':',
    'a',
    '1',
    'emails',
    'type',
    '"x"',
  );
  const soup = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(' ')),
  );

  it('are parsed or refused, and nothing else, as filters and as paths', () => {
    fc.assert(
      fc.property(soup, (input) => {
        for (const run of [
          () => bindFilter(parseFilter(input), userResourceType),
          () => parsePatchPath(input, userResourceType),
        ]) {
          try {
            run();
          } catch (error) {
            expect(error).toBeInstanceOf(ScimError);
          }
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it.each(['(', '"', 'a.', 'a:', 'not (', 'a[', '\\', 'a eq 1 and ', '1'])(
    'of eight thousand characters like %s take no time',
    (part) => {
      const input = part.repeat(8000 / part.length);
      const start = performance.now();
      expect(() => parseFilter(input)).toThrow(ScimError);
      expect(() => parsePatchPath(input, userResourceType)).toThrow(ScimError);
      expect(performance.now() - start).toBeLessThan(500);
    },
  );
});
