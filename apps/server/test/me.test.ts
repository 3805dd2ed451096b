import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { scimClient } from './clients/scim-client.ts';
import { USER, unique } from './conformance/samples.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

const secretSchema = z.object({ issueToken: z.object({ secret: z.string() }) });

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server?.close());

/** A SCIM client with a token that the company's admin issued for themselves. */
async function personalClient(...permissions: string[]) {
  const issued = await server
    .graphql(tokenOf(company.admin))
    .query(secretSchema, 'mutation ($input: IssueTokenInput!) { issueToken(input: $input) { secret } }', {
      input: { kind: 'API', name: unique('mine'), permissions },
    });
  return scimClient(server.origin, `/scim/v2/${company.id}`, issued.issueToken.secret);
}

const location = () => `${company.scim.baseUrl}/Users/${company.adminId}`;

describe('/Me for a token that belongs to a person (RFC 7644 §3.11)', () => {
  test('GET reads that person, and says where they are for good', async () => {
    const scim = await personalClient('users:read', 'teams:read');
    const { body, headers } = await scim.expect(200, { path: '/Me' });
    expect(body).toMatchObject({ id: company.adminId, meta: { location: location() } });
    expect(headers).toMatchObject({ location: location(), etag: Object(body.meta).version });
    const again = await scim.expect(304, { path: '/me', headers: { 'if-none-match': headers.etag } });
    expect(again.headers.location).toBe(location());
    const part = await scim.expect(200, { path: '/Me?attributes=userName' });
    expect(Object.keys(part.body).sort()).toEqual(['id', 'schemas', 'userName']);
  });

  test('PATCH and PUT change that person', async () => {
    const scim = await personalClient('users:read', 'users:write', 'teams:read');
    const { body: before } = await scim.expect(200, { path: '/Me' });
    const patched = await scim.patch('/Me', { op: 'replace', path: 'title', value: 'Countess' });
    expect(patched).toMatchObject({ status: 200, body: { id: company.adminId, title: 'Countess' } });
    const put = { schemas: [USER], userName: before.userName, displayName: 'Ada', nickName: 'A' };
    const replaced = await scim.expect(200, { method: 'PUT', path: '/Me', body: put });
    expect(replaced.body).toMatchObject({ id: company.adminId, displayName: 'Ada', nickName: 'A' });
    expect(replaced.body).not.toHaveProperty('title');
    expect(replaced.headers.location).toBe(location());
    const stale = { method: 'PUT', path: '/Me', body: put, headers: { 'if-match': 'W/"1"' } };
    expect((await scim.expect(412, stale)).headers.location).toBe(location());
  });

  test('a token may on /Me what it may on /Users, and not more', async () => {
    const scim = await personalClient('users:read', 'teams:read');
    const refused = await scim.patch('/Me', { op: 'replace', path: 'title', value: 'x' });
    expect(refused).toMatchObject({ status: 403, headers: { location: location() } });
    expect((await scim.send({ method: 'DELETE', path: '/Me' })).status).toBe(403);
  });

  test('DELETE deletes that person, unless they are the last admin', async () => {
    const scim = await personalClient('users:read', 'users:write');
    const { body } = await scim.expect(400, { method: 'DELETE', path: '/Me' });
    expect(body.scimType).toBe('mutability');
  });

  test('POST is 501: the person exists', async () => {
    const scim = await personalClient('users:write');
    await scim.expect(501, { method: 'POST', path: '/Me', body: { userName: unique('me') } });
  });
});

test('a session is a person, too', async () => {
  const scim = scimClient(server.origin, '/scim/v2', tokenOf(company.admin));
  expect((await scim.expect(200, { path: '/Me' })).body.id).toBe(company.adminId);
});

test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'POST'])(
  '%s /Me of a connection is 501 and says why',
  async (method) => {
    const body = method === 'GET' || method === 'DELETE' ? undefined : { userName: 'x' };
    const answer = await company.scim.expect(501, { method, path: '/Me', body });
    expect(answer.body.detail).toMatch(/\/Users/);
  },
);

test('/Me of nobody is 401', async () => {
  await company.scim.expect(401, { path: '/Me', headers: { authorization: 'Bearer rc_api_unknown' } });
});
