import { describe, expect, test, vi } from 'vitest';
import { teamResult } from './groups/testing/team-result.ts';
import { adapterServer } from './testing/adapter-server.ts';
import { adaId, bobId, onlyPage, teamId } from './testing/results.ts';
import { type ScriptedClient, scriptedClient } from './testing/scripted-client.ts';
import { userResult } from './users/testing/user-result.ts';

const LIST = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const middle = { hasNextPage: true, hasPreviousPage: true, startCursor: 'start', endCursor: 'end' };
const usersPage = (pageInfo: object = onlyPage) => ({
  users: { totalCount: 12, nodes: [userResult(), userResult({ id: bobId })], pageInfo },
});
const teamsPage = { teams: { totalCount: 3, nodes: [teamResult()], pageInfo: onlyPage } };

const get = (client: ScriptedClient, path: string, headers = {}) =>
  adapterServer(client).send({ path, headers });
const post = (client: ScriptedClient, path: string, body: object) =>
  adapterServer(client).send({ method: 'POST', path, body: { schemas: [SEARCH], ...body } });

/** The cursors of a first page of users, asked for like this. */
async function cursorsOf(query: string, headers = {}): Promise<Record<'next' | 'previous', string>> {
  const { body } = await get(scriptedClient(usersPage(middle)), `/Users?cursor=&${query}`, headers);
  return { next: String(body.nextCursor), previous: String(body.previousCursor) };
}

describe('sorting (RFC 7644 §3.4.2.3)', () => {
  test.each([
    ['sortBy=name.familyName&sortOrder=descending', { field: 'NAME_FAMILY_NAME', direction: 'DESC' }],
    ['sortby=username', { field: 'USER_NAME', direction: 'ASC' }],
  ])('%s goes into the variables', async (query, orderBy) => {
    const client = scriptedClient(usersPage());
    expect((await get(client, `/Users?${query}`)).status).toBe(200);
    expect(client.sent).toMatchObject([{ variables: { orderBy, first: 100, offset: 0 } }]);
  });

  test.each(['sortBy=password', 'sortBy=nothing', 'sortBy=userName&sortOrder=up'])(
    '%s is invalidValue and asks nobody',
    async (query) => {
      const client = scriptedClient();
      expect((await get(client, `/Users?${query}`)).body).toMatchObject({
        status: '400',
        scimType: 'invalidValue',
      });
      expect(client.sent).toEqual([]);
    },
  );
});

