import type { FastifyInstance } from 'fastify';
import { complete, type Resource } from './messages.ts';
import type { Run } from './statements.ts';

const INSERT_ALL = `
  WITH written AS (
    INSERT INTO people
    SELECT
      (document ->> 'id')::uuid, document ->> 'userName', document ->> 'externalId',
      lower(document -> 'name' ->> 'familyName'), (document ->> 'active')::boolean, document
    FROM unnest($1::jsonb[]) document
    RETURNING id, document
  )
  INSERT INTO outbox (subject, type, payload) SELECT id, 'created', document FROM written`;

interface Bulk {
  Body: { Operations: { bulkId: string; data: Resource }[] };
}

/** Bulk requests (RFC 7644 §3.7) that create users, as one statement. */
export function serveBulk(app: FastifyInstance, run: Run, collection: () => string): void {
  app.post<Bulk>('/scim/v2/Bulk', async ({ body }, reply) => {
    const written = body.Operations.map(({ bulkId, data }) => ({ bulkId, ...complete(data, collection()) }));
    await run('insert all', INSERT_ALL, [written.map(({ document }) => document)]);
    const Operations = written.map(({ bulkId, location }) => ({
      method: 'POST',
      bulkId,
      location,
      status: '201',
    }));
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'];
    return reply.send(JSON.stringify({ schemas, Operations }));
  });
}
