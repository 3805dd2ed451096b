import { createHttpClient } from '@rollcall/graphql-client';
import { scimPlugin } from '@rollcall/scim';
import Fastify from 'fastify';
import { answerUnroutable } from '../../src/http/error-answer.ts';
import { isInAnyRow } from '../directory-dump.ts';
import { type Company, companyAt, openServerWorld, startListening } from '../world.ts';

/** A SCIM endpoint with a directory behind it, however the adapter reaches that. */
export interface Endpoint {
  company(): Promise<Company>;
  /** The statements that reached PostgreSQL while `run` ran. */
  statementsOf(run: () => Promise<unknown>): Promise<string[]>;
  /** Does any row of any table contain this text? */
  isStoredAnywhere(text: string): Promise<boolean>;
  close(): Promise<void>;
}

export type OpenEndpoint = () => Promise<Endpoint>;

/** The adapter inside the server's process, as it runs by default. */
export async function inProcess(): Promise<Endpoint> {
  const server = await openServerWorld();
  return { ...endpointAt(server.origin, server), close: server.close };
}

/** The adapter in a server of its own, which asks a core elsewhere over HTTP. */
export async function overHttp(): Promise<Endpoint> {
  const server = await openServerWorld();
  const client = createHttpClient({ url: `${server.origin}/graphql` });
  const app = Fastify({
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true },
    frameworkErrors: answerUnroutable,
  });
  await app.register(scimPlugin, {
    prefix: '/scim/v2',
    client,
    publicUrl: ({ protocol, host }) => `${protocol}://${host}`,
  });
  const { origin } = await startListening(app);
  return {
    ...endpointAt(origin, server),
    async close() {
      await app.close();
      await client.close();
      await server.close();
    },
  };
}

function endpointAt(
  origin: string,
  { world, core }: Awaited<ReturnType<typeof openServerWorld>>,
): Omit<Endpoint, 'close'> {
  return {
    company: () => companyAt(origin, world),
    async statementsOf(run) {
      const statements: string[] = [];
      const stop = core.database.observe((text) => statements.push(text));
      try {
        await run();
      } finally {
        stop();
      }
      return statements;
    },
    isStoredAnywhere: (text) => isInAnyRow(core, text),
  };
}
