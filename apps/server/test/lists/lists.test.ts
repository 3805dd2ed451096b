import { groupResourceType, type JsonObject, userResourceType } from '@rollcall/scim-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENTERPRISE, GROUP, USER } from '../conformance/samples.ts';
import { type Endpoint, inProcess, overHttp } from '../conformance/transport.ts';
import type { Company } from '../world.ts';
import { readablePaths, sortedIds } from './readable-attributes.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const PEOPLE = 12;
const GROUPS = 5;

/** A person of whom every attribute is there for some, missing for others, and the same for a few. */
function person(n: number, managerId: string | undefined): JsonObject {
  const some = <Value>(every: number, value: Value) => (n % every === 0 ? value : undefined);
  const letter = 'bAcBaC'.charAt(n % 6);
  const elements = (every: number, value: (suffix: string) => string) =>
    some(every, [
      { value: value(`${letter}0`), display: `Z${letter}`, type: 'home' },
      {
        value: value(`${letter}1`),
        display: letter,
        type: 'work',
        ...(n % 2 === 0 ? { primary: true } : {}),
      },
    ]);
  const address = { country: 'SE', locality: letter, region: 'r', postalCode: `${n}`, streetAddress: letter };
  const text = { schemas: [USER, ENTERPRISE], userName: `${letter}-${n}` };
  return JSON.parse(
    JSON.stringify({
      ...text,
      externalId: some(2, `${letter}`),
      name: some(3, { formatted: letter, familyName: letter, givenName: 'x', middleName: some(6, letter) }),
      displayName: some(2, `${letter} name`),
      nickName: some(4, letter),
      profileUrl: some(3, `https://example.com/${letter}`),
      title: some(2, letter),
      userType: some(5, letter),
      preferredLanguage: some(3, letter),
      locale: some(4, 'en-US'),
      timezone: some(5, 'Europe/Berlin'),
      active: n % 3 !== 0,
      emails: elements(2, (suffix) => `${suffix}@example.com`),
      phoneNumbers: elements(3, (suffix) => suffix),
      ims: elements(4, (suffix) => suffix),
      photos: elements(3, (suffix) => `https://example.com/${suffix}`),
      addresses: some(3, [{ type: 'other' }, { ...address, formatted: letter, type: 'work', primary: true }]),
      entitlements: elements(4, (suffix) => suffix),
      roles: elements(5, (suffix) => suffix),
      x509Certificates: some(4, [{ value: Buffer.from(letter).toString('base64') }]),
      [ENTERPRISE]: {
        employeeNumber: some(2, `${n}`),
        costCenter: some(3, letter),
        organization: some(4, letter),
        division: some(5, letter),
        department: some(2, letter),
        manager: managerId === undefined ? undefined : { value: managerId },
      },
    }),
  );
}

