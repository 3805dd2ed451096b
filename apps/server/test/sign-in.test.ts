import { randomBytes } from 'node:crypto';
import { totpCode } from '@rollcall/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange } from './clients/http-exchange.ts';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld(undefined, { encryptionKeys: [randomBytes(32)] });
  company = await server.company();
});
afterAll(() => server.close());

const post = (path: string, body: object | undefined, headers = {}) =>
  exchange(server.origin, {
    method: 'POST',
    path,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });

const whoAmI = (cookie: string) =>
  post('/graphql', { query: '{ account { id } }' }, { cookie }).then(({ text }) => JSON.parse(text));

describe('signing in', () => {
  test('gives a cookie that scripts can not read, which is over when signed out', async () => {
    const answer = await post('/auth/sign-in', {
      email: company.adminEmail,
      password: company.adminPassword,
    });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      { user: { id: company.adminId, displayName: 'Ada Admin' } },
    ]);
    const [setCookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(setCookie).toMatch(/^rollcall_session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(answer.text).not.toContain('rc_');
    const [cookie = ''] = setCookie.split(';');

    expect(await whoAmI(cookie)).not.toHaveProperty('errors');
    const out = await post('/auth/sign-out', {}, { cookie });
    expect(out.status).toBe(204);
    expect(out.headers['set-cookie']?.[0]).toMatch(/^rollcall_session=;.*Expires=Thu, 01 Jan 1970/);
    expect(await whoAmI(cookie)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await post('/auth/sign-out', {}, { cookie })).status).toBe(204);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', undefined])(
    'in or out as %s, which a form of any page can send, is refused and changes nothing',
    async (type) => {
      const { adminEmail: email, adminPassword: password } = company;
      const entered = await post('/auth/sign-in', { email, password });
      const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
      for (const path of ['/auth/sign-in', '/auth/sign-out']) {
        const answer = await exchange(server.origin, {
          method: 'POST',
          path,
          headers: { cookie, ...(type !== undefined && { 'content-type': type }) },
          body: type === undefined ? undefined : JSON.stringify({ email, password }),
        });
        expect([answer.status, JSON.parse(answer.text).error.code]).toEqual([415, 'INVALID_INPUT']);
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
      expect(await whoAmI(cookie)).not.toHaveProperty('errors');
    },
  );

  test('with a wrong password says no more than that', async () => {
    for (const email of [company.adminEmail, 'nobody@example.com']) {
      const { status, text, headers } = await post('/auth/sign-in', { email, password: 'wrong password' });
      expect([status, JSON.parse(text).error.code]).toEqual([401, 'SIGN_IN_FAILED']);
      expect(headers['set-cookie']).toBeUndefined();
    }
  });

  test.each([{}, { email: 'a' }, { email: 1, password: [] }, []])(
    '%j is refused with what to send',
    async (body) => {
      const { status, text, headers } = await post('/auth/sign-in', body);
      expect([status, JSON.parse(text)]).toMatchObject([
        400,
        { error: { code: 'INVALID_INPUT', requestId: headers['x-request-id'] } },
      ]);
    },
  );
});

test('with a second factor a cookie of one browser stands between the password and the session', async () => {
  const { adminEmail: email, adminPassword: password, admin } = company;
  const begun = await admin.query<{ beginTotp: { secret: string } }>(
    'mutation { beginTotp(input: {}) { secret } }',
  );
  const { secret } = begun.beginTotp;
  const confirm = 'mutation ($input: ConfirmTotpInput!) { confirmTotp(input: $input) { recoveryCodes } }';
  await admin.query(confirm, { input: { code: totpCode(secret) } });

  const entered = await post('/auth/sign-in', { email, password });
  expect([entered.status, JSON.parse(entered.text)]).toEqual([
    200,
    { pending: { secondFactors: ['TOTP', 'RECOVERY_CODE'] } },
  ]);
  const cookies = entered.headers['set-cookie'] ?? [];
  expect(cookies).toEqual([
    expect.stringMatching(/^rollcall_pending=[^;]+; Max-Age=600; Path=\/auth; HttpOnly; SameSite=Strict$/),
  ]);
  const [cookie = ''] = (cookies[0] ?? '').split(';');
  expect(await whoAmI(cookie.replace('rollcall_pending', 'rollcall_session'))).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
  const code = { totpCode: totpCode(secret, 1) };
  const elsewhere = await post('/auth/second-factor', code);
  expect([elsewhere.status, JSON.parse(elsewhere.text).error]).toMatchObject([
    401,
    { field: 'pendingSecret' },
  ]);
  const form = { cookie, 'content-type': 'text/plain' };
  expect((await post('/auth/second-factor', code, form)).status).toBe(415);
  const wrong = await post('/auth/second-factor', { totpCode: '000000' }, { cookie });
  expect([wrong.status, JSON.parse(wrong.text).error.field]).toEqual([401, 'totpCode']);
  const right = await post('/auth/second-factor', code, { cookie });
  expect(right.status).toBe(200);
  const [cleared = '', session = ''] = right.headers['set-cookie'] ?? [];
  expect(cleared).toMatch(/^rollcall_pending=;.*Expires=Thu, 01 Jan 1970/);
  expect(await whoAmI(session.split(';')[0] ?? '')).not.toHaveProperty('errors');

  const begin = await post('/auth/passkey/options', {});
  expect(JSON.parse(begin.text).options.allowCredentials ?? []).toEqual([]);
  expect(begin.headers['set-cookie']?.[0]).toMatch(
    /^rollcall_passkey=[^;]+; Max-Age=300; Path=\/auth; HttpOnly;/,
  );
});
