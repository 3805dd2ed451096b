import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, chmod, chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL of the machine's own programs, as it comes. */
export interface StockCluster {
  readonly directory: string;
  /** As superuser, without a database. */
  readonly url: string;
  stop(): void;
}

/** Runs programs of the machine's PostgreSQL, and clusters with them, in a directory of its own. */
export interface StockPostgres {
  readonly directory: string;
  /** Runs a script of the shell as the user that owns the clusters. @throws Error with what it said, when it fails */
  run(script: string, variables?: Readonly<Record<string, string>>): string;
  /** Starts a cluster on a data directory, which is made when it is not there. */
  start(name: string, settings?: readonly string[]): Promise<StockCluster>;
  close(): Promise<void>;
}

/** Where Debian keeps the programs of each version; elsewhere they are found by PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** The directory of the newest PostgreSQL's server and client programs; undefined when there is none. */
export async function findPrograms(): Promise<string | undefined> {
  const versions = existsSync(DEBIAN) ? await readdir(DEBIAN) : [];
  const places = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'));
  const found = [...places, ...(process.env.PATH ?? '').split(':')];
  const needed = ['initdb', 'pg_ctl', 'pg_dump', 'pg_restore', 'pg_basebackup', 'psql'];
  return found.find((place) => needed.every((program) => existsSync(join(place, program))));
}

/** Makes the directory; `programs` is what `findPrograms` found. */
export async function openStockPostgres(programs: string): Promise<StockPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-stock-postgres-'));
  const user = serverUser();
  if (user !== undefined) await chown(directory, user.uid, user.gid);
  await chmod(directory, 0o755);
  const running: StockCluster[] = [];
  const run: StockPostgres['run'] = (script, variables = {}) => {
    const env = { ...process.env, ...variables, PATH: `${programs}:${process.env.PATH}` };
    const options = { ...user, cwd: directory, env, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script], options);
    if (status !== 0) throw new Error(`${script}\n→ ${stdout}${stderr}`);
    return stdout;
  };
  return {
    directory,
    run,
    async start(name, settings = []) {
      const data = join(directory, name);
      if (!existsSync(data)) run('initdb -D "$DATA" -A trust -U postgres -E UTF8 --no-sync', { DATA: data });
      const port = await freePort();
      const own = [`port = ${port}`, `unix_socket_directories = ''`, 'fsync = off', ...settings];
      await appendFile(join(data, 'postgresql.auto.conf'), `${own.join('\n')}\n`);
      run('pg_ctl -D "$DATA" -l "$DATA.log" -w start > /dev/null', { DATA: data });
      const stop = () => void run('pg_ctl -D "$DATA" -m fast -w stop', { DATA: data });
      const cluster = { directory: data, url: `postgres://postgres@127.0.0.1:${port}`, stop };
      running.push(cluster);
      return cluster;
    },
    async close() {
      for (const cluster of running)
        if (existsSync(join(cluster.directory, 'postmaster.pid'))) cluster.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (option: string) => Number(spawnSync('id', [option, 'postgres'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