describe('paging by cursor (RFC 9865)', () => {
  test('the first page tells the next one, and no index', async () => {
    const client = scriptedClient(usersPage({ ...middle, hasPreviousPage: false }));
    const { body } = await get(client, '/Users?cursor&count=2');
    expect(body).toEqual({
      schemas: [LIST],
      totalResults: 12,
      itemsPerPage: 2,
      nextCursor: expect.stringMatching(/^[\w-]+$/),
      Resources: expect.any(Array),
    });
    expect(client.sent).toMatchObject([{ operation: 'ScimUsers', variables: { first: 2, after: null } }]);
  });

  test('the last page tells none', async () => {
    const { body } = await get(scriptedClient(usersPage()), '/Users?cursor=');
    expect(body).not.toHaveProperty('nextCursor');
    expect(body).not.toHaveProperty('previousCursor');
  });

  test('the cursors lead on and back, on any server', async () => {
    const { next, previous } = await cursorsOf('count=2');
    const client = scriptedClient(usersPage(), usersPage());
    await get(client, `/Users?cursor=${next}&count=2`);
    await get(client, `/Users?cursor=${previous}`);
    expect(client.sent.map(({ variables }) => variables)).toMatchObject([
      { first: 2, after: 'end' },
      { last: 2, before: 'start' },
    ]);
  });

  test('the query may be spelled otherwise, and ask for other attributes', async () => {
    const { next } = await cursorsOf('count=2&sortBy=userName&filter=userName%20sw%20%22J%22');
    const client = scriptedClient(usersPage(), usersPage());
    const respelled = `sortBy=username&sortOrder=ascending&filter=(username%20SW%20%22J%22)&cursor=${next}`;
    expect((await get(client, `/Users?${respelled}&attributes=userName`)).status).toBe(200);
    const body = { cursor: next, count: 2, sortBy: 'userName', filter: 'userName sw "J"' };
    expect((await post(client, '/Users/.search', body)).status).toBe(200);
  });

  test.each([
    ['of another filter', '/Users?filter=title%20pr'],
    ['of another order', '/Users?sortBy=title'],
    ['of another type', '/Groups?count=2'],
  ])('a cursor %s is invalidCursor and asks nobody', async (_, path) => {
    const { next } = await cursorsOf('count=2');
    const client = scriptedClient();
    const { body } = await get(client, `${path}&cursor=${next}`);
    expect(body).toMatchObject({ status: '400', scimType: 'invalidCursor', detail: expect.any(String) });
    expect(client.sent).toEqual([]);
  });

  test('a cursor of another caller, or of nobody, is invalidCursor', async () => {
    const { next } = await cursorsOf('count=2', { authorization: 'Bearer other' });
    for (const cursor of [next, 'made-up', '%00', 'x'.repeat(5_000)]) {
      const { body } = await get(scriptedClient(), `/Users?count=2&cursor=${cursor}`);
      expect(body).toMatchObject({ status: '400', scimType: 'invalidCursor' });
    }
  });

  test('an old cursor is expiredCursor', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { next } = await cursorsOf('count=2');
    vi.advanceTimersByTime(3_602_000);
    const { body } = await get(scriptedClient(), `/Users?count=2&cursor=${next}`);
    vi.useRealTimers();
    expect(body).toMatchObject({ status: '400', scimType: 'expiredCursor' });
  });

  test.each(['count=3', 'count=x', 'count=1.5', 'count=0', 'count=-1'])(
    'after a page of 2, %s is invalidCount',
    async (query) => {
      const { next } = await cursorsOf('count=2');
      const { body } = await get(scriptedClient(), `/Users?${query}&cursor=${next}`);
      expect(body).toMatchObject({ status: '400', scimType: 'invalidCount' });
    },
  );

  test.each(['count=0', 'count=-5'])('%s tells the total alone', async (query) => {
    const client = scriptedClient({ users: { totalCount: 12 } });
    const { body } = await get(client, `/Users?cursor=&${query}`);
    expect(body).toEqual({ schemas: [LIST], totalResults: 12, itemsPerPage: 0, Resources: [] });
  });

  test('without a cursor, pages go by index', async () => {
    const { body } = await get(scriptedClient(usersPage(middle)), '/Users');
    expect(body).toMatchObject({ startIndex: 1 });
    expect(body).not.toHaveProperty('nextCursor');
  });
});

describe('POST /.search (RFC 7644 §3.4.3)', () => {
  test('of users asks what the GET asks', async () => {
    const client = scriptedClient(usersPage());
    const answer = await post(client, '/Users/.search', {
      filter: 'title pr',
      attributes: ['userName'],
      sortBy: 'meta.created',
      startIndex: 3,
      count: 2,
    });
    expect(answer.headers['content-type']).toMatch(/^application\/scim\+json\b/);
    expect(answer.body).toMatchObject({ totalResults: 12, startIndex: 3, itemsPerPage: 2 });
    expect(answer.body.Resources).toEqual([
      { schemas: expect.any(Array), id: adaId, userName: 'ada@example.com' },
      { schemas: expect.any(Array), id: bobId, userName: 'ada@example.com' },
    ]);
    expect(client.sent).toMatchObject([
      {
        operation: 'ScimUsersWithoutGroups',
        variables: {
          filter: { title: { isPresent: true } },
          orderBy: { field: 'CREATED_AT', direction: 'ASC' },
          first: 2,
          offset: 2,
        },
      },
    ]);
  });

  test('of groups shows groups', async () => {
    const { body } = await post(scriptedClient(teamsPage), '/Acme/Groups/.search', {});
    expect(body).toMatchObject({ totalResults: 3, Resources: [{ id: teamId }] });
  });

  test.each([
    [{ schemas: ['urn:other'] }, 'invalidSyntax'],
    [{ filter: 5 }, 'invalidValue'],
    [{ filter: 'x eq' }, 'invalidFilter'],
    [{ cursor: 5 }, 'invalidCursor'],
    [{ cursor: '', count: 'x' }, 'invalidCount'],
  ])('%j is %s', async (body, scimType) => {
    const answer = await post(scriptedClient(), '/Users/.search', body);
    expect(answer.body).toMatchObject({ status: '400', scimType });
  });
});

