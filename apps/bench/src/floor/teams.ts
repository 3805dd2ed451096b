import type { FastifyInstance } from 'fastify';
import { complete, type Resource, refuse } from './messages.ts';
import type { Run } from './statements.ts';

const INSERT = `
  WITH written AS (INSERT INTO teams (id, document) VALUES ($1, $2))
  INSERT INTO outbox (subject, type, payload) VALUES ($1, 'created', $2)`;
const SELECT = `
  SELECT left(document::text, -1) || ', "members": ' || coalesce(
    (SELECT json_agg(json_build_object('value', person))::text FROM members WHERE team = $1), '[]'
  ) || '}' AS document
  FROM teams WHERE id = $1`;
const ADD = `
  WITH written AS (UPDATE teams SET version = version + 1 WHERE id = $1 RETURNING id),
    added AS (
      INSERT INTO members SELECT id, person FROM written, unnest($2::uuid[]) person ON CONFLICT DO NOTHING
    )
  INSERT INTO outbox (subject, type, payload) SELECT id, 'members added', to_jsonb($2::uuid[]) FROM written`;
const REMOVE = `
  WITH written AS (UPDATE teams SET version = version + 1 WHERE id = $1 RETURNING id),
    removed AS (DELETE FROM members USING written WHERE team = id AND person = $2)
  INSERT INTO outbox (subject, type, payload) SELECT id, 'member removed', to_jsonb($2::uuid) FROM written`;
const DELETE = `
  WITH written AS (DELETE FROM teams WHERE id = $1 RETURNING id),
    memberships AS (DELETE FROM members WHERE team = $1)
  INSERT INTO outbox (subject, type) SELECT id, 'deleted' FROM written`;

interface Target {
  Params: { id: string };
}
interface Operations {
  Body: { Operations: { path: string; value?: { value: string }[] }[] };
}

/** Groups, whose members are rows. */
export function serveTeams(app: FastifyInstance, run: Run, collection: () => string): void {
  app.post<{ Body: Resource }>('/scim/v2/Groups', async ({ body }, reply) => {
    const { id, location, document } = complete({ ...body, members: undefined }, collection());
    await run('insert team', INSERT, [id, document]);
    return reply.code(201).header('location', location).send(document);
  });

  app.get<Target>('/scim/v2/Groups/:id', async ({ params }, reply) => {
    const { rows } = await run('select team', SELECT, [params.id]);
    return rows[0] ? reply.send(rows[0].document) : refuse(reply, 404);
  });

  app.patch<Target & Operations>('/scim/v2/Groups/:id', async ({ params, body }, reply) => {
    for (const { path, value = [] } of body.Operations) {
      const removed = /^members\[value eq "(.*)"\]$/.exec(path)?.[1];
      const { rowCount } = removed
        ? await run('remove', REMOVE, [params.id, removed])
        : await run('add', ADD, [params.id, value.map((member) => member.value)]);
      if (!rowCount) return refuse(reply, 404);
    }
    return reply.code(204).send();
  });

  app.delete<Target>('/scim/v2/Groups/:id', async ({ params }, reply) => {
    const { rowCount } = await run('delete team', DELETE, [params.id]);
    return rowCount ? reply.code(204).send() : refuse(reply, 404);
  });
}
