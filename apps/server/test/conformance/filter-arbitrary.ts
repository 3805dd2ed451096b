import type { CompareOperator, FilterLiteral, FilterNode } from '@rollcall/scim-protocol';
import fc from 'fast-check';
import type { Kind, Parts, SearchedAttributes } from './searched-attributes.ts';

const equality: readonly CompareOperator[] = ['eq', 'ne'];
const order: readonly CompareOperator[] = [...equality, 'gt', 'ge', 'lt', 'le'];
const textual: readonly CompareOperator[] = [...order, 'co', 'sw', 'ew'];

/** The operators of each kind (RFC 7644 §3.4.2.2, table 3). */
const operatorsOf: Record<Kind, readonly CompareOperator[]> = {
  text: textual,
  exact: textual,
  instant: order,
  boolean: equality,
  binary: equality,
  identifier: equality,
};

/** What can be found in a directory, so that filters hit something. */
export interface Findings {
  readonly texts: readonly string[];
  /** Values of identifiers, `$ref` and `meta.location`, by path in lower case. */
  readonly identifiers: (path: string) => readonly string[];
  readonly instants: readonly string[];
}

/** Any filter over these attributes: the whole grammar, with values that are there, nearly there, or nowhere. */
export function anyFilter(attributes: SearchedAttributes, findings: Findings): fc.Arbitrary<FilterNode> {
  const singular = comparisons(attributes.singular, '', findings);
  const lists = Object.entries({ ...attributes.plural, ...attributes.complex });
  const parts = lists.map(([path, of]) => comparisons(of, `${path}.`, findings));
  const wholes = lists.map(([path, of]) => {
    const kind = of.value;
    const present: fc.Arbitrary<FilterNode> = fc.constant({ kind: 'present', path });
    return kind === undefined ? present : fc.oneof(present, comparison(path, kind, findings, path));
  });
  const valuePaths = lists.map(([path, of]) =>
    combined(comparisons(of, '', findings, `${path}.`), 1).map(
      (filter): FilterNode => ({ kind: 'valuePath', path, filter }),
    ),
  );
  return combined(
    fc.oneof(
      { arbitrary: singular, weight: 3 },
      { arbitrary: fc.oneof(...parts), weight: 4 },
      { arbitrary: fc.oneof(...wholes), weight: 2 },
      { arbitrary: fc.oneof(...valuePaths), weight: 4 },
    ),
    3,
  );
}

function comparisons(
  of: Parts,
  prefix: string,
  findings: Findings,
  known: string = prefix,
): fc.Arbitrary<FilterNode> {
  return fc.oneof(
    ...Object.entries(of).map(([name, kind]) =>
      comparison(prefix + name, kind, findings, (known + name).toLowerCase()),
    ),
  );
}

function comparison(path: string, kind: Kind, findings: Findings, known: string): fc.Arbitrary<FilterNode> {
  const spelled = fc.constantFrom(path, path, path.toLowerCase(), path.toUpperCase());
  return fc.oneof(
    { arbitrary: fc.record({ kind: fc.constant('present'), path: spelled }), weight: 1 },
    {
      arbitrary: fc.record({
        kind: fc.constant('compare'),
        path: spelled,
        operator: fc.constantFrom(...equality),
        value: fc.constant(null),
      }),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        kind: fc.constant('compare'),
        path: spelled,
        operator: fc.constantFrom(...operatorsOf[kind]),
        value: literalOf(kind, findings, known),
      }),
      weight: 6,
    },
  );
}

function literalOf(kind: Kind, findings: Findings, known: string): fc.Arbitrary<FilterLiteral> {
  switch (kind) {
    case 'boolean':
      return fc.boolean();
    case 'instant':
      return fc
        .tuple(fc.constantFrom(...findings.instants), fc.constantFrom(-1, 0, 0, 1), fc.nat(2))
        .map(written);
    case 'identifier':
    case 'binary':
      return fc.constantFrom(...findings.identifiers(known));
    default:
      return textFrom(findings.texts);
  }
}

/** An instant a millisecond earlier or later, or not, as different clients write it. */
function written([instant, shift, form]: [string, number, number]): string {
  const moved = new Date(Date.parse(instant) + shift);
  if (form === 0) return moved.toISOString();
  if (form === 1) return `${moved.toISOString().slice(0, -1)}0000Z`;
  return `${new Date(moved.getTime() + 5_400_000).toISOString().slice(0, -1)}+01:30`;
}

/** What is there, parts of it, the same in other case, and what LIKE would mistake. */
function textFrom(found: readonly string[]): fc.Arbitrary<string> {
  const whole = fc.constantFrom(...found);
  const part = fc
    .tuple(whole, fc.nat(4), fc.integer({ min: 1, max: 4 }))
    .map(([text, start, length]) => [...text].slice(start, start + length).join(''));
  const cased = fc
    .tuple(whole, fc.boolean())
    .map(([text, isUpper]) => (isUpper ? text.toUpperCase() : text.toLowerCase()));
  return fc.oneof(
    { arbitrary: whole, weight: 3 },
    { arbitrary: part, weight: 3 },
    { arbitrary: cased, weight: 2 },
    { arbitrary: fc.constantFrom('', '%', '_', '\\', '"', "'", 'nobody', '~', '\u{10ffff}', 'ς'), weight: 1 },
  );
}

/** What `leaf` gives, put together with and, or and not. */
function combined(leaf: fc.Arbitrary<FilterNode>, maxDepth: number): fc.Arbitrary<FilterNode> {
  return fc.letrec<{ filter: FilterNode }>((tie) => ({
    filter: fc.oneof(
      { maxDepth, depthSize: 'small', withCrossShrink: true },
      { arbitrary: leaf, weight: 4 },
      { arbitrary: fc.record({ kind: fc.constant('not'), operand: tie('filter') }), weight: 1 },
      {
        arbitrary: fc.record({
          kind: fc.constantFrom('and', 'or'),
          operands: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
        }),
        weight: 2,
      },
    ),
  })).filter;
}
