import { expect, test } from 'vitest';
import { runAgainst } from '../testing/command-line.ts';

const token = {
  id: 't1',
  name: 'Entra',
  kind: 'SCIM',
  status: 'ACTIVE',
  permissions: [{ id: 'users.read' }],
  connection: { id: 'c1' },
  prefix: 'rc_scim_t1',
  lastFour: 'wxyz',
  createdAt: '2030-01-01T00:00:00Z',
  expiresAt: '2030-04-01T00:00:00.000Z',
  lastUsedAt: null,
  revokedAt: null,
  overlapEndsAt: null,
};
const secret = 'rc_scim_t1_secret';
const issued = () => ({ data: { issueToken: { secret, token } } });
const issue = ['token', 'issue', '--account', 'a1', '--kind', 'scim', '--name', 'Entra'];

test('token issue --json answers the secret with what is known of the token', async () => {
  const { code, stdout, stderr } = await runAgainst(issued, [...issue, '--json']);
  expect({ code, stderr, lines: stdout.split('\n').length }).toEqual({ code: 0, stderr: '', lines: 2 });
  expect(JSON.parse(stdout)).toMatchObject({
    id: 't1',
    token: secret,
    kind: 'scim',
    name: 'Entra',
    expiresAt: '2030-04-01T00:00:00.000Z',
    permissions: ['users.read'],
    connectionId: 'c1',
  });
});

test('token issue names the account in the header and counts the lifetime from now', async () => {
  const more = ['--expires', '90d', '--permissions', 'users.read, teams.read', '--connection', 'c1'];
  const { requests } = await runAgainst(issued, [...issue, ...more]);
  expect(requests[0]?.headers['rollcall-account']).toBe('a1');
  expect(requests[0]?.variables).toEqual({
    input: {
      kind: 'SCIM',
      name: 'Entra',
      permissions: ['users.read', 'teams.read'],
      connectionId: 'c1',
      expiresAt: '2030-04-01T00:00:00.000Z',
    },
  });
});

test('token issue without --expires makes a token that lives until it is revoked', async () => {
  const { requests } = await runAgainst(issued, issue);
  expect(requests[0]?.variables).toEqual({ input: { kind: 'SCIM', name: 'Entra' } });
});

test('token issue shows a person the secret, once', async () => {
  const { stdout } = await runAgainst(issued, issue);
  expect(stdout.split(secret)).toHaveLength(2);
  expect(stdout).toContain('shown this once');
});

test.each([
  [['--expires', '90'], /--expires <duration>.*'90' is invalid.*such as 90d, 12h or 30m/],
  [['--expires', '0s'], /A token can not expire before it is used/],
  [['--permissions', 'a,,b'], /--permissions <ids>.*separated by one comma/],
  [['--kind', 'saml'], /--kind <kind>.*Allowed choices are scim, api/],
])('token issue %j is not understood, and nothing is asked', async (flags, message) => {
  const { code, stdout, stderr, requests } = await runAgainst(issued, [...issue, ...flags]);
  expect({ code, stdout, requests }).toEqual({ code: 2, stdout: '', requests: [] });
  expect(stderr).toMatch(message);
});

test('token rotate passes on the overlap in seconds and tells how long the old secret works', async () => {
  const overlapEndsAt = '2030-01-01T01:00:00Z';
  const { stdout, requests } = await runAgainst(
    () => ({ data: { rotateToken: { secret, token: { ...token, overlapEndsAt } } } }),
    ['token', 'rotate', '--account', 'a1', '--id', 't1', '--overlap', '1h'],
  );
  expect(requests).toMatchObject([
    { operation: 'RotateToken', variables: { input: { id: 't1', overlapSeconds: 3600 } } },
  ]);
  expect(stdout).toContain(`The old one works until ${overlapEndsAt}.`);
  expect(stdout).toContain(secret);
});

test('token revoke answers the token as it is now', async () => {
  const { stdout, requests } = await runAgainst(
    () => ({
      data: { revokeToken: { token: { ...token, status: 'REVOKED', revokedAt: '2030-01-01T00:00:00Z' } } },
    }),
    ['token', 'revoke', '--account', 'a1', '--id', 't1', '--json'],
  );
  expect(requests).toMatchObject([{ operation: 'RevokeToken', variables: { input: { id: 't1' } } }]);
  expect(JSON.parse(stdout)).toMatchObject({
    id: 't1',
    status: 'revoked',
    revokedAt: '2030-01-01T00:00:00Z',
  });
});

test('token list is a table for people', async () => {
  const page = { nodes: [token], pageInfo: { hasNextPage: false, endCursor: 'c' } };
  const { stdout, requests } = await runAgainst(
    () => ({ data: { tokens: page } }),
    ['token', 'list', '--account', 'a1'],
  );
  expect(requests[0]?.headers['rollcall-account']).toBe('a1');
  expect(stdout.split('\n')).toEqual([
    'ID  NAME   KIND  STATUS  ENDS WITH  EXPIRES                   LAST USED',
    't1  Entra  scim  active  wxyz       2030-04-01T00:00:00.000Z  never',
    '',
  ]);
});
