import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { exchange } from './clients/http-exchange.ts';
import { liveClient } from './clients/live-client.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

let server: ServerWorld;
let company: Company;
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
});
afterAll(() => server.close());

const create = 'mutation { createUser(input: { userName: "rehearsed" }) { user { id } } }';

/** Ids are others each time. */
const withoutIds = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, each) => (key === 'id' ? 'an id' : each)));

const isSaved = async (): Promise<boolean> => {
  const { totalResults } = await company.scim.list('/Users', { filter: 'userName eq "rehearsed"' });
  return totalResults > 0;
};

test.each(['true', 'True', ' TRUE '])('rollcall-dry-run: %s rehearses, whatever its case', async (word) => {
  const { errors } = await server.graphql(tokenOf(company.idp)).ask(create, {}, { 'rollcall-dry-run': word });
  expect(errors).toBeUndefined();
  expect(await isSaved()).toBe(false);
});

test.each(['1', 'yes', 'on', '', 'true, true'])(
  'rollcall-dry-run: %s is refused, for whoever sends it does not mean to save',
  async (word) => {
    const { errors, http } = await server
      .graphql(tokenOf(company.idp))
      .ask(create, {}, { 'rollcall-dry-run': word });
    expect(http.status).toBe(400);
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/must be true or false, and nothing was done/),
        extensions: { code: 'INVALID_INPUT', field: 'rollcall-dry-run' },
      },
    ]);
    expect(await isSaved()).toBe(false);
  },
);

test.each(['true', true])('a WebSocket opened with rollcall-dry-run: %s rehearses', async (word) => {
  const parameters = { 'rollcall-dry-run': word };
  const live = liveClient(server.origin, { token: tokenOf(company.idp), parameters });
  expect(await live.ask(create)).toMatchObject({
    data: { createUser: { user: { id: expect.any(String) } } },
  });
  await live.close();
  expect(await isSaved()).toBe(false);
});

test('over a WebSocket a rehearsal tells its events as over HTTP, and reading tells none', async () => {
  const allowed = ['users:write', 'users:read', 'events:read'];
  for (const permissions of [allowed, allowed.slice(0, 2)]) {
    const token = tokenOf(await company.withPermissions(...permissions));
    const headers = { 'rollcall-dry-run': 'true' };
    const live = liveClient(server.origin, { token, parameters: headers });
    for (const operation of [
      create,
      '{ viewer { kind } }',
      'mutation { deprovisionUser(input: { id: "x" }) { changed } }',
    ]) {
      const { extensions } = await server.graphql(token).ask(operation, {}, headers);
      expect(extensions).toMatchObject({
        rehearsal: permissions === allowed ? { events: expect.any(Array) } : {},
      });
      expect(withoutIds(await live.ask(operation))).toMatchObject({ extensions: withoutIds(extensions) });
    }
    await live.close();
  }
});

test.each(['maybe', { toString: 1, valueOf: 1 }, ['maybe']])(
  'a WebSocket that means neither, %j, is closed with the rule',
  async (word) => {
    const parameters = { 'rollcall-dry-run': word };
    const live = liveClient(server.origin, { token: tokenOf(company.idp), parameters });
    expect(await live.closed).toEqual({ code: 4400, reason: expect.stringMatching(/must be true or false/) });
  },
);

test('SCIM, which knows no rehearsal, refuses one', async () => {
  const request = { method: 'POST', path: '/Users', headers: { 'rollcall-dry-run': 'true' } };
  const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'rehearsed' };
  const { detail } = (await company.scim.expect(400, { ...request, body })).body;
  expect(detail).toMatch(/no rehearsal.*nothing was done.*Leave the header/);
  expect(await isSaved()).toBe(false);
});

test.each(['/auth/sign-in', '/auth/sign-out', '/auth/request-password-reset', '/auth/reset-password'])(
  '%s, which can not be rehearsed, refuses one',
  async (path) => {
    const { adminEmail: email, adminPassword: password } = company;
    const signIn = (headers: object) =>
      exchange(server.origin, {
        method: 'POST',
        path: '/auth/sign-in',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ email, password }),
      });
    const cookie = (await signIn({})).headers['set-cookie']?.[0]?.split(';')[0];
    const answer = await exchange(server.origin, {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', cookie, 'rollcall-dry-run': 'true' },
      body: JSON.stringify({ email, password }),
    });
    expect([answer.status, answer.headers['set-cookie']]).toEqual([400, undefined]);
    expect(JSON.parse(answer.text).error.message).toMatch(/nothing was done/);
    const { text } = await exchange(server.origin, {
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ query: '{ viewer { kind } }' }),
    });
    expect(JSON.parse(text)).toEqual({ data: { viewer: { kind: 'USER' } } });
  },
);

const deleteTeam = 'mutation ($input: DeleteTeamInput!) { deleteTeam(input: $input) { deletedTeamId } }';

test('the events of a rehearsal are told to those who may read events, and the first thousand of them', async () => {
  const { ids } = await company.idp
    .query<{ createUsers: { results: { user: { id: string } }[] } }>(
      'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }',
      { input: { users: Array.from({ length: 1000 }, (_, n) => ({ userName: `member-${n}` })) } },
    )
    .then(({ createUsers }) => ({ ids: createUsers.results.map(({ user }) => user.id) }));
  const team = await company.scim.create('Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Everybody',
    members: ids.map((value) => ({ value })),
  });
  const rehearse = async (...permissions: string[]) => {
    const actor = server.graphql(tokenOf(await company.withPermissions(...permissions)));
    const headers = { 'rollcall-dry-run': 'true' };
    return (await actor.ask(deleteTeam, { input: { id: team.id } }, headers)).extensions;
  };
  expect(await rehearse('teams:write')).toEqual({ rehearsal: {} });
  const { events } = z
    .object({ rehearsal: z.object({ events: z.array(z.unknown()) }) })
    .parse(await rehearse('teams:write', 'events:read')).rehearsal;
  expect(events).toHaveLength(1000);
});
