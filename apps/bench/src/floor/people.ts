import type { FastifyInstance } from 'fastify';
import { complete, type Resource, refuse } from './messages.ts';
import type { Run } from './statements.ts';

const INSERT = `
  WITH written AS (INSERT INTO people VALUES ($1, $2, $3, $4, $5, $6))
  INSERT INTO outbox (subject, type, payload) VALUES ($1, 'created', $6)`;
const SELECT = 'SELECT document::text FROM people WHERE id = $1';
const MERGE = `
  WITH written AS (
    UPDATE people
    SET document = document || $2::jsonb, active = coalesce(($2::jsonb ->> 'active')::boolean, active)
    WHERE id = $1
    RETURNING id, document
  ), told AS (
    INSERT INTO outbox (subject, type, payload) SELECT id, 'updated', $2 FROM written
  )
  SELECT document::text FROM written`;
const REPLACE = `
  WITH written AS (
    UPDATE people
    SET user_name = $2, external_id = $3, family_name = $4, active = $5, document = $6
    WHERE id = $1
    RETURNING id
  )
  INSERT INTO outbox (subject, type, payload) SELECT id, 'replaced', $6 FROM written`;
const DELETE = `
  WITH written AS (DELETE FROM people WHERE id = $1 RETURNING id),
    memberships AS (DELETE FROM members WHERE person = $1)
  INSERT INTO outbox (subject, type) SELECT id, 'deleted' FROM written`;

/** The columns that are kept beside a person's document. */
const columns = ({ userName, externalId, name, active }: Resource) => [
  userName,
  externalId,
  name?.familyName?.toLowerCase(),
  active ?? true,
];

interface Target {
  Params: { id: string };
}

/** Users one by one (RFC 7644 §3.3 to §3.6). */
export function servePeople(app: FastifyInstance, run: Run, collection: () => string): void {
  app.post<{ Body: Resource }>('/scim/v2/Users', async ({ body }, reply) => {
    const { id, location, document } = complete(body, collection());
    await run('insert', INSERT, [id, ...columns(body), document]);
    return reply.code(201).header('location', location).send(document);
  });

  app.get<Target>('/scim/v2/Users/:id', async ({ params }, reply) => {
    const { rows } = await run('select', SELECT, [params.id]);
    return rows[0] ? reply.send(rows[0].document) : refuse(reply, 404);
  });

  app.put<Target & { Body: Resource }>('/scim/v2/Users/:id', async ({ params, body }, reply) => {
    const { document } = complete(body, collection(), params.id);
    const { rowCount } = await run('replace', REPLACE, [params.id, ...columns(body), document]);
    return rowCount ? reply.send(document) : refuse(reply, 404);
  });

  app.patch<Target & { Body: { Operations: { path: string; value: unknown }[] } }>(
    '/scim/v2/Users/:id',
    async ({ params, body }, reply) => {
      const changes = Object.fromEntries(body.Operations.map(({ path, value }) => [path, value]));
      const { rows } = await run('merge', MERGE, [params.id, JSON.stringify(changes)]);
      return rows[0] ? reply.send(rows[0].document) : refuse(reply, 404);
    },
  );

  app.delete<Target>('/scim/v2/Users/:id', async ({ params }, reply) => {
    const { rowCount } = await run('delete', DELETE, [params.id]);
    return rowCount ? reply.code(204).send() : refuse(reply, 404);
  });
}
