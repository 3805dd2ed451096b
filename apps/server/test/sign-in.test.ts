import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exchange } from './clients/http-exchange.ts';
import { type Company, openServerWorld, type ServerWorld } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
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
