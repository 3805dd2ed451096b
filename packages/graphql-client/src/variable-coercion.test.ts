import { getVariableValues, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { expect, test } from 'vitest';
import { staffSchema } from './testing/staff-schema.ts';
import { compileVariableCoercion } from './variable-coercion.ts';

const document = parse(`
  mutation Write($input: PersonInput!, $filter: PersonFilter = { active: true }, $ids: [ID!], $deep: [[Int]]) {
    write(input: $input)
  }
`);
const operation = document.definitions.find(
  (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
);
const definitions = operation?.variableDefinitions ?? [];
const coerce = compileVariableCoercion(staffSchema, definitions);
const input = { userName: 'a' };
const nested = { not: { not: { and: [{ userName: 'x' }, { not: null }] } } };

const samples: Record<string, unknown>[] = [
  {},
  { input: null },
  { input: 'text' },
  { input: [input] },
  { input },
  { input, unknown: 1 },
  { input, filter: null },
  { input, filter: {} },
  { input, filter: nested },
  { input, filter: { and: nested } },
  { input, filter: { and: [null] } },
  { input, filter: { createdAfter: 'never' } },
  { input, filter: { createdAfter: '2026-01-01' } },
  { input, ids: 'one' },
  { input, ids: ['one', 2, null] },
  { input, ids: ['one', 2] },
  { input, ids: [true] },
  { input, ids: [] },
  { input, deep: [[1, null], null, [2.5]] },
  { input, deep: [[1, null], null] },
  { input, deep: 3 },
  { input: { userName: null } },
  { input: { userName: 'a', active: null } },
  { input: { userName: 'a', active: 'yes' } },
  { input: { userName: 'a', title: null, emails: null } },
  { input: { userName: 'a', emails: [{ value: 'x', primary: false }, {}] } },
  { input: { userName: 'a', emails: [{ label: 'x' }] } },
  { input: { userName: 'a', constructor: 'x' } },
];

test.each(samples)('%j is coerced or refused just as graphql-js does', (values) => {
  const expected = getVariableValues(staffSchema, definitions, values);
  const actual = coerce(values);
  expect(actual.coerced).toEqual(expected.coerced);
  expect(actual.errors?.map(String)).toEqual(expected.errors?.map(String));
});
