import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allowInsecureRequests, Configuration, customFetch, type IDToken } from 'openid-client';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createGuardedFetch, type GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { hasTooManyGroups, openEntraGroups } from './entra-groups.ts';

const oid = '3f1e0a60-9ad0-4b77-9f4b-2f6a3d8a1b5c';
const asked: string[] = [];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let fetch: GuardedFetch;
let configuration: Configuration;
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url} ${request.headers.authorization?.split(' ')[0]}`);
  response.setHeader('content-type', 'application/json');
  if (request.url === '/token') {
    response.end(
      JSON.stringify({ access_token: `token-${asked.length}`, token_type: 'Bearer', expires_in: 3600 }),
    );
  } else answer(request, response);
});
beforeAll(async () => {
  await new Promise<void>((listens) => server.listen(0, 'localhost', listens));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  fetch = createGuardedFetch({ allowedPrivateHosts: ['localhost'] });
  const metadata = { issuer: `http://${host}`, token_endpoint: `http://${host}/token`, msgraph_host: host };
  configuration = new Configuration(metadata, 'client', 'secret');
  allowInsecureRequests(configuration);
  configuration[customFetch] = (url, { method, headers, body }) =>
    fetch(url, { method, headers, body: body == null ? undefined : String(body) });
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  await fetch.close();
  server.close();
});

const says = (status: number, body: object) => {
  answer = (_request, response) => {
    response.statusCode = status;
    response.end(JSON.stringify(body));
  };
};
const person = { oid } as unknown as IDToken;

test.each([
  [{ _claim_names: { groups: 'src1' }, _claim_sources: { src1: { endpoint: 'https://x' } } }, true],
  [{ hasgroups: true }, true],
  [{ hasgroups: 'true' }, true],
  [{ groups: ['a'] }, false],
  [{ _claim_names: { other: 'src1' } }, false],
  [{ _claim_names: null, hasgroups: false }, false],
])('%j says that the groups are too many: %s', (claims, expected) => {
  expect(hasTooManyGroups(claims as unknown as IDToken)).toBe(expected);
});

test('groups are asked of Microsoft Graph as the application, by one token', async () => {
  const groupsOf = openEntraGroups(fetch);
  says(200, { value: ['group-1', 'group-2'] });
  for (const _ of [1, 2])
    expect(await groupsOf(configuration, 'key', person)).toEqual({ groups: ['group-1', 'group-2'] });
  const look = `POST /v1.0/users/${oid}/getMemberObjects Bearer`;
  expect(asked).toEqual([expect.stringMatching(/^POST \/token /), look, look]);
  await groupsOf(configuration, 'another client', person);
  expect(asked.filter((each) => each.startsWith('POST /token'))).toHaveLength(2);
});

test.each([
  [
    403,
    { error: { code: 'Authorization_RequestDenied' } },
    /Authorization_RequestDenied.*GroupMember\.Read\.All/,
  ],
  [404, { error: { code: 'Request_ResourceNotFound' } }, /Request_ResourceNotFound/],
  [500, {}, /HTTP 500/],
  [200, { value: 'none' }, /HTTP 200/],
])('what Graph answers with %s %j is a problem in words', async (status, body, words) => {
  says(status, body);
  expect(await openEntraGroups(fetch)(configuration, 'key', person)).toEqual({
    problem: expect.stringMatching(words),
  });
});

test('nobody is asked for whom the token does not name', async () => {
  const nobody = { oid: '../me' } as unknown as IDToken;
  expect(await openEntraGroups(fetch)(configuration, 'key', nobody)).toHaveProperty('problem');
  expect(asked).toEqual([]);
});
