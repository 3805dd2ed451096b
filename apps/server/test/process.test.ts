import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { operatorToken } from '../src/operator-token.ts';
import { httpGraphQL } from './clients/graphql-client.ts';
import { exchange } from './clients/http-exchange.ts';
import { liveClient } from './clients/live-client.ts';

const root = join(import.meta.dirname, '..');
const run = promisify(execFile);
const logLine = z.looseObject({ msg: z.string(), address: z.string().optional() });

let database: Awaited<ReturnType<typeof testDatabase>>;
let dataDirectory: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  await run(process.execPath, ['build.ts'], { cwd: root });
  database = await testDatabase();
  dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-server-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dataDirectory, { recursive: true });
  await database.drop();
});

/** Starts the program, and gives it when it says that it is ready. */
async function startProgram() {
  const environment = { DATABASE_URL: database.url, ROLLCALL_DATA_DIR: dataDirectory, SERVER_PORT: '0' };
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const messages: string[] = [];
  const origin = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${messages.join('\n')}`)));
    createInterface(child.stdout).on('line', (line) => {
      const { msg, address } = logLine.parse(JSON.parse(line));
      messages.push(msg);
      if (msg === 'ready' && address !== undefined) resolve(address);
    });
  });
  return { child, origin, messages };
}

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

  test('names the variable that is wrong, and does not start', async () => {
    const started = run(process.execPath, ['dist/main.js'], {
      cwd: root,
      env: { ...process.env, SERVER_PORT: 'x' },
    });
    await expect(started).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('SERVER_PORT: '),
    });
  });
});