describe('a search of everything (RFC 7644 §3.4.2.1)', () => {
  test.each(['', '/', '/01950000-0000-7000-8000-0000000000ac'])(
    'GET of the base URL %j is users, then groups',
    async (path) => {
      const client = scriptedClient(usersPage(), teamsPage);
      const { body } = await get(client, path);
      expect(body).toMatchObject({ totalResults: 15, itemsPerPage: 3, startIndex: 1 });
      expect(body.Resources).toMatchObject([{ id: adaId }, { id: bobId }, { id: teamId }]);
      expect(client.sent).toMatchObject([
        { operation: 'ScimUsers', variables: { first: 100, offset: 0 } },
        { operation: 'ScimGroups', variables: { first: 98, offset: 0 } },
      ]);
    },
  );

  test('a page full of users counts the groups, and its cursor leads to them', async () => {
    const first = scriptedClient(usersPage(), { teams: { totalCount: 3 } });
    const { body } = await post(first, '/.search', { cursor: '', count: 2 });
    expect(body).toMatchObject({ totalResults: 15, itemsPerPage: 2, nextCursor: expect.any(String) });
    const second = scriptedClient({ users: { totalCount: 12 } }, teamsPage);
    const next = await post(second, '/.search', { cursor: body.nextCursor });
    expect(next.body.Resources).toMatchObject([{ id: teamId }]);
    expect(next.body).toMatchObject({ previousCursor: expect.any(String) });
    expect(next.body).not.toHaveProperty('nextCursor');
  });

  test('an attribute that only users have finds no group', async () => {
    const client = scriptedClient(usersPage());
    const { body } = await post(client, '/.search', { filter: 'userName pr' });
    expect(body).toMatchObject({ totalResults: 12, Resources: [{ id: adaId }, { id: bobId }] });
  });

  test.each([{ filter: 'shoeSize eq 43' }, { filter: 'userName xx "a"' }])(
    '%j is invalidFilter',
    async (body) => {
      const answer = await post(scriptedClient(), '/.search', body);
      expect(answer.body).toMatchObject({ status: '400', scimType: 'invalidFilter' });
    },
  );

  test('is sorted by what both types have', async () => {
    const client = scriptedClient(usersPage(), teamsPage);
    await post(client, '/.search', { sortBy: 'displayName', sortOrder: 'descending' });
    const orderBy = { field: 'DISPLAY_NAME', direction: 'DESC' };
    expect(client.sent).toMatchObject([{ variables: { orderBy } }, { variables: { orderBy } }]);
  });

  test.each([
    ['userName', 'ascending', ['ScimUsers', 'ScimGroups']],
    ['userName', 'descending', ['ScimGroups', 'ScimUsers']],
    ['members.display', 'ascending', ['ScimGroups', 'ScimUsers']],
    ['meta.resourceType', 'ascending', ['ScimGroups', 'ScimUsers']],
    ['meta.location', 'descending', ['ScimUsers', 'ScimGroups']],
  ])('by %s %s, whatever has no value is at its end', async (sortBy, sortOrder, operations) => {
    const answers = { ScimUsers: usersPage(), ScimGroups: teamsPage };
    const client = scriptedClient(...operations.map((name) => answers[name as keyof typeof answers]));
    const { body } = await post(client, '/.search', { sortBy, sortOrder });
    expect(client.sent.map(({ operation }) => operation)).toEqual(operations);
    expect(body.totalResults).toBe(15);
  });

  test.each(['shoeSize', 'password', 'name'])('can not be sorted by %s', async (sortBy) => {
    const { body } = await post(scriptedClient(), '/.search', { sortBy });
    expect(body).toMatchObject({ scimType: 'invalidValue', detail: expect.stringContaining('sortBy') });
  });

  test('says of which types an attribute is none, and refuses an order that is none without one', async () => {
    const unknown = await post(scriptedClient(), '/.search', { sortBy: 'shoeSize' });
    expect(unknown.body.detail).toContain('an attribute of User or Group');
    const bogus = await post(scriptedClient(), '/.search', { sortOrder: 'bogus' });
    expect(bogus.body).toMatchObject({ status: '400', scimType: 'invalidValue' });
  });

  test('another method is 405, and what can be no account is 404', async () => {
    const { fastify } = adapterServer(scriptedClient());
    const put = await fastify.inject({ method: 'PUT', url: '/scim/v2', payload: {} });
    expect([put.statusCode, put.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect((await get(scriptedClient(), '/Devices')).status).toBe(404);
  });
});
