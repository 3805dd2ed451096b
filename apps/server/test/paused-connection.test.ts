import { afterAll, beforeAll, expect, test } from 'vitest';
import { scimClient } from './clients/scim-client.ts';
import { GROUP, USER, unique } from './conformance/samples.ts';
import { openServerWorld, type ServerWorld, tokenOf } from './world.ts';

let server: ServerWorld;
beforeAll(async () => {
  server = await openServerWorld();
});
afterAll(() => server?.close());

test('a paused connection answers 503 with Retry-After to whatever is asked, and goes on where it was', async () => {
  const { id: accountId, admin, idp } = await server.company();
  const scim = scimClient(server.origin, `/scim/v2/${accountId}`, idp.token, { mayBeAway: true });
  const graphql = server.graphql(tokenOf(admin));
  const { data } = await graphql.ask('{ connections { nodes { id } } }');
  const [{ id }] = Object(data).connections.nodes;
  const turn = (paused: boolean) =>
    graphql.ask(
      'mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) { connection { paused } } }',
      {
        input: { id, paused },
      },
    );
  const person = await scim.create('Users', { schemas: [USER], userName: unique('person') });
  expect((await turn(true)).data).toEqual({ updateConnection: { connection: { paused: true } } });
  const asked = [
    { method: 'GET', path: '/Users?count=1' },
    { method: 'GET', path: `/Users/${person.id}` },
    { method: 'DELETE', path: `/Users/${person.id}` },
    { method: 'POST', path: '/Groups', body: { schemas: [GROUP], displayName: unique('Group') } },
  ];
  for (const request of asked) {
    const { headers, body } = await scim.expect(503, request);
    expect(headers['retry-after']).toBe('300');
    expect(body).toMatchObject({ status: '503', detail: expect.stringContaining('is paused') });
  }
  await turn(false);
  expect(await scim.read(`/Users/${person.id}`)).toMatchObject({ active: true });
});
