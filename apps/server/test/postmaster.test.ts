import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exchange } from './clients/http-exchange.ts';
import { buildProgram, killPrograms, type ServerProgram, startServerProgram } from './program.ts';

let dataDirectory: string;
let server: ServerProgram;
let postmaster: number;
beforeAll(async () => {
  await buildProgram();
  dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-postmaster-'));
  server = await startServerProgram({ ROLLCALL_DATA_DIR: dataDirectory, DATABASE_URL: '' });
  postmaster = server.line('PostgreSQL runs').postmaster ?? 0;
});
afterAll(async () => {
  await killPrograms();
  await rm(dataDirectory, { recursive: true });
});

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
