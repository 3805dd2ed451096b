import type { JsonObject } from '@rollcall/scim-protocol';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Company } from '../world.ts';
import { GROUP, USER } from './samples.ts';
import type { Scene } from './scene.ts';

const PEOPLE = 8;
const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

export function describeCursors(scene: () => Scene): void {
  describe('cursors', () => {
    let company: Company | undefined;
    beforeAll(async () => {
      company = await scene().endpoint.company();
      // The admin is the first of the people.
      for (let number = 1; number < PEOPLE; number += 1) {
        await company.scim.create('Users', {
          schemas: [USER],
          userName: `turn-${PEOPLE - number}`,
          title: 'x',
        });
        await company.scim.create('Groups', { schemas: [GROUP], displayName: `turn-${number}` });
      }
    });
    const scim = () => {
      if (company === undefined) throw new Error('There is no company yet.');
      return company.scim;
    };
    const page = async (query: string, path = '/Users') =>
      (await scim().expect(200, { path: `${path}?${query}` })).body;
    const idsOf = ({ Resources }: JsonObject): unknown[] =>
      Array.isArray(Resources) ? Resources.map((one) => Object(one).id) : [];
    /** Every page, from the first to the last. */
    const walk = async (query: string, path?: string): Promise<JsonObject[]> => {
      const pages = [await page(`${query}&cursor`, path)];
      for (let next = pages[0]?.nextCursor; next !== undefined; next = pages.at(-1)?.nextCursor) {
        if (pages.length > 50) throw new Error('The walk does not end.');
        pages.push(await page(`${query}&cursor=${next}`, path));
      }
      return pages;
    };

    test.each(['/Users', '/Groups'])(
      'RFC 9865 §2 nextCursor: leads through all of %s, once each',
      async (path) => {
        const pages = await walk('count=3', path);
        const { totalResults } = await scim().list(path, { count: 0 });
        const ids = pages.flatMap(idsOf);
        expect([ids.length, new Set(ids).size]).toEqual([totalResults, totalResults]);
        for (const one of pages) expect(one).toMatchObject({ totalResults, itemsPerPage: idsOf(one).length });
      },
    );

    test('RFC 9865 §2 nextCursor: is there on every page but the last', async () => {
      const pages = await walk('count=4');
      expect(pages.map(({ nextCursor }) => typeof nextCursor)).toEqual(['string', 'undefined']);
      expect(await page('cursor&count=100')).not.toHaveProperty('nextCursor');
    });

    test('RFC 9865 §2 nextCursor: is made of characters that a URL can hold as they are', async () => {
      for (const { nextCursor = 'a' } of await walk('count=3')) expect(nextCursor).toMatch(/^[\w.~-]+$/);
    });

    test('RFC 9865 §2 previousCursor: is not on the first page, and leads back', async () => {
      const [first, second, third] = await walk('count=3');
      expect(first).not.toHaveProperty('previousCursor');
      expect(idsOf(await page(`count=3&cursor=${third?.previousCursor}`))).toEqual(idsOf(second ?? {}));
      const back = await page(`count=3&cursor=${second?.previousCursor}`);
      expect(idsOf(back)).toEqual(idsOf(first ?? {}));
      expect(back).not.toHaveProperty('previousCursor');
    });

    test('RFC 9865 §2 count: 0 or less asks for the total alone, and no page has more than was asked for', async () => {
      for (const count of [0, -3]) {
        const body = await page(`cursor&count=${count}`);
        expect([body.totalResults, idsOf(body)]).toEqual([PEOPLE, []]);
      }
      expect(idsOf(await page('cursor&count=2'))).toHaveLength(2);
    });

    test.each([
      ['of a few letters', 'nonsense'],
      ['that holds nothing', 'AAAA'],
      ['that is no text', '%00'],
      ['that is very long', 'x'.repeat(3000)],
    ])('RFC 9865 §2.1 errors: the cursor %s is invalidCursor', async (_what, cursor) => {
      const { body } = await scim().expect(400, { path: `/Users?count=3&cursor=${cursor}` });
      expect(body.scimType).toBe('invalidCursor');
    });

    test('RFC 9865 §2.1 errors: a cursor of another query is invalidCursor, of another count invalidCount', async () => {
      const { nextCursor } = await page('cursor&count=3');
      const refused = async (query: string, path = '/Users') =>
        (await scim().expect(400, { path: `${path}?${query}&cursor=${nextCursor}` })).body.scimType;
      expect(await refused('count=3&filter=title pr')).toBe('invalidCursor');
      expect(await refused('count=3&sortBy=userName')).toBe('invalidCursor');
      expect(await refused('count=3', '/Groups')).toBe('invalidCursor');
      expect(await refused('count=4')).toBe('invalidCount');
    });

    test('RFC 9865 §2.1 errors: a cursor that is too old is expiredCursor', async () => {
      const { body: config } = await scim().expect(200, { path: '/ServiceProviderConfig' });
      const { nextCursor } = await page('cursor&count=3');
      vi.useFakeTimers({
        toFake: ['Date'],
        now: Date.now() + (Object(config.pagination).cursorTimeout + 2) * 1000,
      });
      try {
        const late = await scim().expect(400, { path: `/Users?count=3&cursor=${nextCursor}` });
        expect(late.body.scimType).toBe('expiredCursor');
      } finally {
        vi.useRealTimers();
      }
    });

    test('RFC 9865 §2.1 errors: a count beyond the published maximum is refused with invalidCount, or cut to it', async () => {
      const { body: config } = await scim().expect(200, { path: '/ServiceProviderConfig' });
      const { maxPageSize } = Object(config.pagination);
      const { status, body } = await scim().send({ path: `/Users?cursor&count=${maxPageSize + 1}` });
      if (status === 200) expect(Number(body.itemsPerPage)).toBeLessThanOrEqual(maxPageSize);
      else expect([status, body.scimType]).toEqual([400, 'invalidCount']);
    });

    test('RFC 9865 §2.2 sorting: holds over all pages', async () => {
      const pages = await walk('count=3&sortBy=userName&filter=title pr&attributes=userName');
      const names = pages.flatMap(({ Resources }) =>
        Array.isArray(Resources) ? Resources.map((one) => Object(one).userName) : [],
      );
      expect(names).toEqual(Array.from({ length: PEOPLE - 1 }, (_, at) => `turn-${at + 1}`));
    });

    test('RFC 9865 §2.4 default: without cursor or startIndex pages are by index', async () => {
      const body = await page('count=3');
      expect(body).toMatchObject({ startIndex: 1, itemsPerPage: 3 });
      const { body: config } = await scim().expect(200, { path: '/ServiceProviderConfig' });
      expect(config.pagination).toMatchObject({ defaultPaginationMethod: 'index' });
    });

    test('RFC 9865 §3 .search: takes a cursor in its body', async () => {
      const post = async (cursor: unknown) =>
        (
          await scim().expect(200, {
            method: 'POST',
            path: '/Users/.search',
            body: { schemas: [SEARCH], count: 5, cursor },
          })
        ).body;
      const first = await post('');
      const second = await post(first.nextCursor);
      expect([...idsOf(first), ...idsOf(second)]).toHaveLength(PEOPLE);
      expect(second).not.toHaveProperty('nextCursor');
    });

    test('RFC 9865 §4 ServiceProviderConfig: says how pages are turned', async () => {
      const { body } = await scim().expect(200, { path: '/ServiceProviderConfig' });
      expect(body.pagination).toMatchObject({
        cursor: true,
        index: true,
        defaultPageSize: expect.any(Number),
        maxPageSize: expect.any(Number),
        cursorTimeout: expect.any(Number),
      });
    });

    test('RFC 9865 §5.2 confidentiality: a cursor of somebody else is as good as none', async () => {
      const other = await scene().endpoint.company();
      const { nextCursor } = await page('cursor&count=3');
      const theirs = await other.scim.expect(400, { path: `/Users?count=3&cursor=${nextCursor}` });
      const forged = await other.scim.expect(400, { path: '/Users?count=3&cursor=forged' });
      expect(theirs.body).toEqual(forged.body);
    });
  });
}
