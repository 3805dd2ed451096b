import { describe, expect, test } from 'vitest';
import { teamResult } from '../groups/testing/team-result.ts';
import { adapterServer } from '../testing/adapter-server.ts';
import { adaId, bobId, teamId } from '../testing/results.ts';
import { refusal, type ScriptedClient, scriptedClient } from '../testing/scripted-client.ts';
import { userResult } from '../users/testing/user-result.ts';

const token = { viewer: { kind: 'TOKEN', user: null } };
const base = 'https://rollcall.example/scim/v2';
const post = (bulkId: string, more: object = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName: bulkId, ...more },
});
const made = (id: string) => ({ user: { id }, error: null });
const refused = (code: string, field: string | null = null) => ({
  user: null,
  error: { code, message: code, field, conflictingId: null },
});
const created = (...results: object[]) => ({ createUsers: { results } });

async function bulk(client: ScriptedClient, Operations: object[], failOnErrors?: number) {
  const answer = await adapterServer(client).send({
    method: 'POST',
    path: '/Bulk',
    body: { Operations, failOnErrors },
  });
  return { ...answer, results: Array.isArray(answer.body.Operations) ? answer.body.Operations : [] };
}

const asked = ({ sent }: ScriptedClient) => sent.slice(1).map(({ operation }) => operation);
const statuses = (results: { status: string }[]) => results.map(({ status }) => status);

test('users are created by one mutation, and those that fail are told apart', async () => {
  const client = scriptedClient(token, created(made(adaId), refused('ALREADY_EXISTS', 'userName')));
  const { results } = await bulk(client, [post('a'), { ...post('b'), data: {} }, post('c')]);
  expect(asked(client)).toEqual(['ScimCreateUsers']);
  expect(results).toMatchObject([
    { bulkId: 'a', status: '201', location: `${base}/Users/${adaId}` },
    { bulkId: 'b', status: '400', response: { scimType: 'invalidValue' } },
    { bulkId: 'c', status: '409', response: { scimType: 'uniqueness' } },
  ]);
});

test('references become ids', async () => {
  const client = scriptedClient(
    token,
    created(made(adaId)),
    { createTeams: { results: [{ team: { id: teamId }, error: null }] } },
    { changeTeamMembers: { results: [{ team: { id: teamId }, error: null }] } },
  );
  const members = [{ value: 'bulkId:a' }];
  const join = { op: 'add', path: 'members', value: [{ value: bobId }, { value: 'bulkId:a' }] };
  const { results } = await bulk(client, [
    { method: 'POST', path: '/Groups', bulkId: 'g', data: { displayName: 'G', members } },
    { method: 'PATCH', path: '/Groups/bulkId:g', data: { Operations: [join] } },
    post('a'),
  ]);
  expect(client.sent[2]?.variables).toMatchObject({ input: { teams: [{ memberIds: [adaId] }] } });
  expect(client.sent[3]?.variables).toEqual({
    input: { changes: [{ id: teamId, addMemberIds: [bobId, adaId] }] },
  });
  expect(results).toMatchObject([
    { status: '201' },
    { status: '204', location: `${base}/Groups/${teamId}` },
    { status: '201' },
  ]);
  // What is shown of others is in the tag of a resource, and was not read.
  for (const result of results) expect(result).not.toHaveProperty('version');
});

describe('a cycle (RFC 7644 §3.7.1)', () => {
  const cycle = [
    { ...post('a'), data: { userName: 'a', manager: { value: 'bulkId:b' } } },
    { ...post('b'), data: { userName: 'b', manager: { value: 'bulkId:a' } } },
  ];

  test('is completed by a change', async () => {
    const client = scriptedClient(token, created(made(bobId)), created(made(adaId)), {
      updateUser: { user: userResult({ id: bobId, version: 2 }) },
    });
    const { results } = await bulk(client, cycle);
    expect(results).toMatchObject([
      { bulkId: 'a', status: '201' },
      { bulkId: 'b', status: '201' },
    ]);
    expect(client.sent[1]?.variables).toMatchObject({ input: { users: [{ userName: 'b', manager: null }] } });
    expect(client.sent[3]?.variables).toEqual({ input: { id: bobId, manager: adaId } });
  });

  test('that can not be completed is 409, and says that the resource is there', async () => {
    const client = scriptedClient(
      token,
      created(made(bobId)),
      created(refused('ALREADY_EXISTS', 'userName')),
    );
    const { results } = await bulk(client, cycle);
    expect(results).toMatchObject([
      { bulkId: 'a', status: '409', response: { scimType: 'uniqueness' } },
      { bulkId: 'b', status: '409', location: `${base}/Users/${bobId}` },
    ]);
    expect(results[1].response.detail).toMatch(/was created/);
  });
});

