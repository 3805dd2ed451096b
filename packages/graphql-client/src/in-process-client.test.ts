import { GraphQLError, parse } from 'graphql';
import { expect, test } from 'vitest';
import { graphql } from './graphql.ts';
import { createInProcessClient } from './in-process-client.ts';
import { describeGraphQLClient } from './testing/client-suite.ts';
import { staffSchema } from './testing/staff-schema.ts';
import { maskedError, staffContext } from './testing/staff-server.ts';

describeGraphQLClient('the in-process client', async () => ({
  client: createInProcessClient({
    schema: staffSchema,
    createContext: staffContext,
    formatError: maskedError,
  }),
  close: async () => {},
}));

test('a document that does not fit the schema is refused when it is prepared', () => {
  const client = createInProcessClient({ schema: staffSchema, createContext: () => ({}) });
  expect(() => client.prepare([parse('{ person { id } }')])).toThrow(
    /does not fit the schema: .*argument "id".*required/,
  );
});

test('an unexpected error keeps its cause for the log', async () => {
  const client = createInProcessClient({ schema: staffSchema, createContext: staffContext });
  const document = Object.assign(graphql('{ viewer { kind } }'), parse('{ person(id: "p1") { broken } }'));
  await expect(client.execute(document, {}, {})).rejects.toMatchObject({
    code: 'INTERNAL',
    cause: { message: 'a secret of the inside' },
  });
});

test('variables that are not admitted are refused before anybody looks into them', async () => {
  const client = createInProcessClient({
    schema: staffSchema,
    createContext: staffContext,
    admitVariables({ filter }) {
      if (filter !== undefined)
        throw new GraphQLError('Too deep.', { extensions: { code: 'LIMIT_EXCEEDED', limit: 3 } });
    },
  });
  const document = Object.assign(
    graphql('{ viewer { kind } }'),
    parse('query ($filter: PersonFilter) { echo(filter: $filter) }'),
  );
  let filter: object = {};
  for (let level = 0; level < 20_000; level += 1) filter = { not: filter };
  await expect(client.execute(document, { filter }, {})).rejects.toMatchObject({
    code: 'LIMIT_EXCEEDED',
    facts: { limit: 3 },
  });
});
