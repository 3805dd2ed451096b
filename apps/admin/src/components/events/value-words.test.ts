import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
} from 'graphql';
import { expect, test } from 'vitest';
import { readableChange } from './format-change.ts';
import { enumWords } from './value-words.ts';

const schema = buildSchema(readFileSync(new URL('../../../../../schema.graphql', import.meta.url), 'utf8'));
const enums = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLEnumType => isEnumType(type) && !type.name.startsWith('__'),
);
const valuesOf = (type: GraphQLEnumType) => type.getValues().map(({ name }) => name);

/** No change of an event holds a value of these. */
const neverTold = [
  'ActorKind',
  'EmailDomainStatus',
  'ErrorCode',
  'EventType',
  'GroupRolesJobState',
  'GroupsAfterwards',
  'MemberType',
  'OrderDirection',
  'OrgChartPersonChangeKind',
  'OrgChartTeamChangeKind',
  'OrgProblemKind',
  'OrgRebuildState',
  'PublishedRoleOrderField',
  'Region',
  'SignInCheckName',
  'SignInFoundBy',
  'SsoOutcome',
  'StatusClass',
  'SubjectType',
  'TeamOrderField',
  'TimeFormat',
  'TokenKind',
  'TokenStatus',
  'UserOrderField',
  'ViewerKind',
];

test('every enum of the schema has words for all its values, or is never told', () => {
  expect([...Object.keys(enumWords), ...neverTold].toSorted()).toEqual(
    enums.map(({ name }) => name).toSorted(),
  );
  for (const type of enums.filter(({ name }) => !neverTold.includes(name))) {
    const words: Record<string, string> | undefined = Object.entries(enumWords).find(
      ([name]) => name === type.name,
    )?.[1];
    expect(Object.keys(words ?? {}).toSorted(), type.name).toEqual(valuesOf(type).toSorted());
  }
});

/** Every enum in what mutations are given, with its field. */
function givenEnums(): Map<string, GraphQLEnumType> {
  const found = new Map<string, GraphQLEnumType>();
  const seen = new Set<GraphQLInputObjectType>();
  const look = (input: GraphQLInputObjectType) => {
    if (seen.has(input)) return;
    seen.add(input);
    for (const { name, type } of Object.values(input.getFields())) {
      const named = getNamedType(type);
      if (isEnumType(named)) found.set(`${input.name}.${name}`, named);
      if (isInputObjectType(named)) look(named);
    }
  };
  for (const { args } of Object.values(schema.getMutationType()?.getFields() ?? {}))
    for (const { type } of args) {
      const named = getNamedType(type);
      if (isInputObjectType(named)) look(named);
    }
  return found;
}

test('what can be set to a value of an enum is told in words, and not as the API calls it', () => {
  const given = [...givenEnums()].filter(([, { name }]) => !neverTold.includes(name));
  expect(given.length).toBeGreaterThan(10);
  for (const [path, type] of given)
    for (const value of valuesOf(type)) {
      const field = path.slice(path.indexOf('.') + 1);
      expect(readableChange({ field, before: null, after: value }).after, `${path}: ${value}`).not.toBe(
        value,
      );
    }
});

test('what happens to somebody is told in words too', () => {
  const told = (field: string, after: unknown) => readableChange({ field, before: null, after }).after;
  expect(told('rule', 'BY_HAND')).toBe('By hand');
  expect(told('secondFactors', ['TOTP', 'PASSKEY'])).toBe('Authenticator app, Passkey');
  expect(told('method', 'PROVIDER')).toBe('Identity provider');
  expect(told('cause', 'SESSION_REVOKED')).toBe('Session revoked by the identity provider');
  expect(told('reason', 'The mail server said no')).toBe('The mail server said no');
});
