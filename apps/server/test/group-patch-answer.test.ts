import { afterAll, beforeAll, expect, test } from 'vitest';
import { patchOf } from './clients/scim-client.ts';
import { GROUP, USER, unique } from './conformance/samples.ts';
import { type Company, openServerWorld, type ServerWorld, tokenOf } from './world.ts';

let server: ServerWorld;
beforeAll(async () => {
  server = await openServerWorld();
});
afterAll(() => server?.close());

/** A company whose identity provider has pushed a group with a member. */
async function companyWithGroup(answer?: string) {
  const company = await server.company();
  if (answer !== undefined) await set(company, answer);
  const { id } = await company.scim.create('Users', { schemas: [USER], userName: unique('member') });
  const members = [{ value: id }];
  const group = await company.scim.create('Groups', {
    schemas: [GROUP],
    displayName: unique('Group'),
    members,
  });
  return { company, path: `/Groups/${group.id}` };
}

async function set({ admin }: Company, groupPatchAnswer: string): Promise<void> {
  const graphql = server.graphql(tokenOf(admin));
  const { data } = await graphql.ask('{ connections { nodes { id groupPatchAnswer } } }');
  const [connection] = Object(data).connections.nodes;
  expect(connection.groupPatchAnswer).toBe('NO_CONTENT');
  const mutation = `mutation ($input: UpdateConnectionInput!) {
    updateConnection(input: $input) { connection { groupPatchAnswer } } }`;
  const changed = await graphql.ask(mutation, { input: { id: connection.id, groupPatchAnswer } });
  expect(changed.data).toEqual({ updateConnection: { connection: { groupPatchAnswer } } });
  const events = await graphql.ask('{ events(first: 1) { nodes { type changes { field before after } } } }');
  expect(Object(events.data).events.nodes).toEqual([
    {
      type: 'CONNECTION_UPDATED',
      changes: [{ field: 'groupPatchAnswer', before: 'NO_CONTENT', after: groupPatchAnswer }],
    },
  ]);
}

const rename = () => patchOf({ op: 'replace', path: 'displayName', value: unique('Renamed') });

test('a group PATCH is answered 204 where nothing is set', async () => {
  const { company, path } = await companyWithGroup();
  await company.scim.expect(204, { method: 'PATCH', path, body: rename() });
});

test('a connection can have it answered with the group, for clients that take 204 for a failure', async () => {
  const { company, path } = await companyWithGroup('RESOURCE');
  const { scim } = company;
  const answer = await scim.expect(200, { method: 'PATCH', path, body: rename() });
  expect(answer.body).toEqual(await scim.read(path));
  const bare = `${path}?excludedAttributes=members`;
  const { body } = await scim.expect(200, { method: 'PATCH', path: bare, body: rename() });
  expect(body).not.toHaveProperty('members');
  // What a request says of itself comes first.
  const minimal = { method: 'PATCH', path, body: rename(), headers: { prefer: 'return=minimal' } };
  await scim.expect(204, minimal);
});

test('a token sees its own connection, and who has none sees none', async () => {
  const { company } = await companyWithGroup();
  const query = '{ ownConnection { id name groupPatchAnswer } }';
  const idp = await server.graphql(company.idp.token).ask(query);
  expect(idp.data).toMatchObject({ ownConnection: { groupPatchAnswer: 'NO_CONTENT' } });
  expect((await server.graphql(tokenOf(company.admin)).ask(query)).data).toEqual({ ownConnection: null });
  expect((await server.graphql().ask(query)).errors).toMatchObject([
    { extensions: { code: 'UNAUTHENTICATED' } },
  ]);
});
