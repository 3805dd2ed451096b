import { expect, test } from 'vitest';
import { adapterServer } from '../testing/adapter-server.ts';
import { adaId, onlyPage, teamId } from '../testing/results.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { teamResult } from './testing/team-result.ts';

const path = `/Groups/${teamId}`;
const base = 'https://rollcall.example/scim/v2';

test('a group shows its members', async () => {
  const memberReferences = [{ id: adaId, displayName: 'Ada' }];
  const client = scriptedClient({ team: { ...teamResult({ externalId: 'e' }), memberReferences } });
  const answer = await adapterServer(client).send({ path });
  expect(answer.headers.etag).toMatch(/^W\/"7\.[\w-]{12}"$/);
  expect(answer.body).toEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    id: teamId,
    externalId: 'e',
    displayName: 'Mathematicians',
    members: [{ value: adaId, $ref: `${base}/Users/${adaId}`, display: 'Ada', type: 'User' }],
    meta: {
      resourceType: 'Group',
      created: '2026-01-02T03:04:05.000Z',
      lastModified: '2026-02-03T04:05:06.000Z',
      location: `${base}/Groups/${teamId}`,
      version: answer.headers.etag,
    },
  });
});

test('a group without members shows an empty list', async () => {
  const client = scriptedClient({ team: { ...teamResult(), memberReferences: [] } });
  expect((await adapterServer(client).send({ path })).body.members).toEqual([]);
});

test.each(['excludedAttributes=members', 'attributes=displayName'])(
  'with %s, members are not read',
  async (query) => {
    const client = scriptedClient({ team: teamResult() });
    const answer = await adapterServer(client).send({ path: `${path}?${query}` });
    expect(answer.body).not.toHaveProperty('members');
    expect(client.sent[0]?.operation).toBe('ScimGroupWithoutMembers');
  },
);

test.each([null, teamResult({ origin: 'ORG_STRUCTURE' }), teamResult({ origin: 'MANUAL' })])(
  'what no directory pushed is no group',
  async (team) => {
    expect((await adapterServer(scriptedClient({ team })).send({ path })).status).toBe(404);
  },
);

test.each([
  ['', 'ScimGroups', { first: 100, offset: 0 }],
  ['?excludedAttributes=members&startIndex=3&count=2', 'ScimGroupsWithoutMembers', { first: 2, offset: 2 }],
])('the list %s of groups is that of the directory', async (query, operation, page) => {
  const client = scriptedClient({ teams: { totalCount: 3, nodes: [teamResult()], pageInfo: onlyPage } });
  const answer = await adapterServer(client).send({ path: `/Groups${query}` });
  expect(answer.body).toMatchObject({ totalResults: 3, itemsPerPage: 1, Resources: [{ id: teamId }] });
  expect(client.sent).toMatchObject([{ operation, variables: { filter: { origin: 'DIRECTORY' }, ...page } }]);
});

test('count=0 asks for the total alone', async () => {
  const client = scriptedClient({ teams: { totalCount: 3 } });
  const answer = await adapterServer(client).send({ path: '/Groups?count=0' });
  expect(answer.body).toMatchObject({ totalResults: 3, itemsPerPage: 0, Resources: [] });
  expect(client.sent[0]?.operation).toBe('ScimGroupCount');
});
