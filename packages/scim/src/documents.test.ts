import { readFileSync } from 'node:fs';
import { createInProcessClient } from '@rollcall/graphql-client';
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { customAttributeDocuments } from './custom-attributes/documents.ts';
import { teamDocuments } from './groups/documents.ts';
import { publishedDocuments } from './published/documents.ts';
import { userDocuments } from './users/documents.ts';

const documents = [...userDocuments, ...teamDocuments, ...customAttributeDocuments, ...publishedDocuments];

const schema = buildSchema(readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'));

test('every document fits the contract and compiles', () => {
  const client = createInProcessClient({ schema, createContext: () => ({}) });
  expect(() => client.prepare(documents)).not.toThrow();
});

test('names of operations are unique, since logs and metrics tell documents by them', () => {
  const names = documents.map((document) => {
    const [definition] = document.definitions;
    return definition && 'name' in definition ? definition.name?.value : undefined;
  });
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
});
