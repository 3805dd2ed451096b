import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { operatorToken } from '../src/operator-token.ts';
import { httpGraphQL } from './clients/graphql-client.ts';
import { exchange } from './clients/http-exchange.ts';
import { type ScimClient, scimClient } from './clients/scim-client.ts';
import { buildProgram, killPrograms, type ServerProgram, startServerProgram } from './program.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

let dataDirectory: string;
let server: ServerProgram;
let postmaster: number;
let scim: ScimClient;
beforeAll(async () => {
  await buildProgram();
  dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-postmaster-'));
  server = await startServerProgram({ ROLLCALL_DATA_DIR: dataDirectory, DATABASE_URL: '' });
  postmaster = server.line('PostgreSQL runs').postmaster ?? 0;
  scim = await identityProvider();
});
afterAll(async () => {
  await killPrograms();
  await rm(dataDirectory, { recursive: true });
});

const created = z.object({
  createAccount: z.object({ account: z.object({ id: z.string() }) }),
});
const issued = z.object({ issueToken: z.object({ secret: z.string() }) });

/** An account's identity provider; the database may be away for a while. */
async function identityProvider(): Promise<ScimClient> {
  const authorization = `Bearer ${await operatorToken(dataDirectory)}`;
  const { createAccount } = await httpGraphQL(server.origin, { authorization }).query(
    created,
    'mutation { createAccount(input: { name: "Acme", adminEmail: "ada@example.com", adminName: "Ada" }) { account { id } } }',
  );
  const { id } = createAccount.account;
  const { issueToken } = await httpGraphQL(server.origin, { authorization, 'rollcall-account': id }).query(
    issued,
    'mutation { issueToken(input: { kind: SCIM, name: "Entra" }) { secret } }',
  );
  return scimClient(server.origin, `/scim/v2/${id}`, issueToken.secret, { mayBeAway: true });
}

const readyz = async () => (await exchange(server.origin, { method: 'GET', path: '/readyz' })).status;

/** The processes that serve PostgreSQL's sessions, and those that work for it in the background. */
async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(pid)]);
  return stdout.trim().split(/\s+/).map(Number);
}

/** Kills PostgreSQL as nothing else does, and waits until it runs again. */
async function killPostgres(): Promise<void> {
  const again = server.says(/PostgreSQL runs again, as process (\d+)/);
  process.kill(postmaster, 'SIGKILL');
  postmaster = Number((await again)[1]);
}

test('PostgreSQL that is killed under writes comes back, meanwhile it is 503, and no acknowledged write is lost', async () => {
  const statuses: number[] = [];
  const acknowledged = new Set<string>();
  const end = new AbortController();
  const writer = async (name: number) => {
    for (let n = 0; !end.signal.aborted; n += 1) {
      const userName = `w${name}-${n}`;
      const { status } = await scim.send({
        method: 'POST',
        path: '/Users',
        body: { schemas: [USER], userName },
      });
      statuses.push(status);
      if (status === 201) acknowledged.add(userName);
      else await sleep(50);
    }
  };
  const writers = Array.from({ length: 8 }, (_, name) => writer(name));
  await expect.poll(() => acknowledged.size).toBeGreaterThan(50);
  const killedAt = performance.now();
  await killPostgres();
  await expect.poll(readyz, { interval: 20 }).toBe(200);
  const backAfter = performance.now() - killedAt;
  const before = acknowledged.size;
  await expect.poll(() => acknowledged.size).toBeGreaterThan(before + 50);
  end.abort();
  await Promise.all(writers);
  const unavailable = statuses.filter((status) => status === 503).length;
  expect(unavailable).toBeGreaterThan(0);
  expect(statuses.filter((status) => status !== 201 && status !== 503)).toEqual([]);
  const kept = new Set<unknown>();
  for (let startIndex = 1; ; startIndex += 500) {
    const { Resources, totalResults } = await scim.list('/Users', {
      startIndex,
      count: 500,
      attributes: 'userName',
    });
    for (const { userName } of Resources) kept.add(userName);
    if (startIndex + 500 > totalResults) break;
  }
  expect([...acknowledged].filter((userName) => !kept.has(userName))).toEqual([]);
  process.stdout.write(
    `killed: ${acknowledged.size} writes acknowledged, 0 lost, ${unavailable} × 503, ready after ${Math.round(backAfter)} ms\n`,
  );
});

test('PostgreSQL that hangs makes it not ready within 2 seconds, and ready again when it goes on', async () => {
  const all = [postmaster, ...(await childrenOf(postmaster))];
  for (const pid of all) process.kill(pid, 'SIGSTOP');
  try {
    const asked = performance.now();
    expect(await readyz()).toBe(503);
    expect(performance.now() - asked).toBeLessThan(2000);
  } finally {
    for (const pid of all) process.kill(pid, 'SIGCONT');
  }
  await expect.poll(readyz).toBe(200);
});

test('PostgreSQL that does not stay ends the process, for whoever watches over it', async () => {
  const ended = once(server.child, 'exit');
  for (let kills = 0; server.child.exitCode === null && kills < 10; kills += 1) {
    await Promise.race([killPostgres(), ended]);
  }
  expect((await ended)[0]).toBe(1);
  expect(server.messages).toContain('the server can not go on');
});