describe('failOnErrors', () => {
  const users = [post('a'), post('b'), post('c')];
  const taken = refused('ALREADY_EXISTS', 'userName');

  test('has a batch rehearsed, and only as much of it done as is to be', async () => {
    const client = scriptedClient(
      token,
      created(made(adaId), taken, made(bobId)),
      created(made(adaId), taken),
    );
    const { results } = await bulk(client, users, 1);
    expect(statuses(results)).toEqual(['201', '409']);
    expect(client.sent.map(({ headers }) => headers['rollcall-dry-run'])).toEqual([
      undefined,
      'true',
      undefined,
    ]);
    expect(Object(client.sent[2]?.variables).input.users).toHaveLength(2);
  });

  test('needs no rehearsal when as many errors are accepted as there are operations', async () => {
    const client = scriptedClient(token, created(taken, taken, taken));
    expect(statuses((await bulk(client, users, 3)).results)).toEqual(['409', '409', '409']);
  });

  test('counts what is wrong beforehand, in its place', async () => {
    const { results } = await bulk(scriptedClient(token), [{}, {}, {}], 2);
    expect(statuses(results)).toEqual(['400', '400']);
  });

  test('tells what was done although it failed later than rehearsed', async () => {
    const client = scriptedClient(
      token,
      created(made(adaId), made(bobId), made(teamId)),
      created(taken, taken, made(teamId)),
    );
    expect(statuses((await bulk(client, users, 1)).results)).toEqual(['409', '201']);
  });
});

test('what refuses a mutation refuses each of its operations', async () => {
  const client = scriptedClient(token, refusal('FORBIDDEN'));
  const { status, results } = await bulk(client, [post('a'), post('b')]);
  expect([status, ...statuses(results)]).toEqual([200, '403', '403']);
});

test('what nobody expected is 500 for its operation, with nothing of the inside', async () => {
  const client = scriptedClient(token, refusal('INTERNAL'), { updateTeam: { team: teamResult() } });
  const put = { method: 'PUT', path: `/Groups/${teamId}`, data: { displayName: 'G' } };
  const { results } = await bulk(client, [post('a'), put]);
  expect(statuses(results)).toEqual(['500', '200']);
  expect(results[0].response.detail).toContain('req-1');
  expect(results[0].response.detail).not.toContain('INTERNAL');
});

test('a password may be refused without refusing the user', async () => {
  const client = scriptedClient(token, created(made(adaId), made(bobId)));
  const { results } = await bulk(client, [post('a'), post('b', { password: 'x' })]);
  expect(statuses(results)).toEqual(['201', '201']);
  const [plain, withPassword] = Object(client.sent[1]?.variables).input.users;
  expect(plain).not.toHaveProperty('passwordOptional');
  expect(withPassword).toMatchObject({ password: 'x', passwordOptional: true });
});

test('a credential that is no good fails the request', async () => {
  const answer = await bulk(scriptedClient(refusal('UNAUTHENTICATED')), [post('a')]);
  expect(answer).toMatchObject({
    status: 401,
    headers: { 'www-authenticate': expect.stringContaining('error="invalid_token"') },
  });
});

test('an id in the path may be in any case, and what can be none is 404', async () => {
  const client = scriptedClient(token, {
    deprovisionUsers: { results: [{ user: { id: adaId }, error: null }] },
  });
  const { results } = await bulk(client, [
    { method: 'DELETE', path: `/USERS/${adaId.toUpperCase()}` },
    { method: 'DELETE', path: '/Users/1' },
  ]);
  expect(statuses(results)).toEqual(['204', '404']);
  expect(client.sent[1]?.variables).toEqual({ input: { ids: [adaId] } });
});
