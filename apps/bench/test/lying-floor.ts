import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import type { FastifyInstance } from 'fastify';
import { Pool } from 'pg';
import { type Contender, openWorld } from '../src/contenders/contender.ts';
import { createFloor } from '../src/floor/app.ts';
import { createTables } from '../src/floor/tables.ts';
import { FLOOR_TOKEN } from '../src/floor/token.ts';
import type { Size } from '../src/phases/phase.ts';

/** What makes a floor say something that is not so. */
export type Lie = (app: FastifyInstance) => void;

/** Lends a floor in this process that tells the lie, as a contender. */
export async function withLyingFloor(
  lie: Lie,
  { users, atATime }: Size,
  use: (contender: Contender) => Promise<unknown>,
): Promise<void> {
  const { url: databaseUrl } = await testDatabase();
  const pool = new Pool({ connectionString: databaseUrl });
  const app = createFloor(pool);
  lie(app);
  await createTables(pool);
  const endpoint = { url: `${await app.listen({ port: 0 })}/scim/v2`, token: FLOOR_TOKEN };
  const world = await openWorld({ endpoint }, users, atATime);
  const { pid } = process;
  try {
    await use({ name: 'floor', world, pid, databaseUrl, postgresPid: () => pid });
  } finally {
    await world.scim.close();
    await app.close();
    await pool.end();
  }
}

/** Once in so many times, a request of that kind is answered with success, and nothing is done. */
export const forgets =
  (every: number, method: string, route: string, status: number): Lie =>
  (app) => {
    let count = 0;
    app.addHook('preHandler', (request, reply, done) => {
      const isMeant = request.method === method && request.routeOptions.url === route;
      if (!isMeant || ++count % every !== 0) return done();
      reply.code(status).send();
    });
  };

/** Once in so many times, an answer to a request of that kind is changed. */
export const distorts =
  (every: number, method: string, route: string, from: RegExp, to: string): Lie =>
  (app) => {
    let count = 0;
    app.addHook('onSend', async (request, _reply, payload) => {
      const isMeant = request.method === method && request.routeOptions.url === route;
      return isMeant && ++count % every === 0 ? String(payload).replace(from, to) : payload;
    });
  };
