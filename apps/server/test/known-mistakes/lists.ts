import { beforeAll, describe, expect, test } from 'vitest';
import type { Company } from '../world.ts';
import { type AnotherCompany, newCrowd } from './subjects.ts';

const CROWD = 1050;
/** The admin was there before. */
const EVERYBODY = CROWD + 1;

type Query = Record<string, string | number>;

export function listsMistaken(another: AnotherCompany): void {
  describe('of a list', () => {
    let crowded: Company | undefined;
    let small: Company | undefined;
    beforeAll(async () => {
      [crowded, small] = await Promise.all([another(), another()]);
      await newCrowd(crowded, CROWD);
      await newCrowd(small, 2);
    });
    const list = (company: Company | undefined, query: Query) => {
      if (company === undefined) throw new Error('There is no company yet.');
      return company.scim.list('/Users', query);
    };

    test('itemsPerPage is what was asked for, and not what came', async () => {
      const { itemsPerPage, Resources } = await list(small, { count: 100 });
      expect([itemsPerPage, Resources.length]).toEqual([3, 3]);
      expect(await list(small, { startIndex: 3, count: 2 })).toMatchObject({
        itemsPerPage: 1,
        startIndex: 3,
      });
    });

    test('startIndex is ignored when all would fit on one page', async () => {
      const whole = await list(small, {});
      const rest = await list(small, { startIndex: 2, count: 100 });
      expect(rest.Resources).toEqual(whole.Resources.slice(1));
      expect(rest).toMatchObject({ totalResults: 3, startIndex: 2 });
    });

    test('startIndex counts from 0', async () => {
      const whole = await list(small, {});
      for (const startIndex of [1, 0, -1]) {
        const { Resources, startIndex: told } = await list(small, { startIndex, count: 1 });
        expect([Resources, told]).toEqual([whole.Resources.slice(0, 1), 1]);
      }
    });

    test('it is cut at its first page, and totalResults says that this is all', async () => {
      for (const query of [{ startIndex: 1 }, { count: 100 }, { count: 5000 }] as readonly Query[]) {
        const { totalResults, Resources } = await list(crowded, query);
        expect(totalResults).toBe(EVERYBODY);
        expect(Resources.length).toBeLessThan(EVERYBODY);
      }
    });

    test('count=0 gives everybody, or says that there is nobody', async () => {
      expect(await list(crowded, { count: 0 })).toMatchObject({
        totalResults: EVERYBODY,
        itemsPerPage: 0,
        Resources: [],
      });
    });

    test('totalResults of a filter counts the page, or everybody', async () => {
      const filter = 'userName sw "crowd-10"';
      // crowd-10, crowd-100 to 109, crowd-1000 to 1050.
      const expected = 1 + 10 + 51;
      for (const [startIndex, count] of [
        [1, 5],
        [60, 5],
        [1, 0],
        [90, 100],
      ] as const) {
        expect((await list(crowded, { filter, startIndex, count })).totalResults).toBe(expected);
      }
    });

    test('the page is taken before the filter, so that who comes late is never found', async () => {
      for (const number of [1, 101, 1001, CROWD]) {
        const userName = `crowd-${number}@example.com`;
        const { Resources, totalResults } = await list(crowded, {
          filter: `userName eq "${userName}"`,
          count: 1,
        });
        expect(totalResults).toBe(1);
        expect(Resources).toMatchObject([{ userName }]);
      }
    });

    test('only the first thousand are looked through for a match', async () => {
      const filter = `displayName eq "nobody" or userName eq "CROWD-${CROWD}@example.com"`;
      expect((await list(crowded, { filter })).totalResults).toBe(1);
    });

    test('somebody between two pages is missed or seen twice', async () => {
      const seen: unknown[] = [];
      for (let startIndex = 1; ; ) {
        const page = await list(crowded, { startIndex, count: 97, attributes: 'userName' });
        seen.push(...page.Resources.map(({ id }) => id));
        startIndex += page.itemsPerPage;
        if (page.itemsPerPage === 0) break;
      }
      expect([seen.length, new Set(seen).size]).toEqual([EVERYBODY, EVERYBODY]);
    });
  });
}
