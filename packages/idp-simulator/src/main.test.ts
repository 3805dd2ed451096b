import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { type InMemoryScim, startInMemoryScim } from './testing/in-memory-scim.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

let server: InMemoryScim;
beforeEach(async () => {
  server = await startInMemoryScim();
});
afterEach(async () => {
  await server.close();
});

function command(...more: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const process_ = execFile(process.execPath, [MAIN, ...more], (_error, stdout, stderr) =>
      resolve({ code: process_.exitCode ?? -1, stdout, stderr }),
    );
  });
}

const given = () => [
  '--idp',
  'okta',
  '--url',
  server.url,
  '--token',
  server.token,
  '--users',
  '12',
  '--groups',
  '3',
];

it('prints a report, tells of phases on stderr and exits with 0', async () => {
  const { code, stdout, stderr } = await command(...given());
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('initial users: 12 of 12\n') });
  expect(stdout).toMatch(/^initial cycle toward generation 0: \d+ writes/);
  expect(stdout).toMatch(/POST +201 +\d+/);
  expect(stdout).toMatch(/0 failed\) in [\d.]+ s, [\d.]+ a second\n$/);
  expect(stdout + stderr).not.toContain(server.token);
});

it('prints a machine-readable summary with --json', async () => {
  const { code, stdout } = await command(...given(), '--cycles', 'initial', '--json');
  const summary = z
    .object({ users: z.literal(12), groups: z.literal(3), writes: z.number().min(15), failures: z.tuple([]) })
    .parse(JSON.parse(stdout));
  expect({ code, summary }).toMatchObject({ code: 0 });
});

it('shows what failed and exits with 1', async () => {
  server.fault = ({ method }) =>
    method === 'POST' ? { status: 503, body: 'closed for the day' } : undefined;
  const { code, stdout } = await command(...given(), '--cycles', 'initial');
  expect(code).toBe(1);
  expect(stdout).toContain('  POST /Users → 503\n    closed for the day\n');
});

it('exits with 2 on a wrong command line and 0 on --help', async () => {
  expect(await command(...given(), '--users', 'many')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: '--users must be a whole number from 1 to 50000 (got "many"); for example --users 500\n',
  });
  expect(await command('--help')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('--concurrency'),
  });
});