describe.each([
  ['in the process of the core', inProcess],
  ['over HTTP', overHttp],
])('lists %s', (_, open) => {
  let endpoint: Endpoint | undefined;
  let company: Company;
  const scim = () => company.scim;
  beforeAll(async () => {
    endpoint = await open();
    company = await endpoint.company();
    const ids: string[] = [];
    for (let n = 0; n < PEOPLE; n += 1) {
      const managerId = n % 3 === 1 ? ids[n % 4] : n % 5 === 3 ? 'Who is to come' : undefined;
      ids.push((await scim().create('Users', person(n, managerId))).id);
    }
    for (let n = 0; n < GROUPS; n += 1) {
      const members = n % 2 === 0 ? ids.slice(n, n + 2).map((value) => ({ value })) : [];
      const externalId = n % 3 === 0 ? { externalId: `e${'aBc'.charAt(n)}` } : {};
      await scim().create('Groups', {
        schemas: [GROUP],
        displayName: `${'CbAdB'.charAt(n)}-${n}`,
        ...externalId,
        members,
      });
    }
    await scim().patch(`/Users/${ids[4]}`, { op: 'replace', path: 'title', value: 'Later' });
  });
  afterAll(() => endpoint?.close());

  const idsOf = (resources: readonly JsonObject[]) => resources.map(({ id }) => String(id));

  /** Every resource by cursor, so many at a time. */
  async function walk(
    path: string,
    query: object,
    eachPage: (page: number) => Promise<void> = async () => {},
  ) {
    const met: JsonObject[] = [];
    let cursor = '';
    for (let page = 0; page < 100; page += 1) {
      const body = { schemas: [SEARCH], ...query, cursor };
      const answer = await scim().expect(200, { method: 'POST', path: `${path}/.search`, body });
      expect(answer.body).not.toHaveProperty('startIndex');
      expect('previousCursor' in answer.body).toBe(page > 0);
      met.push(...(answer.body.Resources as JsonObject[]));
      if (typeof answer.body.nextCursor !== 'string') return met;
      cursor = answer.body.nextCursor;
      await eachPage(page);
    }
    throw new Error('the walk does not end');
  }

  describe.each([userResourceType, groupResourceType])('of $name', (type) => {
    test.each(readablePaths(type))(
      'are sorted by %s, whichever way and however they are paged',
      async (sortBy) => {
        const { Resources: all } = await scim().list(type.endpoint, { sortBy: 'id' });
        for (const sortOrder of ['ascending', 'descending']) {
          const sorted = sortedIds(type, all, sortBy, sortOrder === 'descending');
          const { Resources: whole } = await scim().list(type.endpoint, { sortBy, sortOrder });
          expect(idsOf(whole)).toEqual(sorted);
          const { Resources: part } = await scim().list(type.endpoint, {
            sortBy,
            sortOrder,
            startIndex: 3,
            count: 2,
          });
          expect(idsOf(part)).toEqual(sorted.slice(2, 4));
          expect(idsOf(await walk(type.endpoint, { sortBy, sortOrder, count: 4 }))).toEqual(sorted);
        }
      },
    );
  });

  test('the way back by cursor is the way there', async () => {
    const query = 'filter=userName%20pr&sortBy=title&count=5';
    const pages: string[][] = [];
    let cursor: unknown = '';
    let previous: unknown;
    while (typeof cursor === 'string') {
      const { body } = await scim().expect(200, { path: `/Users?${query}&cursor=${cursor}` });
      pages.push(idsOf(body.Resources as JsonObject[]));
      previous = body.previousCursor;
      cursor = body.nextCursor;
    }
    expect(pages.map(({ length }) => length)).toEqual([5, 5, 3]);
    for (const expected of pages.slice(0, -1).reverse()) {
      const { body } = await scim().expect(200, { path: `/Users?${query}&cursor=${previous}` });
      expect(idsOf(body.Resources as JsonObject[])).toEqual(expected);
      previous = body.previousCursor;
    }
    expect(previous).toBeUndefined();
  });

  test('a walk while others come and go meets everybody who stays, once', async () => {
    const query = { filter: 'userName sw "walk-"', sortBy: 'userName', count: 3 };
    const create = (userName: string) => scim().create('Users', { schemas: [USER], userName });
    const staying: string[] = [];
    for (let n = 10; n < 30; n += 1) staying.push((await create(`walk-${n}`)).id);
    const leaving = [await create('walk-11b'), await create('walk-19b'), await create('walk-29b')];
    const met = await walk('/Users', query, async (page) => {
      await create(`walk-${10 + page}c`);
      const gone = leaving.pop();
      if (gone !== undefined) await scim().expect(204, { method: 'DELETE', path: `/Users/${gone.id}` });
    });
    const ids = idsOf(met);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => staying.includes(id))).toEqual(staying);
    for (const id of staying) await scim().expect(204, { method: 'DELETE', path: `/Users/${id}` });
  });

  test('a cursor of one account or token is nothing in another', async () => {
    const { body } = await scim().expect(200, { path: '/Users?count=2&cursor=' });
    const other = await endpoint?.company();
    const path = `/Users?count=2&cursor=${body.nextCursor}`;
    await scim().expect(200, { path });
    const refused = await other?.scim.expect(400, { path });
    expect(refused?.body).toMatchObject({ scimType: 'invalidCursor' });
  });

  test('a search of everything is users, then groups', async () => {
    const users = await scim().list('/Users');
    const groups = await scim().list('/Groups');
    const total = users.totalResults + groups.totalResults;
    const all = idsOf([...users.Resources, ...groups.Resources]);
    const everything = await scim().list('', { count: 500 });
    expect(everything).toMatchObject({ totalResults: total, itemsPerPage: total, startIndex: 1 });
    expect(idsOf(everything.Resources)).toEqual(all);
    const part = await scim().list('/', { startIndex: users.totalResults, count: 3 });
    expect(idsOf(part.Resources)).toEqual(all.slice(users.totalResults - 1, users.totalResults + 2));
    expect(idsOf(await walk('', { count: 4 }))).toEqual(all);
    expect(await walk('', { count: 4, filter: 'meta.resourceType eq "Group"' })).toEqual(groups.Resources);
    expect(idsOf(await walk('', { filter: 'members pr or userName eq "a-4"' }))).toHaveLength(4);
    const names = await walk('', { sortBy: 'displayName', attributes: ['displayName'] });
    expect(names).toHaveLength(total);
  });
});
