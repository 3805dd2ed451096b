import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../src/server.ts';
import { exchange } from './clients/http-exchange.ts';
import { ADMIN_ORIGIN, type Company, openServerWorld, type ServerWorld, startListening } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

const get = (host: string, path: string, origin = server.origin) =>
  exchange(origin, {
    method: 'GET',
    path,
    headers: { host, authorization: `Bearer ${company.idp.token}` },
  });
const port = () => new URL(server.origin).port;

describe('a host that is not ours', () => {
  test.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '10.9.8.7',
    'user@localhost',
    '%',
    'localhost/x',
  ])('%j is refused in SCIM, with the way out', async (host) => {
    const { status, text } = await get(host, '/scim/v2/Users');
    expect([status, JSON.parse(text)]).toEqual([
      421,
      {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: '421',
        detail: expect.stringMatching(/PUBLIC_URL.*ALLOWED_HOSTS/),
      },
    ]);
  });

  test('is refused by the other endpoints in their own words', async () => {
    const graphql = await get('evil.example', '/graphql?query={__typename}');
    expect([graphql.status, JSON.parse(graphql.text)]).toMatchObject([
      421,
      {
        errors: [
          { message: expect.stringContaining('"evil.example"'), extensions: { code: 'INVALID_INPUT' } },
        ],
      },
    ]);
    const auth = await get('evil.example', '/auth/sign-in');
    expect([auth.status, JSON.parse(auth.text).error.code]).toEqual([421, 'INVALID_INPUT']);
  });

  test('is heard by what watches the process', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) {
      expect((await get('evil.example', path)).status).toBe(200);
    }
  });
});

describe('a host that is ours', () => {
  test.each(['localhost', 'LOCALHOST', '127.0.0.1', '[::1]', new URL(ADMIN_ORIGIN).host])(
    '%s is the one that absolute URLs have',
    async (host) => {
      const { status, text } = await get(`${host}:${port()}`, '/scim/v2/ServiceProviderConfig');
      expect([status, JSON.parse(text).meta.location]).toEqual([
        200,
        `http://${host}:${port()}/scim/v2/ServiceProviderConfig`,
      ]);
    },
  );

  test('can be named', async () => {
    const app = await createServer({
      core: server.core,
      logger: pino({ level: 'silent' }),
      allowedHosts: ['id.example.com'],
    });
    const { origin } = await startListening(app);
    const answers = await Promise.all(
      ['id.example.com', 'evil.example'].map((host) => get(host, '/scim/v2/Users', origin)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 421]);
    await app.close();
  });

  test('is that of PUBLIC_URL, whatever a request says', async () => {
    const app = await createServer({
      core: server.core,
      logger: pino({ level: 'silent' }),
      publicUrl: 'https://id.example.com',
    });
    const { origin } = await startListening(app);
    const { text } = await get('evil.example', '/scim/v2/ServiceProviderConfig', origin);
    expect(JSON.parse(text).meta.location).toBe('https://id.example.com/scim/v2/ServiceProviderConfig');
    await app.close();
  });
});
