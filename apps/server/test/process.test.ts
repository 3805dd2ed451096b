import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { operatorToken } from '../src/operator-token.ts';
import { httpGraphQL } from './clients/graphql-client.ts';
import { exchange } from './clients/http-exchange.ts';
import { liveClient } from './clients/live-client.ts';
import { buildProgram, killPrograms, SERVER_ROOT, startServerProgram } from './program.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let dataDirectory: string;

beforeAll(async () => {
  await buildProgram();
  database = await testDatabase();
  dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-server-'));
});
afterAll(async () => {
  await killPrograms();
  await rm(dataDirectory, { recursive: true });
  await database.drop();
});

const startProgram = () =>
  startServerProgram({ DATABASE_URL: database.url, ROLLCALL_DATA_DIR: dataDirectory });

const createAccount = `mutation ($input: CreateAccountInput!) { createAccount(input: $input) { adminPassword } }`;

describe('the program', () => {
  test('stops at once and cleanly when it is told to, and starts again where it was', async () => {
    const first = await startProgram();
    const operator = httpGraphQL(first.origin, {
      authorization: `Bearer ${await operatorToken(dataDirectory)}`,
    });
    const created = z.object({ createAccount: z.object({ adminPassword: z.string() }) });
    const { adminPassword } = (
      await operator.query(created, createAccount, {
        input: { name: 'Acme', adminEmail: 'ada@example.com', adminName: 'Ada' },
      })
    ).createAccount;
    const signIn = (origin: string) =>
      exchange(origin, {
        method: 'POST',
        path: '/auth/sign-in',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'ada@example.com', password: adminPassword }),
      });
    const cookie = (await signIn(first.origin)).headers['set-cookie']?.[0]?.split(';')[0];
    const live = liveClient(first.origin, { headers: { cookie } });
    await live.ask('{ account { id } }');

    // With a connection that is kept alive and a socket that is followed.
    const stopping = performance.now();
    first.child.kill('SIGTERM');
    const [code] = await once(first.child, 'exit');
    expect(code).toBe(0);
    expect(performance.now() - stopping).toBeLessThan(5000);
    expect(first.messages.at(-1)).toBe('stopped');
    expect((await live.closed).code).toBeLessThan(4000);

    const second = await startProgram();
    expect((await signIn(second.origin)).status).toBe(200);
    second.child.kill('SIGINT');
    expect((await once(second.child, 'exit'))[0]).toBe(0);
  });

  test.each([
    [
      'DATABASE_URL',
      'postgres://ada:hidden@127.0.0.1:1/rollcall',
      /^DATABASE_URL leads to 127\.0\.0\.1:1\/rollcall.*ECONNREFUSED/,
    ],
    [
      'DATABASE_URL',
      'postgres://ada:hidden@localhost:1/rollcall',
      /^DATABASE_URL leads to localhost:1\/rollcall.*ECONNREFUSED/,
    ],
    ['ROLLCALL_DATA_DIR', '/proc/rollcall', /^ROLLCALL_DATA_DIR: .*\/proc\/rollcall/],
    ['SERVER_HOST', '192.0.2.1', /^SERVER_HOST, SERVER_PORT: .*EADDRNOTAVAIL/],
  ])('ends with one sentence, and no password, for %s=%s', async (name, value, words) => {
    const variables = {
      DATABASE_URL: database.url,
      ROLLCALL_DATA_DIR: dataDirectory,
      SERVER_PORT: '0',
      [name]: value,
    };
    const started = promisify(execFile)(process.execPath, ['dist/main.js'], {
      cwd: SERVER_ROOT,
      env: { ...process.env, ...variables },
      timeout: 20_000,
    });
    const { code, stdout } = await started.then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => error,
    );
    expect(code).toBe(1);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [fatal] = lines.filter(({ level }) => level === 60);
    expect(fatal).not.toHaveProperty('err');
    expect(fatal.msg).toMatch(words);
    expect(stdout).not.toContain('hidden');
  });

  test('names the variable that is wrong, and does not start', async () => {
    const started = promisify(execFile)(process.execPath, ['dist/main.js'], {
      cwd: SERVER_ROOT,
      env: { ...process.env, SERVER_PORT: 'x' },
    });
    await expect(started).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('SERVER_PORT: '),
    });
  });
});
