import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startPostgres } from '@rollcall/embedded-postgres';
import { FLOOR_TOKEN } from '../floor/token.ts';
import { openAccount } from './account.ts';
import { type Contender, type ContenderName, openWorld, type Served } from './contender.ts';
import { mapGroups } from './mapped-groups.ts';
import { type Program, startProgram } from './program.ts';

/** Contenders that run, each on a fresh database. */
export interface Stage {
  readonly contenders: readonly Contender[];
  /** Ends them and leaves nothing behind. */
  close(): Promise<void>;
}

/** How large the world of each is, and who plays. */
export interface StageOptions {
  readonly names: readonly ContenderName[];
  readonly users: number;
  readonly atATime: number;
  /** A directory in which each process leaves where its time went, when it ends. */
  readonly profiles?: string | undefined;
}

/** Starts the contenders: one cluster with the settings of ours for all but `stock`, which has one as it comes. */
export async function openStage({ names, users, atATime, profiles }: StageOptions): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-bench-'));
  // PostgreSQL's user must pass through where this process is root.
  await chmod(directory, 0o711);
  const closing: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  const clusters = new Map<boolean, EmbeddedPostgres>();
  const contenders: Contender[] = [];
  try {
    for (const name of names) {
      const stock = name === 'stock';
      const postgres = clusters.get(stock) ?? (await startCluster(directory, stock));
      if (!clusters.has(stock)) closing.push(() => postgres.stop());
      clusters.set(stock, postgres);
      await postgres.createDatabase(name);
      const databaseUrl = postgres.url(name);
      const flags = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profiles, name)}`];
      const { program, served } = await startContender({ name, databaseUrl, directory, flags, closing });
      const world = await openWorld(served, users, atATime);
      closing.push(() => world.scim.close());
      const postgresPid = () => postgres.postmasterPid;
      contenders.push({ name, world, pid: program.pid, databaseUrl, postgresPid });
    }
    return { contenders, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const startCluster = (directory: string, stock: boolean): Promise<EmbeddedPostgres> =>
  startPostgres({ dataDirectory: join(directory, stock ? 'stock' : 'embedded'), stock });

interface Start {
  readonly name: ContenderName;
  readonly databaseUrl: string;
  readonly directory: string;
  /** For Node. */
  readonly flags: readonly string[];
  readonly closing: (() => Promise<unknown>)[];
}

async function startContender({
  name,
  databaseUrl,
  directory,
  flags,
  closing,
}: Start): Promise<{ program: Program; served: Served }> {
  if (name === 'floor') {
    const program = await startProgram('apps/bench/src/floor/main.ts', flags, { DATABASE_URL: databaseUrl });
    closing.push(() => program.stop());
    const endpoint = { url: `${program.origin}/scim/v2`, token: FLOOR_TOKEN };
    return { program, served: { endpoint } };
  }
  const dataDirectory = join(directory, `${name}-data`);
  await mkdir(dataDirectory);
  const program = await startProgram('apps/server/dist/main.js', flags, {
    DATABASE_URL: databaseUrl,
    ROLLCALL_DATA_DIR: dataDirectory,
    SERVER_PORT: '0',
    RATE_LIMIT_PER_MINUTE: '0',
  });
  closing.push(() => program.stop());
  const createTeams = name === 'manager' ? 'MANAGER' : 'NONE';
  const account = await openAccount(program.origin, dataDirectory, createTeams);
  closing.push(() => account.close());
  const useGroup = name === 'mapped' ? await mapGroups(account) : undefined;
  return { program, served: { endpoint: account.endpoint, useGroup } };
}
