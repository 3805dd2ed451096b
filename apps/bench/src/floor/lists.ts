import type { FastifyInstance } from 'fastify';
import { listResponse, refuse } from './messages.ts';
import type { Run } from './statements.ts';

const PAGE = `
  SELECT document::text
  FROM (SELECT document FROM people ORDER BY id OFFSET $1 LIMIT $2) page`;
const COUNT = 'SELECT count(*)::text AS document FROM people';
const BY_USER_NAME = 'SELECT document::text FROM people WHERE lower(user_name) = lower($1)';
const BY_EXTERNAL_ID = 'SELECT document::text FROM people WHERE external_id = $1';
const ACTIVE_BY_FAMILY_NAME = `
  SELECT page.total || ' ' || people.document::text AS document
  FROM (
    SELECT id, count(*) OVER () AS total FROM people
    WHERE family_name LIKE $1 AND active
    ORDER BY id OFFSET $2 LIMIT $3
  ) page JOIN people USING (id)
  ORDER BY id`;

interface List {
  Querystring: { filter?: string; startIndex?: string; count?: string };
}

/** Users by page and by the filters of the workload, and by no others. */
export function serveLists(app: FastifyInstance, run: Run): void {
  app.get<List>('/scim/v2/Users', async ({ query }, reply) => {
    const { filter, startIndex = '1', count = '100' } = query;
    const page = [Number(startIndex) - 1, Number(count)];
    if (filter === undefined) {
      const [found, counted] = await Promise.all([run('page', PAGE, page), run('count', COUNT, [])]);
      return reply.send(listResponse(documentsOf(found), Number(counted.rows[0]?.document)));
    }
    const userName = /^userName eq "(.*)"$/.exec(filter)?.[1];
    if (userName !== undefined) {
      const found = documentsOf(await run('by user name', BY_USER_NAME, [userName]));
      return reply.send(listResponse(found, found.length));
    }
    const externalId = /^externalId eq "(.*)"$/.exec(filter)?.[1];
    if (externalId !== undefined) {
      const found = documentsOf(await run('by external id', BY_EXTERNAL_ID, [externalId]));
      return reply.send(listResponse(found, found.length));
    }
    const familyName = /^name\.familyName co "(.*)" and active eq true$/.exec(filter)?.[1];
    if (familyName === undefined) return refuse(reply, 400);
    const pattern = `%${familyName.toLowerCase()}%`;
    const found = documentsOf(await run('by family name', ACTIVE_BY_FAMILY_NAME, [pattern, ...page]));
    const documents = found.map((text) => text.slice(text.indexOf(' ') + 1));
    return reply.send(listResponse(documents, Number.parseInt(found[0] ?? '0', 10)));
  });
}

const documentsOf = ({ rows }: { rows: { document: string }[] }): string[] =>
  rows.map(({ document }) => document);
