import { createServer } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { graphql } from './graphql.ts';
import { createHttpClient } from './http-client.ts';
import { describeGraphQLClient } from './testing/client-suite.ts';
import { closeServer, portOf, startStaffServer } from './testing/staff-server.ts';

describeGraphQLClient('the HTTP client', async () => {
  const server = await startStaffServer();
  const client = createHttpClient({ url: server.url });
  return {
    client,
    close: async () => {
      await client.close();
      await server.close();
    },
  };
});

const viewer = graphql('{ viewer { kind } }');
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function clientOf(respond: Parameters<typeof createServer>[1], timeout = 5_000) {
  const server = createServer(respond);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createHttpClient({ url: `http://127.0.0.1:${portOf(server)}/graphql`, timeout });
  closing.push(
    () => client.close(),
    () => closeServer(server),
  );
  return client;
}

test('an endpoint that does not listen is UNAVAILABLE', async () => {
  const client = await clientOf(() => {});
  for (const close of closing.splice(1)) await close();
  await expect(client.execute(viewer, {}, {})).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test.each([
  ['a page of a proxy', '<h1>502 Bad Gateway</h1>'],
  ['a JSON value that is no response', '"busy"'],
  ['a response without data', '{}'],
])('%s is UNAVAILABLE', async (_case, body) => {
  const client = await clientOf((_request, response) => response.writeHead(502).end(body));
  await expect(client.execute(viewer, {}, {})).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('an endpoint that hangs is UNAVAILABLE when the timeout is over', async () => {
  const client = await clientOf((_request, response) => {
    setTimeout(() => response.end('{"data":{"viewer":null}}'), 3_000).unref();
  }, 200);
  await expect(client.execute(viewer, {}, {})).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('an error answered with a status of its own keeps its code', async () => {
  const client = await clientOf((_request, response) =>
    response
      .writeHead(401)
      .end('{"errors":[{"message":"Who are you?","extensions":{"code":"UNAUTHENTICATED"}}]}'),
  );
  await expect(client.execute(viewer, {}, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});
