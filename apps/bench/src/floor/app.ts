import Fastify, { type FastifyInstance } from 'fastify';
import type { Pool } from 'pg';
import { serveBulk } from './bulk.ts';
import { serveLists } from './lists.ts';
import { servePeople } from './people.ts';
import { statements } from './statements.ts';
import { serveTeams } from './teams.ts';
import { FLOOR_TOKEN } from './token.ts';

const SCIM_JSON = 'application/scim+json';
const BODY_LIMIT = 16 * 1024 * 1024;

/**
 * The least that Fastify and pg can do to pass every check of the workload: a statement a request, which writes the
 * event with the change. It validates nothing, may be read by whoever has the token, and is no SCIM server: it is the
 * mark against which one is measured.
 */
export function createFloor(pool: Pool): FastifyInstance {
  const app = Fastify({ bodyLimit: BODY_LIMIT });
  app.addContentTypeParser(SCIM_JSON, { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, JSON.parse(String(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('content-type', SCIM_JSON);
    if (request.headers.authorization === `Bearer ${FLOOR_TOKEN}`) return done();
    reply.code(401).send('{}');
  });
  const run = statements(pool);
  let origin: string | undefined;
  const collection = (name: string) => () => {
    origin ??= app.listeningOrigin;
    return `${origin}/scim/v2/${name}`;
  };
  servePeople(app, run, collection('Users'));
  serveLists(app, run);
  serveTeams(app, run, collection('Groups'));
  serveBulk(app, run, collection('Users'));
  return app;
}
