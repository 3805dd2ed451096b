import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLObjectType,
  parse,
  print,
} from 'graphql';
import { expect, test } from 'vitest';
import { UserFields } from './documents.ts';
import { coreTexts, enterpriseTexts, nameParts, textPaths, valueLists } from './user-attributes.ts';

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../../../schema.graphql'), 'utf8'));

function fieldsOf(name: string): Set<string> {
  const type = schema.getType(name);
  if (type instanceof GraphQLEnumType) return new Set(type.getValues().map((value) => value.name));
  if (type instanceof GraphQLObjectType || type instanceof GraphQLInputObjectType)
    return new Set(Object.keys(type.getFields()));
  throw new Error(`schema.graphql has no ${name}`);
}

const fields = [...coreTexts, ...enterpriseTexts, ...Object.values(valueLists)];

test('the schemas of SCIM say which texts there are', () => {
  expect(coreTexts).toEqual(expect.arrayContaining(['displayName', 'profileUrl', 'timezone']));
  expect(coreTexts).not.toContain('userName');
  expect(textPaths).toContainEqual([
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter',
    'costCenter',
  ]);
});

test.each(['User', 'CreateUserInput', 'UpdateUserInput', 'UserFilter'])('%s has each of them', (type) => {
  expect(fields.filter((field) => !fieldsOf(type).has(field))).toEqual([]);
});

test.each(['PersonName', 'PersonNameInput', 'PersonNameFilter'])('%s has each part of a name', (type) => {
  expect(nameParts.filter((part) => !fieldsOf(type).has(part))).toEqual([]);
});

test('the document reads each of them', () => {
  const read = print(parse(print(UserFields)));
  expect(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(read))).toEqual([]);
});
