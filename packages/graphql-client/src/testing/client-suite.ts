import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GraphQLClient, GraphQLRequestHeaders } from '../client.ts';
import type { TadaDocumentNode } from '../graphql.ts';
import { GraphQLRequestError } from '../request-error.ts';

interface ClientUnderTest {
  client: GraphQLClient;
  close(): Promise<void>;
}

type Variables = Record<string, unknown>;

/** The documents below speak to the test's schema, which gql.tada does not know. */
function untyped(text: string): TadaDocumentNode<Record<string, unknown>, Variables> {
  return Object.assign(parse(text), {});
}

const personQuery = untyped(`
  query Person($id: ID!, $first: Int = 2) {
    person(id: $id) {
      __typename id userName title createdAt
      boss: manager { ...names }
      colleagues(first: $first) { ...names }
    }
  }
  fragment names on Person { id userName }
`);
const echoQuery = untyped(
  'query Echo($filter: PersonFilter, $note: String) { echo(filter: $filter, note: $note) }',
);
const titleQuery = untyped(
  'query Title($titled: Boolean!, $id: ID!) { person(id: $id) { id title @include(if: $titled) } }',
);
const writeMutation = untyped('mutation Write($input: PersonInput!) { write(input: $input) }');

/** What any implementation of GraphQLClient owes its callers, run against `staffSchema`. */
export function describeGraphQLClient(name: string, start: () => Promise<ClientUnderTest>): void {
  describe(name, () => {
    let subject: ClientUnderTest;
    beforeAll(async () => {
      subject = await start();
    });
    afterAll(() => subject.close());

    const execute = (
      document: TadaDocumentNode<Record<string, unknown>, Variables>,
      variables: Variables = {},
      headers: GraphQLRequestHeaders = {},
    ) => subject.client.execute(document, variables, headers);

    async function failureOf(answer: Promise<unknown>): Promise<GraphQLRequestError> {
      const failure = await answer.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (failure instanceof GraphQLRequestError) return failure;
      throw new Error(`expected a GraphQLRequestError, got ${String(failure)}`);
    }

    test('gives data with aliases, fragments, lists, promises and custom scalars', async () => {
      expect(await execute(personQuery, { id: 'p1' })).toEqual({
        person: {
          __typename: 'Person',
          id: 'p1',
          userName: 'user-p1',
          title: null,
          createdAt: '1970-01-01T00:00:00.000Z',
          boss: { id: 'm', userName: 'the-manager' },
          colleagues: [
            { id: 'c0', userName: 'colleague-0' },
            { id: 'c1', userName: 'colleague-1' },
          ],
        },
      });
    });

    test('answers the same document again with other variables', async () => {
      const answer = await execute(personQuery, { id: 'p2', first: 0 });
      expect(answer).toMatchObject({ person: { id: 'p2', colleagues: [] } });
    });

    test('leaves out what a variable says', async () => {
      const titled = await execute(titleQuery, { id: 'p1', titled: true });
      expect(titled).toEqual({ person: { id: 'p1', title: null } });
      const untitled = await execute(titleQuery, { id: 'p1', titled: false });
      expect(untitled).toEqual({ person: { id: 'p1' } });
    });

    test('gives null for what is not there', async () => {
      expect(await execute(personQuery, { id: 'nobody' })).toEqual({ person: null });
    });

    test('resolves the type behind an interface', async () => {
      const answer = await execute(untyped('{ node { __typename id ... on Person { userName } } }'));
      expect(answer).toEqual({ node: { __typename: 'Person', id: 'n', userName: 'a-node' } });
    });

    test('keeps left out, null and nested input apart', async () => {
      const filter = { and: [{ userName: 'a' }, { not: { active: null, userName: undefined } }] };
      const answer = await execute(echoQuery, { filter, note: undefined });
      expect(answer).toEqual({ echo: '{"filter":{"and":[{"userName":"a"},{"not":{"active":null}}]}}' });
      expect(await execute(echoQuery, { filter: null, note: 'n' })).toEqual({
        echo: '{"filter":null,"note":"n"}',
      });
    });

    test.each([
      [{ userName: 'a' }, { userName: 'a', active: true }],
      [
        { userName: 'a', title: null, managerId: undefined, emails: [] },
        { userName: 'a', active: true, title: null, emails: [] },
      ],
      [
        { userName: 'a', active: false, emails: [{ value: 'x', primary: null }], managerId: 7 },
        { userName: 'a', active: false, emails: [{ value: 'x', primary: null }], managerId: '7' },
      ],
      [
        { userName: 'a', emails: { value: 'alone' }, startedAt: '2026-01-02T03:04:05+01:00' },
        { userName: 'a', active: true, startedAt: '2026-01-02T02:04:05.000Z', emails: [{ value: 'alone' }] },
      ],
    ])('coerces the input %j', async (input, coerced) => {
      const answer = await execute(writeMutation, { input });
      expect(JSON.parse(String(answer.write))).toEqual(coerced);
    });

    test('parses custom scalars of the input', async () => {
      const answer = await execute(echoQuery, { filter: { createdAfter: '2026-01-02T03:04:05+01:00' } });
      expect(answer).toEqual({ echo: '{"filter":{"createdAfter":"2026-01-02T02:04:05.000Z"}}' });
    });

    test('passes the headers that are given and no others', async () => {
      const answer = await execute(
        untyped('{ headers }'),
        {},
        {
          authorization: 'Bearer t',
          'rollcall-account': 'acme',
          'x-request-id': 'r1',
          'rollcall-dry-run': undefined,
        },
      );
      expect(answer).toEqual({
        headers: '{"authorization":"Bearer t","rollcall-account":"acme","x-request-id":"r1"}',
      });
    });

    test('shows resolvers where they are', async () => {
      expect(await execute(untyped('query Where { selection }'))).toEqual({
        selection: 'Query.selection of Where in Query',
      });
    });

    test('throws an expected failure with its code and facts', async () => {
      const failure = await failureOf(execute(untyped('mutation { refuse }')));
      expect(failure).toMatchObject({ code: 'ALREADY_EXISTS', message: 'The userName is taken.' });
      expect(failure.facts).toEqual({ field: 'userName', conflictingId: 'p1' });
    });

    test('throws the first error although other fields have data', async () => {
      const failure = await failureOf(execute(untyped('mutation { count(to: 1) refuse }')));
      expect(failure.code).toBe('ALREADY_EXISTS');
    });

    test('masks what nobody expected', async () => {
      const failure = await failureOf(execute(untyped('{ person(id: "p1") { broken } }')));
      expect(failure).toMatchObject({ code: 'INTERNAL', message: 'Something went wrong.' });
      expect(failure.facts).toEqual({ requestId: 'r-masked' });
    });

    test.each([
      ['a required variable is missing', personQuery, {}],
      ['a variable has the wrong type', personQuery, { id: 'p1', first: 'two' }],
      ['a scalar refuses its value', echoQuery, { filter: { createdAfter: 'tomorrow' } }],
      ['a field of a filter does not exist', echoQuery, { filter: { shoeSize: 43 } }],
      ['a field of an input does not exist', writeMutation, { input: { userName: 'a', shoeSize: 43 } }],
      ['a field of an input has the wrong type', writeMutation, { input: { userName: 7 } }],
      ['a required field of an input is null', writeMutation, { input: { userName: 'a', active: null } }],
      ['a required field of an input is missing', writeMutation, { input: {} }],
      ['a required input is null', writeMutation, { input: null }],
    ])('refuses as INVALID_INPUT when %s', async (_case, document, variables) => {
      expect((await failureOf(execute(document, variables))).code).toBe('INVALID_INPUT');
    });

    test('throws what the context of the request refuses', async () => {
      const failure = await failureOf(execute(untyped('{ headers }'), {}, { authorization: 'Bearer wrong' }));
      expect(failure).toMatchObject({ code: 'UNAUTHENTICATED', message: 'The token is not known.' });
    });

    test('runs requests side by side without mixing them up', async () => {
      const ids = Array.from({ length: 50 }, (_, index) => `p${index}`);
      const answers = await Promise.all(ids.map((id) => execute(personQuery, { id })));
      expect(answers).toMatchObject(ids.map((id) => ({ person: { id } })));
    });

    test('prepares documents ahead', async () => {
      const document = untyped('{ node { id } }');
      subject.client.prepare([document, personQuery]);
      expect(await execute(document)).toEqual({ node: { id: 'n' } });
    });
  });
}
