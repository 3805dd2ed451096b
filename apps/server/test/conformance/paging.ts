import { beforeAll, describe, expect, test } from 'vitest';
import type { Company } from '../world.ts';
import { GROUP, USER } from './samples.ts';
import type { Scene } from './scene.ts';

const PEOPLE = 7;

export function describePaging(scene: () => Scene): void {
  describe('startIndex and count', () => {
    let company: Company | undefined;
    const list = (path: string, query: Record<string, string | number>) => {
      if (company === undefined) throw new Error('There is no company yet.');
      return company.scim.list(path, query);
    };
    beforeAll(async () => {
      company = await scene().endpoint.company();
      // The admin is the first of the people.
      for (let number = 1; number < PEOPLE; number += 1) {
        await company.scim.create('Users', { schemas: [USER], userName: `person-${number}` });
        await company.scim.create('Groups', { schemas: [GROUP], displayName: `group-${number}` });
      }
    });

    test.each([
      [
        { startIndex: 1, count: 3 },
        { startIndex: 1, itemsPerPage: 3 },
      ],
      [
        { startIndex: 6, count: 3 },
        { startIndex: 6, itemsPerPage: 2 },
      ],
      [
        { startIndex: 8, count: 3 },
        { startIndex: 8, itemsPerPage: 0 },
      ],
      [
        { startIndex: 0, count: 3 },
        { startIndex: 1, itemsPerPage: 3 },
      ],
      [
        { startIndex: -5, count: 3 },
        { startIndex: 1, itemsPerPage: 3 },
      ],
      [{ count: 0 }, { startIndex: 1, itemsPerPage: 0 }],
      [{ count: -1 }, { startIndex: 1, itemsPerPage: 0 }],
      [{ count: 1_000_000 }, { startIndex: 1, itemsPerPage: PEOPLE }],
      [{ startIndex: 9_000_000_000_000 }, { startIndex: 9_000_000_000_000, itemsPerPage: 0 }],
      [{ STARTINDEX: 2 }, { startIndex: 2, itemsPerPage: PEOPLE - 1 }],
    ])('RFC 7644 §3.4.2.4 paging: %j of users is %j', async (query, page) => {
      const { Resources, ...told } = await list('/Users', query);
      expect(told).toMatchObject({ ...page, totalResults: PEOPLE });
      expect(Resources).toHaveLength(page.itemsPerPage);
    });

    test.each(['/Users', '/Groups'])(
      'RFC 7644 §3.4.2.4 paging: pages of %s together are the whole, in the same order every time',
      async (path) => {
        const whole = await list(path, {});
        const pages = [];
        for (let startIndex = 1; startIndex <= whole.totalResults; startIndex += 2) {
          pages.push(...(await list(path, { startIndex, count: 2 })).Resources);
        }
        expect(pages).toEqual(whole.Resources);
        expect(new Set(pages.map(({ id }) => id)).size).toBe(whole.totalResults);
      },
    );

    test('RFC 7644 §3.4.2.4 paging: a page is of what the filter lets through', async () => {
      const page = await list('/Users', { filter: 'userName sw "person-"', startIndex: 2, count: 2 });
      expect(page).toMatchObject({ totalResults: PEOPLE - 1, startIndex: 2, itemsPerPage: 2 });
    });

    test.each(['count=x', 'startIndex=1.5', 'startIndex=NaN', 'count=1&count=2'])(
      'RFC 7644 §3.4.2.4 paging: %s is refused',
      async (query) => {
        await company?.scim.expect(400, { path: `/Users?${query}` });
      },
    );
  });
}
