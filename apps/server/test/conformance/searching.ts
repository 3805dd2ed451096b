import { beforeAll, describe, expect, test } from 'vitest';
import type { Company } from '../world.ts';
import { GROUP, USER } from './samples.ts';
import type { Scene } from './scene.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

const people = [
  {
    userName: 'search-1',
    title: 'b',
    name: { familyName: 'Zola' },
    emails: [{ value: 'z@x' }, { value: 'b@x', primary: true }],
  },
  {
    userName: 'search-2',
    title: 'A',
    name: { familyName: 'ähre' },
    emails: [{ value: 'a@x' }, { value: 'y@x' }],
  },
  { userName: 'search-3', title: 'c' },
  { userName: 'search-4', name: { familyName: 'adams' }, emails: [{ value: 'C@x' }] },
];

export function describeSearching(scene: () => Scene): void {
  describe('searching and sorting', () => {
    let company: Company | undefined;
    beforeAll(async () => {
      company = await scene().endpoint.company();
      for (const person of people) await company.scim.create('Users', { schemas: [USER], ...person });
      for (const displayName of ['search-group-1', 'search-group-2']) {
        await company.scim.create('Groups', { schemas: [GROUP], displayName });
      }
    });
    const scim = () => {
      if (company === undefined) throw new Error('There is no company yet.');
      return company.scim;
    };
    const search = async (path: string, request: object) =>
      (await scim().expect(200, { method: 'POST', path, body: { schemas: [SEARCH], ...request } })).body;
    const sorted = async (query: Record<string, string>) =>
      (await scim().list('/Users', { filter: 'userName sw "search-"', ...query })).Resources.map(
        ({ userName }) => Number(String(userName).slice(-1)),
      );

    test('RFC 7644 §3.4.3 .search: finds what the same query by GET finds', async () => {
      const query = { filter: 'userName sw "search-" and title pr', startIndex: 2, count: 2 };
      expect(await search('/Users/.search', query)).toEqual(await scim().list('/Users', query));
      const groups = { filter: 'displayName eq "search-group-1"' };
      expect(await search('/Groups/.search', groups)).toEqual(await scim().list('/Groups', groups));
    });

    test('RFC 7644 §3.4.3 .search: takes attributes and excludedAttributes as lists', async () => {
      const filter = 'userName eq "search-1"';
      const { Resources } = await search('/Users/.search', {
        filter,
        attributes: ['userName', 'name.familyName'],
      });
      expect(Resources).toEqual([
        { schemas: [USER], id: expect.any(String), userName: 'search-1', name: { familyName: 'Zola' } },
      ]);
      const without = await search('/Users/.search', {
        filter,
        excludedAttributes: ['emails', 'meta', 'id'],
      });
      expect(Object(without.Resources)[0]).toMatchObject({ id: expect.any(String), title: 'b' });
      expect(Object(without.Resources)[0]).not.toHaveProperty('emails');
    });

    test('RFC 7644 §3.4.3 .search: another message, or an invalid filter, is refused', async () => {
      const post = { method: 'POST', path: '/Users/.search' };
      await scim().expect(400, { ...post, body: { schemas: [USER] } });
      for (const filter of ['nonsense', '', ' ']) {
        const body = { schemas: [SEARCH], filter };
        expect((await scim().expect(400, { ...post, body })).body.scimType).toBe('invalidFilter');
        const path = `/Users?filter=${filter}`;
        expect((await scim().expect(400, { path })).body.scimType).toBe('invalidFilter');
      }
    });

    test('RFC 7644 §3.4.2.1 root: a query of everything finds resources of every type', async () => {
      const filter = 'userName eq "search-1" or displayName eq "search-group-2"';
      const types = async (request: object) => {
        const { Resources, totalResults } = await search('/.search', request);
        const list = Array.isArray(Resources) ? Resources : [];
        expect(totalResults).toBe(list.length);
        return list.map((one) => Object(Object(one).meta).resourceType).sort();
      };
      expect(await types({ filter })).toEqual(['Group', 'User']);
      const typed = `meta.resourceType eq "Group" and (${filter})`;
      expect(await types({ filter: typed })).toEqual(['Group']);
    });

    test('RFC 7644 §3.4.2.1 root: an attribute that a type does not have has no value there', async () => {
      const total = async (filter: string) => (await search('/.search', { filter, count: 0 })).totalResults;
      expect(await total('userName eq "search-1"')).toBe(1);
      expect(await total('members pr or userName eq "search-1"')).toBe(1);
      expect(await total('displayName sw "search-group" and not (userName pr)')).toBe(2);
    });

    test('RFC 7644 §3.4.2.1 root: is sorted as one list, in pages by index and by cursor', async () => {
      const { scim: fresh } = await scene().endpoint.company();
      for (const displayName of ['delta', 'Alpha', 'charlie']) {
        await fresh.create('Users', { schemas: [USER], userName: `sorted-${displayName}`, displayName });
        await fresh.create('Groups', { schemas: [GROUP], displayName: `${displayName}-group` });
      }
      await fresh.create('Users', { schemas: [USER], userName: 'sorted-nameless' });
      const sorted = async (request: object) => {
        const query = { filter: 'displayName co "a" or userName sw "sorted-"', ...request };
        const { body } = await fresh.expect(200, { method: 'POST', path: '/.search', body: query });
        const list = Array.isArray(body.Resources) ? body.Resources : [];
        const names = list.map((one) => String(Object(one).displayName ?? Object(one).userName));
        return {
          names: names.filter((name) => !/admin/i.test(name)),
          nextCursor: body.nextCursor,
          total: body.totalResults,
        };
      };
      const order = ['Alpha', 'Alpha-group', 'charlie', 'charlie-group', 'delta', 'delta-group'];
      const byName = { sortBy: 'displayName', filter: 'displayName pr and not (displayName co "admin")' };
      expect((await sorted({ sortBy: 'displayName' })).names).toEqual([...order, 'sorted-nameless']);
      const descending = await sorted({ sortBy: 'displayName', sortOrder: 'descending' });
      expect(descending.names).toEqual(['sorted-nameless', ...order.toReversed()]);
      expect((await sorted({ ...byName, startIndex: 3, count: 2 })).names).toEqual(order.slice(2, 4));
      const walked: string[] = [];
      for (let cursor: unknown = ''; cursor !== undefined; ) {
        const page = await sorted({ ...byName, cursor, count: 4 });
        walked.push(...page.names);
        cursor = page.nextCursor;
      }
      expect(walked).toEqual(order);
    });

    test('RFC 7644 §3.4.2.1 root: is sorted by an attribute of one type, too; others have no value', async () => {
      const filter = 'userName sw "search-" or displayName sw "search-group"';
      const types = async (request: object) => {
        const { Resources } = await search('/.search', { filter, ...request });
        const list = Array.isArray(Resources) ? Resources : [];
        return list.map((one) => String(Object(one).userName ?? Object(one).displayName));
      };
      const users = [1, 2, 3, 4].map((number) => `search-${number}`);
      const groups = ['search-group-1', 'search-group-2'];
      const ascending = await types({ sortBy: 'userName' });
      expect([ascending.slice(0, 4), ascending.slice(4).sort()]).toEqual([users, groups]);
      const descending = await types({ sortBy: 'userName', sortOrder: 'descending' });
      expect([descending.slice(0, 2).sort(), descending.slice(2)]).toEqual([groups, users.toReversed()]);
      await scim().expect(400, { method: 'POST', path: '/.search', body: { sortBy: 'shoeSize' } });
    });

    test('RFC 7644 §3.4.2.3 sorting: without regard to case, ascending unless told otherwise', async () => {
      expect(await sorted({ sortBy: 'userName', sortOrder: 'descending' })).toEqual([4, 3, 2, 1]);
      expect(await sorted({ sortBy: 'TITLE' })).toEqual([2, 1, 3, 4]);
      expect(await sorted({ sortBy: 'title', sortOrder: 'ascending' })).toEqual([2, 1, 3, 4]);
    });

    test('RFC 7644 §3.4.2.3 sorting: what has no value is last, and first when descending', async () => {
      expect(await sorted({ sortBy: 'title', sortOrder: 'descending' })).toEqual([4, 3, 1, 2]);
      expect((await sorted({ sortBy: 'name.familyName' })).at(-1)).toBe(3);
    });

    test('RFC 7644 §3.4.2.3 sorting: by the primary value of many, or by the first', async () => {
      expect(await sorted({ sortBy: 'emails.value' })).toEqual([2, 1, 4, 3]);
      expect(await sorted({ sortBy: 'emails' })).toEqual([2, 1, 4, 3]);
    });

    test('RFC 7644 §3.4.2.3 sorting: by a part of a complex attribute, and by its URN', async () => {
      expect((await sorted({ sortBy: `${USER}:name.familyName` })).slice(0, 1)).toEqual([4]);
      expect(await sorted({ sortBy: 'meta.created' })).toEqual([1, 2, 3, 4]);
    });

    test.each(['nothing', 'password', 'name.nothing'])(
      'RFC 7644 §3.4.2.3 sorting: by %s is refused',
      async (sortBy) => {
        await scim().expect(400, { path: `/Users?sortBy=${sortBy}` });
      },
    );

    test('RFC 7644 §3.4.2.3 sorting: pages of a sorted list are the whole, in order', async () => {
      const pages: unknown[] = [];
      for (const startIndex of [1, 3]) {
        const query = { filter: 'userName sw "search-"', sortBy: 'title', startIndex, count: 2 };
        pages.push(...(await scim().list('/Users', query)).Resources.map(({ userName }) => userName));
      }
      expect(pages).toEqual([2, 1, 3, 4].map((number) => `search-${number}`));
    });
  });
}
