import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startGraphQLEndpoint } from './testing/graphql-endpoint.ts';

const BIN = fileURLToPath(new URL('../bin/rollcall.mjs', import.meta.url));

function rollcall(url: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, ROLLCALL_URL: url, ROLLCALL_OPERATOR_TOKEN: 'operator-secret' };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [BIN, ...args], { env }, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

test('the program speaks to the server named by the environment, and ends', async () => {
  const page = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
  const endpoint = await startGraphQLEndpoint(() => ({ data: { accounts: page } }));
  const outcome = await rollcall(endpoint.url, 'account', 'list', '--json');
  await endpoint.close();
  expect(outcome).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
});

test('the exit codes reach the shell', async () => {
  const [failed, misunderstood] = await Promise.all([
    rollcall('http://127.0.0.1:1', 'account', 'list'),
    rollcall('http://127.0.0.1:1', 'account', 'drop'),
  ]);
  expect([failed.code, misunderstood.code]).toEqual([1, 2]);
});
