import { expect, test } from 'vitest';
import { runAgainst } from '../testing/command-line.ts';

const scimUrl = 'http://127.0.0.1:4000/scim/v2/a1';
const graphqlUrl = 'http://127.0.0.1:4000/graphql';
const created = () => ({
  data: { createAccount: { account: { id: 'a1', scimUrl, graphqlUrl }, adminPassword: 'made-up' } },
});
const create = ['account', 'create', '--name', 'Acme', '--admin-email', 'ada@example.com'];

test('account create --json answers one line of JSON and nothing else', async () => {
  const { code, stdout, stderr } = await runAgainst(created, [...create, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n')).toEqual([expect.any(String), '']);
  expect(JSON.parse(stdout)).toEqual({
    accountId: 'a1',
    scimUrl,
    graphqlUrl,
    admin: { email: 'ada@example.com', password: 'made-up' },
  });
});

test('account create asks as the operator, and leaves to the server what was not said', async () => {
  const { requests } = await runAgainst(created, create);
  expect(requests).toMatchObject([
    { operation: 'CreateAccount', headers: { authorization: 'Bearer operator-secret' } },
  ]);
  expect(requests[0]?.headers).not.toHaveProperty('rollcall-account');
  expect(requests[0]?.variables).toEqual({ input: { name: 'Acme', adminEmail: 'ada@example.com' } });
});

test('account create passes on the name of the admin and the region', async () => {
  const { requests } = await runAgainst(created, [
    ...create,
    '--admin-name',
    'Ada Lovelace',
    '--region',
    'asia',
  ]);
  expect(requests[0]?.variables).toEqual({
    input: { name: 'Acme', adminEmail: 'ada@example.com', adminName: 'Ada Lovelace', region: 'ASIA' },
  });
});

test('account create tells a person that the password is shown once', async () => {
  const { stdout } = await runAgainst(created, create);
  expect(stdout).toMatch(/Password +made-up\n/);
  expect(stdout).toContain('shown this once');
});

test('account create names the flag that the server refuses', async () => {
  const { code, stdout, stderr } = await runAgainst(
    () => ({
      errors: [
        {
          message: 'adminEmail must be an e-mail address, such as ada@example.com.',
          path: ['createAccount'],
          extensions: { code: 'INVALID_INPUT', field: 'adminEmail' },
        },
      ],
    }),
    create,
  );
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe('--admin-email: adminEmail must be an e-mail address, such as ada@example.com.\n');
});

const account = (id: string, name: string) => ({
  id,
  name,
  region: 'EU',
  scimUrl,
  graphqlUrl,
  createdAt: '2029-12-31T00:00:00Z',
});

test('account list goes through all pages', async () => {
  const { stdout, requests } = await runAgainst(
    ({ variables: { after } }) => ({
      data: {
        accounts:
          after === null
            ? { nodes: [account('a1', 'Acme')], pageInfo: { hasNextPage: true, endCursor: 'c1' } }
            : { nodes: [account('a2', 'Globex')], pageInfo: { hasNextPage: false, endCursor: 'c2' } },
      },
    }),
    ['account', 'list', '--json'],
  );
  expect(requests.map(({ variables }) => variables)).toEqual([
    { first: 500, after: null },
    { first: 500, after: 'c1' },
  ]);
  expect(JSON.parse(stdout)).toMatchObject([
    { accountId: 'a1', name: 'Acme', region: 'eu' },
    { accountId: 'a2', name: 'Globex', region: 'eu' },
  ]);
});

test('account list is a table for people', async () => {
  const page = { nodes: [account('a1', 'Acme')], pageInfo: { hasNextPage: false, endCursor: 'c1' } };
  const { stdout } = await runAgainst(() => ({ data: { accounts: page } }), ['account', 'list']);
  expect(stdout).toBe(`ACCOUNT  NAME  REGION  SCIM URL\na1       Acme  eu      ${scimUrl}\n`);
});

test('account list says what to do when there is none', async () => {
  const page = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  const { stdout } = await runAgainst(() => ({ data: { accounts: page } }), ['account', 'list']);
  expect(stdout).toMatch(/^There is no account yet.*rollcall account create/);
});
