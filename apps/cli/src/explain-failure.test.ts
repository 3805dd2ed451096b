import { GraphQLRequestError } from '@rollcall/graphql-client';
import { expect, test } from 'vitest';
import { explainFailure } from './explain-failure.ts';

const request = { serverUrl: 'http://127.0.0.1:4000', tokenSource: '/data/operator-token', accountId: 'a1' };

test.each([
  ['input.adminEmail', '--admin-email: Must be an e-mail address.'],
  ['connectionId', '--connection: Must be an e-mail address.'],
  ['expiresAt', '--expires: Must be an e-mail address.'],
])('the field %s is named by its flag', (field, message) => {
  const error = new GraphQLRequestError('Must be an e-mail address', {
    code: 'INVALID_INPUT',
    facts: { field },
  });
  expect(explainFailure(error, request)).toBe(message);
});

test('a server that answers with something else is told apart from one that does not answer', () => {
  const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  const silent = new GraphQLRequestError('…', { code: 'UNAVAILABLE', cause: refused });
  const another = new GraphQLRequestError('The GraphQL endpoint did not answer with JSON.', {
    code: 'UNAVAILABLE',
  });
  expect(explainFailure(silent, request)).toMatch(
    /^No server answers at .*ECONNREFUSED.*npm run start:server/,
  );
  expect(explainFailure(another, request)).toMatch(
    /gave no usable answer: .*did not answer with JSON\. Start/,
  );
});

test('a refused operator token is named by where it came from', () => {
  const error = new GraphQLRequestError('Sign in first.', { code: 'UNAUTHENTICATED' });
  expect(explainFailure(error, request)).toContain('from /data/operator-token');
});

test('what is not found leads to the lists', () => {
  const error = new GraphQLRequestError('There is no such token.', {
    code: 'NOT_FOUND',
    facts: { field: 'id' },
  });
  expect(explainFailure(error, request)).toMatch(/^--id: .*rollcall token list --account a1/);
});

test('an unexpected failure leads to the log', () => {
  const error = new GraphQLRequestError('Failed', { code: 'INTERNAL', facts: { requestId: 'r7' } });
  expect(explainFailure(error, request)).toBe("Failed. The server's log tells more under the request r7.");
});
