import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { liveClient } from './clients/live-client.ts';
import { type Company, listen, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

test('a WebSocket is closed when its token expires', async () => {
  const expiresAt = new Date(Date.now() + 2_500);
  const { issueToken } = await server
    .graphql(tokenOf(company.admin))
    .query(
      z.object({ issueToken: z.object({ secret: z.string() }) }),
      'mutation ($input: IssueTokenInput!) { issueToken(input: $input) { secret } }',
      { input: { kind: 'API', name: 'short', expiresAt } },
    );
  const live = liveClient(server.origin, { token: issueToken.secret });
  expect(await live.ask('{ viewer { kind } }')).not.toHaveProperty('errors');
  expect(await live.closed).toEqual({ code: 4403, reason: 'Your access ended' });
  expect(Date.now()).toBeGreaterThanOrEqual(expiresAt.getTime());
  expect(Date.now()).toBeLessThan(expiresAt.getTime() + 10_000);
});

test('a WebSocket is told when the server stops, in a code that lets its client come again', async () => {
  const stopping = await listen((await server.world.anotherCore()).core);
  const live = liveClient(stopping.origin, { token: tokenOf(company.admin) });
  await live.ask('{ viewer { kind } }');
  await stopping.app.close();
  expect(await live.closed).toEqual({ code: 1001, reason: expect.stringContaining('Connect again') });
});
