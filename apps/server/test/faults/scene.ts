import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { httpGraphQL } from '../clients/graphql-client.ts';
import { scimClient } from '../clients/scim-client.ts';
import { type ServerProgram, startServerProgram } from '../program.ts';
import { openProgramAccount } from '../program-account.ts';
import { startFollower } from './follower.ts';
import { type Load, startLoad, type Write } from './load.ts';
import { acknowledgedIn, type LoggedEvent, type Reckoning, readLog, reckon } from './reckoning.ts';

const WRITERS = 8;
const FOLLOWERS = 2;
/** By then PostgreSQL has given up a transaction whose client is gone. */
const GIVEN_UP_WITHIN_MS = 90_000;

/** A server under load, with programs that follow its log. */
export interface Scene {
  readonly server: ServerProgram;
  readonly dataDirectory: string;
  readonly load: Load;
  /** Ends the server with this signal. */
  endServer(signal: NodeJS.Signals): Promise<void>;
  /** Starts it where it was, also with the data of another directory. */
  startServer(dataDirectory?: string): Promise<void>;
  /** Has the load end and the followers hear all of the log, and compares what became of these writes, or of all. */
  reckon(writes?: () => readonly Write[]): Promise<Reckoning>;
  close(): Promise<void>;
}

export interface SceneOptions {
  /** Where the database is; without it the server starts one of its own. */
  readonly databaseUrl?: string;
  /** The statuses of writes that fail. */
  readonly statuses?: readonly number[];
}

/** Opens an account at a new server and lets its identity provider write. */
export async function openScene({ databaseUrl = '', statuses = [503] }: SceneOptions = {}): Promise<Scene> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-faults-'));
  const start = (port: string, data = dataDirectory) =>
    startServerProgram({ DATABASE_URL: databaseUrl, ROLLCALL_DATA_DIR: data, SERVER_PORT: port });
  let server = await start('0');
  const { origin } = server;
  const { id, issueToken } = await openProgramAccount(server, dataDirectory);
  const secrets = {
    idp: await issueToken({ kind: 'SCIM', name: 'An identity provider' }),
    tool: await issueToken({ kind: 'API', name: 'A tool', permissions: ['events:read'] }),
  };
  const scim = scimClient(origin, `/scim/v2/${id}`, secrets.idp, { mayBeAway: true });
  const reader = httpGraphQL(origin, { authorization: `Bearer ${secrets.tool}` });
  const before = (await readLog(reader)).length;
  const { feedCursor } = await reader.query(z.object({ feedCursor: z.string() }), '{ feedCursor }');
  const followers = Array.from({ length: FOLLOWERS }, () => startFollower(origin, secrets.tool, feedCursor));
  const load = await startLoad(scim, WRITERS, statuses);
  return {
    dataDirectory,
    load,
    get server() {
      return server;
    },
    async endServer(signal) {
      const ended = once(server.child, 'exit');
      server.child.kill(signal);
      await ended;
    },
    async startServer(data) {
      server = await start(new URL(origin).port, data);
    },
    async reckon(writes = () => load.writes) {
      await load.stop();
      let log: LoggedEvent[] = [];
      // A transaction whose connection is dead keeps the log back until PostgreSQL gives it up. What never comes is lost.
      const isWhole = async () => {
        log = (await readLog(reader)).slice(before);
        return new Set(acknowledgedIn(writes())).isSubsetOf(new Set(log.map(({ key }) => key)));
      };
      await expect
        .poll(isWhole, { timeout: GIVEN_UP_WITHIN_MS })
        .toBe(true)
        .catch(() => undefined);
      const last = log.at(-1)?.id;
      for (const { told } of followers) await expect.poll(() => told.at(-1)).toBe(last);
      return reckon(writes(), scim, log, followers);
    },
    async close() {
      for (const follower of followers) await follower.close();
      await rm(dataDirectory, { recursive: true });
    },
  };
}
