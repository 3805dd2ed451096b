import { randomBytes } from 'node:crypto';
import { type MailServer, openMailServer } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange } from './clients/http-exchange.ts';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

let mailServer: MailServer;
let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  mailServer = await openMailServer();
  server = await openServerWorld(undefined, {
    worksInBackground: true,
    encryptionKeys: [randomBytes(32)],
    mail: { smtpUrl: mailServer.url, from: 'no-reply@example.com' },
    adminUrl: 'https://admin.example',
  });
  company = await server.company();
});
afterAll(async () => {
  await server.close();
  await mailServer.close();
});

const post = (path: string, body: object | undefined, headers = {}, origin = server.origin) =>
  exchange(origin, {
    method: 'POST',
    path,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

const errorOf = ({ text }: { text: string }) => JSON.parse(text).error;

test('somebody whom SCIM provisioned asks for a link, sets a password and signs in', async () => {
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  const body = { schemas, userName: 'grace@example.com' };
  await company.scim.expect(201, { method: 'POST', path: '/Users', body });
  const asked = await post('/auth/request-password-reset', { email: 'grace@example.com' });
  expect([asked.status, JSON.parse(asked.text)]).toEqual([202, { accepted: true }]);
  const { text } = await mailServer.mailTo('grace@example.com');
  const [, token = ''] = /https:\/\/admin\.example\/set-password#(\S+)/.exec(text) ?? [];
  const password = 'correct horse battery';
  const answer = await post('/auth/reset-password', { token, password });
  expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { userName: 'grace@example.com' }]);
  expect(answer.headers['set-cookie']?.[0]).toMatch(/^rollcall_session=;.*Expires=Thu, 01 Jan 1970/);
  expect((await post('/auth/sign-in', { email: 'grace@example.com', password })).status).toBe(200);
  const again = await post('/auth/reset-password', { token, password });
  expect([again.status, errorOf(again)]).toMatchObject([400, { code: 'INVALID_INPUT', field: 'token' }]);
});

test('nobody is answered as somebody', async () => {
  const { status, text } = await post('/auth/request-password-reset', { email: 'nobody@example.com' });
  expect([status, JSON.parse(text)]).toEqual([202, { accepted: true }]);
});

describe.each(['/auth/request-password-reset', '/auth/reset-password'])('%s', (path) => {
  test.each([{}, { email: 1 }, { token: 'x' }, [], { email: '', token: '', password: '' }])(
    'refuses %j with what to send',
    async (body) => {
      const answer = await post(path, body);
      expect([answer.status, errorOf(answer)]).toMatchObject([
        400,
        { code: 'INVALID_INPUT', message: expect.stringContaining('as JSON'), requestId: expect.any(String) },
      ]);
    },
  );

  test.each(['text/plain', 'application/x-www-form-urlencoded', undefined])(
    'refuses %s, which a form of any page can send',
    async (type) => {
      const answer = await exchange(server.origin, {
        method: 'POST',
        path,
        headers: { ...(type !== undefined && { 'content-type': type }) },
        body: type === undefined ? undefined : '{"email":"grace@example.com"}',
      });
      expect(answer.status).toBe(415);
    },
  );
});

test('a server without mails says so', async () => {
  const silent = await openServerWorld();
  try {
    const answer = await post('/auth/request-password-reset', { email: 'a@example.com' }, {}, silent.origin);
    expect([answer.status, errorOf(answer)]).toMatchObject([
      503,
      { code: 'UNAVAILABLE', message: expect.stringMatching(/sends no mails.*ROLLCALL_SMTP_URL/) },
    ]);
    const features = (origin: string) => post('/graphql', { query: '{ features { mail } }' }, {}, origin);
    expect(JSON.parse((await features(silent.origin)).text)).toEqual({ data: { features: { mail: false } } });
    expect(JSON.parse((await features(server.origin)).text)).toEqual({ data: { features: { mail: true } } });
  } finally {
    await silent.close();
  }
});
