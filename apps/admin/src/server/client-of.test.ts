import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { expect, test } from 'vitest';
import { type Client, clientReader } from './client-of.ts';

/** Who a request over a real socket of this machine seems to come from. */
async function clientOf(headers: IncomingHttpHeaders, trustedProxies: string[] = []): Promise<Client> {
  const read = clientReader({ trustedProxies, scheme: 'http' });
  const { promise, resolve } = Promise.withResolvers<Client>();
  const server = createServer((incoming, response) => {
    resolve(read(incoming));
    response.end();
  }).listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    request({ host: '127.0.0.1', port, headers: { host: 'admin.example', ...headers } }, (answer) =>
      answer.resume(),
    ).end();
  });
  const client = await promise;
  server.close();
  return client;
}

const claims = {
  'x-forwarded-for': '203.0.113.9, 198.51.100.7',
  'x-forwarded-host': 'evil.example, id.example.com',
  'x-forwarded-proto': 'https',
};

test('what a client claims to be counts for nothing', async () => {
  const own = { address: '127.0.0.1', scheme: 'http', host: 'admin.example' };
  expect(await clientOf(claims)).toEqual(own);
  expect(await clientOf(claims, ['192.0.2.0/24'])).toEqual(own);
});

test('a trusted proxy is believed about its client, and not about what that client wrote before', async () => {
  expect(await clientOf(claims, ['loopback'])).toEqual({
    address: '198.51.100.7',
    scheme: 'https',
    host: 'id.example.com',
  });
});

test('a scheme that is none is not taken from anybody', async () => {
  expect(await clientOf({ 'x-forwarded-proto': 'javascript' }, ['loopback'])).toMatchObject({
    scheme: 'http',
  });
});
