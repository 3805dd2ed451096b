import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type Core, type CoreOptions, migrateDatabase, newSecret, startCore } from '@rollcall/core';
import { type AccountWorld, createWorld, type World } from '@rollcall/testkit';
import type { FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { createServer } from '../src/server.ts';
import { type HttpGraphQL, httpGraphQL } from './clients/graphql-client.ts';
import { type ScimClient, scimClient } from './clients/scim-client.ts';

/** A server that listens on a port of its own. */
export interface RunningServer {
  readonly app: FastifyInstance;
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
}

/** A company with its identity provider, as the server's clients. */
export interface Company extends AccountWorld {
  /** The identity provider, at the account's own base URL. */
  readonly scim: ScimClient;
}

/** A fresh database, a core and a server on it. */
export interface ServerWorld extends RunningServer {
  readonly core: Core;
  readonly world: World<Core>;
  company(name?: string): Promise<Company>;
  graphql(token?: string): HttpGraphQL;
  close(): Promise<void>;
}

// What goes wrong inside is masked in answers; a failing test is to show it.
const logger = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));

/** Where the admin's pages would come from. */
export const ADMIN_ORIGIN = 'https://admin.example';

/** Lets a server of this core listen. */
export async function listen(core: Core, log: Logger = logger): Promise<RunningServer> {
  return startListening(await createServer({ core, logger: log, allowedOrigins: [ADMIN_ORIGIN] }));
}

/** Lets a server listen on a port that is free. */
export async function startListening(app: FastifyInstance): Promise<RunningServer> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  return { app, origin: `http://127.0.0.1:${isAddress(address) ? address.port : 0}` };
}

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;

/** Opens a world with a running server; needs the test cluster. Failures on purpose are told to a log that is silent. */
export async function openServerWorld(
  log: Logger = logger,
  more: Partial<CoreOptions> = {},
): Promise<ServerWorld> {
  const world = await createWorld({
    migrate: migrateDatabase,
    // What the background writes would be taken for the doing of a request.
    startCore: (options) => startCore({ ...options, logger: log, worksInBackground: false, ...more }),
    newOperatorSecret: () => newSecret('operator', randomUUID()).secret,
  });
  const server = await listen(world.core, log);
  return {
    ...server,
    core: world.core,
    world,
    company: (name) => companyAt(server.origin, world, name),
    graphql: (token) =>
      httpGraphQL(server.origin, token === undefined ? {} : { authorization: `Bearer ${token}` }),
    async close() {
      await server.app.close();
      await world.close();
    },
  };
}

/** A fresh account whose identity provider speaks to the server at this origin. */
export async function companyAt(origin: string, world: World<Core>, name?: string): Promise<Company> {
  const account = await world.account(name);
  return { ...account, scim: scimClient(origin, `/scim/v2/${account.id}`, account.idp.token) };
}

/** The secret in an actor's Authorization header. */
export const tokenOf = ({ authorization }: { authorization: string }): string =>
  authorization.replace('Bearer ', '');
