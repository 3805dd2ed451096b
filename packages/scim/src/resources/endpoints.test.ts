import { describe, expect, test } from 'vitest';
import { adapterServer } from '../testing/adapter-server.ts';
import { adaId } from '../testing/results.ts';
import { scriptedClient } from '../testing/scripted-client.ts';

describe.each(['Users', 'Groups'])('of several mistakes in one request to /%s', (endpoint) => {
  const body = { Operations: [] };
  const many = Array.from({ length: 501 }, (_, at) => `a${at}`).join();

  test.each(['GET', 'PUT', 'PATCH', 'DELETE'] as const)(
    '%s tells first who asks, then of which resource',
    async (method) => {
      const client = scriptedClient();
      const path = `/${endpoint}/nobody?attributes=${many}`;
      const headers = { 'if-match': 'W/"x"' };
      const sent = { method, path, ...(method === 'GET' || method === 'DELETE' ? {} : { body }) };
      const { send } = adapterServer(client);
      expect((await send({ ...sent, headers: { authorization: 'none' } })).status).toBe(401);
      expect((await send({ ...sent, headers })).status).toBe(404);
      expect(client.sent).toEqual([]);
    },
  );

  test.each(['PUT', 'PATCH'] as const)(
    '%s tells what can not be shown, then what the condition is, then what the body lacks',
    async (method) => {
      const client = scriptedClient();
      const { send } = adapterServer(client);
      const path = `/${endpoint}/${adaId}`;
      const headers = { 'if-match': 'W/"x"' };
      const shown = await send({ method, path: `${path}?excludedAttributes=${many}`, body, headers });
      expect(shown.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
      expect((await send({ method, path, body, headers })).status).toBe(412);
      expect((await send({ method, path, body })).status).toBe(400);
      expect(client.sent).toEqual([]);
    },
  );
});
