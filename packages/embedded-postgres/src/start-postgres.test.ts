import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DataDirectoryInUse, type StartPostgresOptions, startPostgres } from './index.ts';
import { findProcess, waitUntilGone } from './os-process.ts';

let dataDirectory: string;
beforeAll(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-start-'));
  await chmod(dataDirectory, 0o711);
});
afterAll(() => rm(dataDirectory, { recursive: true }));

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

async function withServer<T>(
  options: Partial<StartPostgresOptions>,
  use: (server: Awaited<ReturnType<typeof startPostgres>>) => Promise<T>,
): Promise<T> {
  const server = await startPostgres({ dataDirectory, ...options });
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

/** Starts the server in a process of its own and answers the ids of both. */
async function startInOtherProcess(): Promise<{ owner: number; postmaster: number }> {
  const program = `
    import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    const { postmasterPid } = await startPostgres({ dataDirectory: ${JSON.stringify(dataDirectory)} });
    console.log(postmasterPid);
    setInterval(() => {}, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(owner.stdout), 'line');
  if (!owner.pid) throw new Error('node did not start');
  return { owner: owner.pid, postmaster: Number(line) };
}

/** Kills processes that leave nothing in order, and waits until they are gone. */
async function killHard(...pids: number[]): Promise<void> {
  const running = pids.map(findProcess);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  for (const one of running) if (one !== undefined) await waitUntilGone(one, 10_000);
}

describe('startPostgres', () => {
  let port: number;

  it('fills a new data directory', async () => {
    const told: string[] = [];
    await withServer({ onProgress: (message) => told.push(message) }, async (server) => {
      port = server.port;
      expect(told[0]).toContain(dataDirectory);
      expect(await query(server.url(), 'SELECT current_database()')).toEqual(['rollcall']);
      expect((await stat(join(dataDirectory, 'password'))).mode & 0o777).toBe(0o600);
      await query(server.url(), "CREATE TABLE person AS SELECT 'Ada' AS name");
    });
    expect(await readFile(join(dataDirectory, 'postgres.log'), 'utf8')).toContain(
      'database system is shut down',
    );
  });

  it('finds the data again, under the same URL, after a regular stop', async () => {
    await withServer({}, async (server) => {
      expect(server.port).toBe(port);
      expect(await query(server.url(), 'SELECT name FROM person')).toEqual(['Ada']);
      expect(await server.createDatabase('rollcall')).toBe(false);
      expect(await server.createDatabase('With "quotes"')).toBe(true);
      expect(await query(server.url('With "quotes"'), 'SELECT 1')).toEqual([1]);
    });
  });

  it('is durable, UTF-8 and closed to strangers', async () => {
    await withServer({}, async ({ url }) => {
      const settings =
        "SELECT name || '=' || setting FROM pg_settings WHERE name = ANY('{fsync,full_page_writes";
      expect(await query(url(), `${settings},synchronous_commit,listen_addresses}') ORDER BY 1`)).toEqual([
        'fsync=on',
        'full_page_writes=on',
        'listen_addresses=127.0.0.1',
        'synchronous_commit=on',
      ]);
      expect(await query(url(), "SELECT lower('ÄÖÜ ΣΊΣΥΦΟΣ'), 'a' < 'Z'")).toEqual(['äöü σίσυφοσ', false]);
      const wrongPassword = new URL(url());
      wrongPassword.password = 'guess';
      await expect(query(wrongPassword.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    });
  });

  it('leaves all settings as they come where that is asked for, but how it is reached', async () => {
    const ours = `SELECT name FROM pg_settings WHERE source = 'command line' AND context <> 'internal' ORDER BY 1`;
    await withServer({ stock: true }, async ({ url }) => {
      expect(await query(url(), ours)).toEqual(['listen_addresses', 'port', 'unix_socket_directories']);
    });
    await withServer({}, async ({ url }) => {
      expect(await query(url(), ours)).toContain('shared_buffers');
    });
  });

  it('has the extensions for searching', async () => {
    await withServer({ durable: false }, async ({ url }) => {
      expect(await query(url(), 'SHOW fsync')).toEqual(['off']);
      await query(url(), 'CREATE EXTENSION pg_trgm');
      await query(url(), 'CREATE EXTENSION btree_gin');
      expect(await query(url(), "SELECT unnest(show_trgm('Ünal'))")).toHaveLength(5);
    });
  });

  it('refuses a second start on the same directory', async () => {
    await withServer({}, () =>
      expect(startPostgres({ dataDirectory })).rejects.toThrow(
        `The database in ${dataDirectory} is in use by process ${process.pid}`,
      ),
    );
    const { owner, postmaster } = await startInOtherProcess();
    await expect(startPostgres({ dataDirectory })).rejects.toMatchObject({ pid: owner });
    await expect(startPostgres({ dataDirectory })).rejects.toThrow(DataDirectoryInUse);
    await killHard(owner);
    await withServer({}, async (server) => expect(server.postmasterPid).not.toBe(postmaster));
  });

  it('ends the server when its process is killed', async () => {
    const { owner, postmaster } = await startInOtherProcess();
    const running = findProcess(postmaster);
    if (!running) throw new Error('no server');
    process.kill(owner, 'SIGKILL');
    expect(await waitUntilGone(running, 10_000)).toBe(true);
  });

  it('starts the server again where it was when it is killed, and tells', async () => {
    const told: string[] = [];
    await withServer({ onTrouble: (message) => told.push(message) }, async (server) => {
      const { port, postmasterPid } = server;
      await killHard(postmasterPid);
      await vi.waitUntil(() => told.length === 2, { timeout: 20_000 });
      expect(told).toEqual([
        expect.stringContaining('by SIGKILL'),
        `PostgreSQL runs again, as process ${server.postmasterPid}.`,
      ]);
      expect(server.postmasterPid).not.toBe(postmasterPid);
      expect(server.port).toBe(port);
      expect(await query(server.url(), 'SELECT name FROM person')).toEqual(['Ada']);
    });
    expect(findProcess(Number(/process (\d+)/.exec(told[1] ?? '')?.[1]))).toBeUndefined();
  });

  it('gives a server up that does not stay, with the reason', async () => {
    const given = Promise.withResolvers<Error>();
    await withServer({ onGivenUp: given.resolve }, async (server) => {
      const configuration = join(dataDirectory, 'cluster', 'postgresql.auto.conf');
      await writeFile(configuration, 'no_such_setting = 1\n');
      await killHard(server.postmasterPid);
      const error = await given.promise;
      expect(error.message).toContain('is not started again');
      expect(error.cause).toMatchObject({ message: expect.stringContaining('no_such_setting') });
      await writeFile(configuration, '');
    });
  });

  it('survives that process and server are killed at once, and their ids taken by others', async () => {
    const { owner, postmaster } = await startInOtherProcess();
    await killHard(owner, postmaster);
    const pidFile = join(dataDirectory, 'cluster', 'postmaster.pid');
    const unrelated = spawn('sleep', ['60']);
    await writeFile(pidFile, (await readFile(pidFile, 'utf8')).replace(/^\d+/, String(unrelated.pid)));
    await withServer({}, async ({ url }) => {
      expect(await query(url(), 'SELECT name FROM person')).toEqual(['Ada']);
    });
    expect(unrelated.exitCode).toBeNull();
    unrelated.kill();
  });

  it('names a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const taken = typeof address === 'object' && address ? address.port : 0;
    await expect(startPostgres({ dataDirectory, port: taken })).rejects.toThrow(`Port ${taken}`);
    other.close();
    await withServer({ port: taken }, async (server) =>
      expect(server.url()).toContain(`127.0.0.1:${taken}/`),
    );
  });

  it('explains a cluster of another version', async () => {
    const version = join(dataDirectory, 'cluster', 'PG_VERSION');
    await writeFile(version, '17\n');
    await expect(startPostgres({ dataDirectory })).rejects.toThrow('was made by PostgreSQL 17, this is 18');
    await writeFile(version, '18\n');
  });

  it('shows the log of a server that does not start', async () => {
    const configuration = join(dataDirectory, 'cluster', 'postgresql.auto.conf');
    await writeFile(configuration, 'no_such_setting = 1\n');
    await expect(startPostgres({ dataDirectory })).rejects.toThrow('no_such_setting');
    await writeFile(configuration, '');
    await withServer({}, async ({ url }) => expect(await query(url(), 'SELECT 1')).toEqual([1]));
  });
});
