import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScimError } from '../errors.ts';
import { parsePatchPath } from '../patch/parse-path.ts';
import { userResourceType } from '../schema/resource-type.ts';
import { type CompareOperator, type FilterNode, joinFilters } from './ast.ts';
import { bindFilter } from './bind.ts';
import { parseFilter } from './parse.ts';
import { printFilter } from './print.ts';

const limits = { maxLength: 1_000_000, maxDepth: 1000, maxTerms: 10_000 };
const path = fc.constantFrom(
  'userName',
  'name.familyName',
  'urn:a:b:2.0:User:manager.value',
  '$ref',
  'not',
  'x-1_y',
);
const operator = fc.constantFrom<CompareOperator>('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
const text = fc
  .string({ unit: 'grapheme' })
  .filter((value) => !value.includes('\u0000') && value.isWellFormed());
const literal = fc.oneof(
  text,
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);

const { filter } = fc.letrec<{ filter: FilterNode }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('compare' as const), path: nameable(path), operator, value: literal }),
    fc.record({ kind: fc.constant('present' as const), path: nameable(path) }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('filter') }),
    fc.record({
      kind: fc.constant('valuePath' as const),
      path: fc.constant('emails'),
      filter: tie('filter'),
    }),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
      )
      .map(([kind, operands]) => joinFilters(kind, operands)),
  ),
}));

/** `not` is a keyword where an attribute could stand. */
function nameable(paths: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return paths.filter((name) => name !== 'not');
}

describe('filters, whatever they are', () => {
  it('are the same after printing and parsing', () => {
    fc.assert(
      fc.property(filter, (node) => {
        expect(parseFilter(printFilter(node), limits)).toEqual(node);
      }),
      { numRuns: 500 },
    );
  });

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
      { numRuns: 1000 },
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
