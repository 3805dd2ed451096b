import { expect, test } from 'vitest';
import { runAgainst, runWith } from './testing/command-line.ts';

const operator = { ROLLCALL_OPERATOR_TOKEN: 'operator-secret' };

test.each([
  [['account', 'create', '--name', 'Acme'], /required option '--admin-email <email>' not specified/],
  [
    ['account', 'create', '--name', 'Acme', '--admin-email', 'a@example.com', '--region', 'mars'],
    /eu, us, asia, sa/,
  ],
  [['token', 'list'], /required option '--account <id>' not specified/],
  [['token', 'burn'], /unknown command 'burn'/],
  [['account', 'list', '--colour'], /unknown option '--colour'/],
  [['account', 'list', '--url', 'localhost'], /--url must be the http or https URL/],
  [[], /Usage: rollcall/],
])('%j is not understood: exit code 2, told on standard error', async (args, message) => {
  const { code, stdout, stderr } = await runWith(operator, args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(message);
});

test('--help is an answer', async () => {
  const { code, stdout } = await runWith({}, ['token', 'issue', '--help']);
  expect(code).toBe(0);
  expect(stdout).toContain('--expires <duration>');
});

test('without an operator token the command says where it looked', async () => {
  const { code, stderr } = await runWith({ ROLLCALL_DATA_DIR: '/var/lib/nothing' }, ['account', 'list']);
  expect(code).toBe(1);
  expect(stderr).toContain('/var/lib/nothing/operator-token');
});

test('without a server the command says how to start it', async () => {
  const { code, stdout, stderr } = await runWith(operator, [
    'account',
    'list',
    '--url',
    'http://127.0.0.1:1',
  ]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(
    /^No server answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\).*npm run start:server/,
  );
  expect(stderr).not.toMatch(/^ +at /m);
});

test('a URL that leads to something else is told apart', async () => {
  const { code, stderr } = await runAgainst(() => 'a page', ['account', 'list']);
  expect(code).toBe(1);
  expect(stderr).toMatch(/gave no usable answer/);
});

test('a refused operator token is never repeated', async () => {
  const { code, stderr } = await runAgainst(
    () => ({ errors: [{ message: 'The token is not known.', extensions: { code: 'UNAUTHENTICATED' } }] }),
    ['account', 'list'],
  );
  expect(code).toBe(1);
  expect(stderr).toContain('from ROLLCALL_OPERATOR_TOKEN');
  expect(stderr).not.toContain('operator-secret');
});
