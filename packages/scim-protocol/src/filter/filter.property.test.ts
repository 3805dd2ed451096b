import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompareOperator, type FilterLiteral, type FilterNode, joinFilters } from './ast.ts';
import { parseFilter } from './parse.ts';
import { printFilter } from './print.ts';

const limits = { maxLength: 1_000_000, maxDepth: 1000, maxTerms: 10_000 };
/** Names as RFC 7644 has them: plain, with a part, behind a URN with dots of its own, and those like keywords. */
const name = fc.oneof(
  { arbitrary: fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/), weight: 2 },
  fc.constantFrom('userName', '$ref', 'x-1_y', 'and', 'or', 'pr', 'eq', 'true', 'null'),
);
const urn = fc.oneof(
  fc.constantFrom(
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    'urn:a:b:2.0.1:x.y',
    'http://a.example/2006:v1',
  ),
  fc.stringMatching(/^urn:[a-z][a-z0-9]{1,5}(:[\w.-]{1,6}){1,3}$/),
);
/** `not` is a keyword where an attribute could stand. */
const path = fc
  .tuple(fc.option(urn, { nil: undefined }), name, fc.option(name, { nil: undefined }))
  .map(
    ([prefix, first, part]) =>
      `${prefix === undefined ? '' : `${prefix}:`}${first}${part === undefined ? '' : `.${part}`}`,
  )
  .filter((text) => text.toLowerCase() !== 'not');
const operator = fc.constantFrom<CompareOperator>('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le');
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom('\\', '"', '/', '\n', '\u2028', '\u{1f600}', ' and ', ')', ']', '\\"', '\\u0041'),
      )
      .map((parts) => parts.join('')),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  )
  .filter((value) => !value.includes('\u0000') && value.isWellFormed());
const literal = fc.oneof(
  { arbitrary: text, weight: 3 },
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);

const { filter } = fc.letrec<{ filter: FilterNode }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ kind: fc.constant('compare' as const), path, operator, value: literal }),
    fc.record({ kind: fc.constant('present' as const), path }),
    fc.record({ kind: fc.constant('not' as const), operand: tie('filter') }),
    fc.record({ kind: fc.constant('valuePath' as const), path, filter: tie('filter') }),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('filter'), { minLength: 2, maxLength: 4 }),
      )
      .map(([kind, operands]) => joinFilters(kind, operands)),
  ),
}));

/** The same filter as another client would write it: keywords in another case, more room, every character escaped. */
function respelled(node: FilterNode, room: string, isEscaped: boolean): string {
  const again = (part: FilterNode) => respelled(part, room, isEscaped);
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.operands
        .map((part) => `(${room}${again(part)})`)
        .join(` ${node.kind.toUpperCase()}${room}`);
    case 'not':
      return `NOT${room}(${again(node.operand)}${room})`;
    case 'present':
      return `${node.path} ${room}PR`;
    case 'valuePath':
      return `${node.path}[${room}${again(node.filter)}${room}]`;
    case 'compare':
      return `${node.path}${room} ${node.operator.toUpperCase()} ${room}${spelled(node.value, isEscaped)}`;
  }
}

function spelled(value: FilterLiteral, isEscaped: boolean): string {
  if (typeof value !== 'string' || !isEscaped) return JSON.stringify(value);
  const units = Array.from({ length: value.length }, (_, at) =>
    value.charCodeAt(at).toString(16).padStart(4, '0'),
  );
  return `"${units.map((unit) => `\\u${unit}`).join('')}"`;
}

describe('filters, whatever they are', () => {
  it('are the same after printing and parsing', () => {
    fc.assert(
      fc.property(filter, (node) => {
        expect(parseFilter(printFilter(node), limits)).toEqual(node);
      }),
      { numRuns: 10_000 },
    );
  });

  it('mean the same in whatever case, room and escapes they are written', () => {
    fc.assert(
      fc.property(filter, fc.constantFrom('', ' ', '\t\r\n '), fc.boolean(), (node, room, isEscaped) => {
        expect(parseFilter(respelled(node, room, isEscaped), limits)).toEqual(node);
      }),
      { numRuns: 10_000 },
    );
  });
});
