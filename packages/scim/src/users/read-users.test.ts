import { describe, expect, test } from 'vitest';
import { adapterServer } from '../testing/adapter-server.ts';
import { adaId, bobId, onlyPage, teamId } from '../testing/results.ts';
import { scriptedClient } from '../testing/scripted-client.ts';
import { userResult } from './testing/user-result.ts';

const path = `/Users/${adaId}`;
const twoUsers = {
  users: {
    totalCount: 12,
    nodes: [userResult(), userResult({ id: bobId, userName: 'bob' })],
    pageInfo: onlyPage,
  },
};

describe('one user', () => {
  test('with groups', async () => {
    const teams = [{ id: teamId, displayName: 'M', origin: 'DIRECTORY' }];
    const client = scriptedClient({ user: { ...userResult(), teams } });
    const answer = await adapterServer(client).send({ path });
    expect(answer.body.groups).toMatchObject([{ value: teamId, display: 'M' }]);
    expect(answer.headers.etag).toMatch(/^W\/"3\.[\w-]{12}"$/);
    expect(answer.headers['content-location']).toBe(`https://rollcall.example/scim/v2/Users/${adaId}`);
  });

  test.each(['excludedAttributes=groups', 'attributes=userName', 'ATTRIBUTES=emails.value'])(
    'with %s, groups are not read',
    async (query) => {
      const client = scriptedClient({ user: userResult() });
      const answer = await adapterServer(client).send({ path: `${path}?${query}` });
      expect(answer.status).toBe(200);
      expect(client.sent[0]?.operation).toBe('ScimUserWithoutGroups');
    },
  );

  test('shows what attributes asks for, and id and schemas always', async () => {
    const client = scriptedClient({ user: userResult({ title: 'Countess', displayName: 'Ada' }) });
    const answer = await adapterServer(client).send({ path: `${path}?attributes=title,nothing` });
    expect(answer.body).toEqual({ schemas: expect.any(Array), id: adaId, title: 'Countess' });
  });

  test.each([null, userResult({ status: 'DEPROVISIONED' })])(
    'is 404 when it is not there any more',
    async (user) => {
      const answer = await adapterServer(scriptedClient({ user })).send({ path });
      expect(answer.body).toMatchObject({ status: '404', detail: expect.stringContaining(adaId) });
    },
  );

  test.each(['W/"3"', '"3"', '*', 'W/"1", W/"3"'])('If-None-Match %s is 304 without a body', async (tag) => {
    const client = scriptedClient({ user: userResult() });
    const answer = await adapterServer(client).send({ path, headers: { 'if-none-match': tag } });
    expect(answer).toMatchObject({ status: 304, text: '', headers: { etag: 'W/"3"' } });
  });

  test('If-None-Match of another version is 200', async () => {
    const client = scriptedClient({ user: userResult() });
    expect((await adapterServer(client).send({ path, headers: { 'if-none-match': 'W/"2"' } })).status).toBe(
      200,
    );
  });
});

describe('a list of users', () => {
  test('without parameters is the first page', async () => {
    const client = scriptedClient(twoUsers);
    const answer = await adapterServer(client).send({ path: '/Users' });
    expect(answer.body).toMatchObject({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: 12,
      itemsPerPage: 2,
      startIndex: 1,
      Resources: [{ id: adaId }, { id: bobId }],
    });
    expect(client.sent).toMatchObject([{ operation: 'ScimUsers', variables: { first: 100, offset: 0 } }]);
  });

  test.each([
    ['startIndex=101&count=20', { first: 20, offset: 100 }, 101],
    ['startindex=0&count=9999', { first: 500, offset: 0 }, 1],
    ['startIndex=-5', { first: 100, offset: 0 }, 1],
    ['startIndex=99999999999999999999', { first: 100, offset: 2_147_483_647 }, 9_007_199_254_740_991],
    ['startIndex=9999999999', { first: 100, offset: 2_147_483_647 }, 9_999_999_999],
  ])('%s', async (query, variables, startIndex) => {
    const client = scriptedClient(twoUsers);
    const answer = await adapterServer(client).send({ path: `/Users?${query}` });
    expect(client.sent[0]?.variables).toMatchObject(variables);
    expect(answer.body.startIndex).toBe(startIndex);
  });

  test.each(['count=0', 'count=-1'])('%s asks for the total alone', async (query) => {
    const client = scriptedClient({ users: { totalCount: 12 } });
    const answer = await adapterServer(client).send({ path: `/Users?${query}` });
    expect(client.sent[0]?.operation).toBe('ScimUserCount');
    expect(answer.body).toMatchObject({ totalResults: 12, itemsPerPage: 0, Resources: [] });
  });

  test('the filter goes into the variables, decoded', async () => {
    const client = scriptedClient({ users: { totalCount: 0, nodes: [], pageInfo: onlyPage } });
    const filter = encodeURIComponent('userName eq "a+b@exämple.com"');
    const answer = await adapterServer(client).send({
      path: `/Users?filter=${filter}&excludedAttributes=groups`,
    });
    expect(answer).toMatchObject({ status: 200, body: { totalResults: 0, Resources: [] } });
    expect(client.sent).toMatchObject([
      {
        operation: 'ScimUsersWithoutGroups',
        variables: { filter: { userName: { equals: 'a+b@exämple.com' } } },
      },
    ]);
  });

  test('a filter that nobody can match asks nobody', async () => {
    const client = scriptedClient();
    const answer = await adapterServer(client).send({
      path: '/Users?filter=meta.resourceType%20eq%20%22Group%22',
    });
    expect(answer.body).toMatchObject({ totalResults: 0, itemsPerPage: 0, Resources: [] });
  });

  test.each([
    ['filter=userName%20eq', 'invalidFilter'],
    ['filter=externalId%20eq%20jyoung', 'invalidFilter'],
    ['filter=', 'invalidFilter'],
    ['count=ten', 'invalidValue'],
    ['filter=title%20pr&filter=userName%20pr', 'invalidValue'],
  ])('%s is %s, never everybody', async (query, scimType) => {
    const client = scriptedClient();
    const answer = await adapterServer(client).send({ path: `/Users?${query}` });
    expect(answer.body).toMatchObject({ status: '400', scimType });
    expect(client.sent).toEqual([]);
  });
});
