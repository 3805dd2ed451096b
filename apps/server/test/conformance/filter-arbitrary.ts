import type { CompareOperator, FilterLiteral, FilterNode } from '@rollcall/scim-protocol';
import fc from 'fast-check';
import { ENTERPRISE } from './samples.ts';

const text: readonly CompareOperator[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const order: readonly CompareOperator[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const equality: readonly CompareOperator[] = ['eq', 'ne'];

const textPaths = [
  'userName',
  'USERNAME',
  'externalId',
  'displayName',
  'nickName',
  'title',
  'locale',
  'name.givenName',
  'name.familyName',
  'emails',
  'emails.value',
  'emails.type',
  'emails.display',
  'phoneNumbers.value',
  'roles.value',
  'roles.display',
  'photos.value',
  'addresses.locality',
  'addresses.country',
  'groups.display',
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:employeeNumber`,
  `${ENTERPRISE}:manager.displayName`,
];
const identifierPaths = ['id', 'groups.value', `${ENTERPRISE}:manager.value`];
const presencePaths = [
  ...textPaths,
  ...identifierPaths,
  'active',
  'name',
  'addresses',
  'roles',
  'groups',
  'meta',
  'meta.created',
  'photos',
  `${ENTERPRISE}:manager`,
];
const elements: readonly (readonly [string, readonly string[]])[] = [
  ['emails', ['value', 'type', 'display']],
  ['phoneNumbers', ['value', 'type']],
  ['roles', ['value', 'display']],
  ['addresses', ['locality', 'country', 'type']],
];

const compare = (
  paths: readonly string[],
  operators: readonly CompareOperator[],
  value: fc.Arbitrary<FilterLiteral>,
): fc.Arbitrary<FilterNode> =>
  fc.record({
    kind: fc.constant('compare'),
    path: fc.constantFrom(...paths),
    operator: fc.constantFrom(...operators),
    value,
  });

const present = (paths: readonly string[]): fc.Arbitrary<FilterNode> =>
  fc.record({ kind: fc.constant('present'), path: fc.constantFrom(...paths) });

/** What `arbitrary` gives, put together with and, or and not. */
function combined(leaf: fc.Arbitrary<FilterNode>, maxDepth: number): fc.Arbitrary<FilterNode> {
  const { filter } = fc.letrec<{ filter: FilterNode }>((tie) => ({
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
  }));
  return filter;
}

/** The texts that filters compare with: parts of what is there, in other case, and what LIKE would mistake. */
function textsFrom(found: readonly string[]): fc.Arbitrary<string> {
  const whole = fc.constantFrom(...found);
  const part = fc
    .tuple(whole, fc.nat(6), fc.nat(6))
    .map(([value, start, length]) => value.slice(start, start + length));
  const cased = fc
    .tuple(whole, fc.boolean())
    .map(([value, up]) => (up ? value.toUpperCase() : value.toLowerCase()));
  return fc.oneof(whole, part, cased, fc.constantFrom('', '%', '_', '\\', '"', 'work', 'Zebra', 'a', '~'));
}

/** Any filter of a User that this server can search by, over texts, ids and times that are found in the directory. */
export function userFilter(found: {
  texts: readonly string[];
  ids: readonly string[];
  times: readonly string[];
}): fc.Arbitrary<FilterNode> {
  const value: fc.Arbitrary<FilterLiteral> = textsFrom(found.texts);
  const id: fc.Arbitrary<FilterLiteral> = fc.constantFrom(...found.ids, crypto.randomUUID());
  const nothing: fc.Arbitrary<FilterLiteral> = fc.constant(null);
  const valuePath = fc
    .constantFrom(...elements)
    .chain(([path, parts]) =>
      combined(
        fc.oneof(
          compare(parts, text, value),
          present(parts),
          compare(['primary'], equality, fc.constant(true)),
        ),
        1,
      ).map((filter): FilterNode => ({ kind: 'valuePath', path, filter })),
    );
  return combined(
    fc.oneof(
      { arbitrary: compare(textPaths, text, value), weight: 8 },
      { arbitrary: compare(textPaths, equality, nothing), weight: 1 },
      { arbitrary: compare(identifierPaths, equality, id), weight: 2 },
      { arbitrary: compare(['active', 'emails.primary'], equality, fc.constant(true)), weight: 1 },
      {
        arbitrary: compare(['meta.created', 'meta.lastModified'], order, fc.constantFrom(...found.times)),
        weight: 1,
      },
      { arbitrary: present(presencePaths), weight: 2 },
      { arbitrary: valuePath, weight: 4 },
    ),
    3,
  );
}
