import { isJsonObject, type JsonObject, type JsonValue } from '@rollcall/scim-protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patchOf } from '../clients/scim-client.ts';
import { GROUP, USER } from '../conformance/samples.ts';
import { type Company, openServerWorld, type ServerWorld } from '../world.ts';
import { words } from './directory-arbitrary.ts';

/** Of each kind of resource, forwards and backwards; ten thousand walks of people are the core's test of the same law. */
const WALKS = 40;
const STEPS = 900;
/** Milliseconds; others may be using the machine. */
const TIMEOUT = 240_000;
const AT_FIRST = 12;

let server: ServerWorld;
beforeAll(async () => {
  server = await openServerWorld();
});
afterAll(() => server.close());

/** What somebody else does between two pages; the number picks whom. */
type Deed = { readonly kind: 'create' | 'delete' | 'retitle'; readonly word: string; readonly pick: number };

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom('create', 'create', 'delete', 'retitle'),
  word: fc.constantFrom(...words),
  pick: fc.nat(1000),
});
const walk = fc.record({
  count: fc.integer({ min: 1, max: 6 }),
  sortBy: fc.constantFrom(undefined, 'name', 'meta.created'),
  sortOrder: fc.constantFrom('ascending', 'descending'),
  isFiltered: fc.boolean(),
  /** What happens before each next page, in turn. */
  deeds: fc.array(fc.array(deed, { maxLength: 3 }), { minLength: 1, maxLength: 6 }),
});
type Walk = typeof walk extends fc.Arbitrary<infer Of> ? Of : never;

describe.each([
  ['/Users', 'userName', USER],
  ['/Groups', 'displayName', GROUP],
] as const)(
  'a walk by cursor through %s while others create, change and delete',
  (path, nameAttribute, schema) => {
    let company: Company;
    let everybody: string[];
    let created = 0;
    let requests = 0;
    beforeAll(async () => {
      company = await server.company();
      everybody = [];
      while (everybody.length < AT_FIRST) await create('a');
    });

    async function ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) {
      requests += 1;
      const { statusCode, body } = await server.app.inject({
        method,
        url: `/scim/v2/${company.id}${url}`,
        headers: { authorization: `Bearer ${company.idp.token}`, 'content-type': 'application/scim+json' },
        ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
      });
      expect(statusCode, body).toBeLessThan(300);
      const parsed: JsonValue = body === '' ? {} : JSON.parse(body);
      return isJsonObject(parsed) ? parsed : {};
    }

    async function create(word: string): Promise<void> {
      created += 1;
      const { id } = await ask('POST', path, { schemas: [schema], [nameAttribute]: `${word} x ${created}` });
      everybody.push(String(id));
    }

    async function happen({ kind, word, pick }: Deed): Promise<void> {
      const id = everybody[pick % everybody.length];
      if (kind === 'create' || id === undefined) return create(word);
      if (kind === 'retitle') {
        const operation = { op: 'replace', path: 'externalId', value: `${word}${requests}` };
        await ask('PATCH', `${path}/${id}`, patchOf(operation));
        return;
      }
      everybody.splice(everybody.indexOf(id), 1);
      await ask('DELETE', `${path}/${id}`);
    }

    /** The ids of all pages from the first, or back from the last, in the order in which they came. */
    async function walkThrough({ count, sortBy, sortOrder, isFiltered, deeds }: Walk, isBack: boolean) {
      const query = new URLSearchParams({ count: String(count), attributes: 'id' });
      if (sortBy !== undefined) query.set('sortBy', sortBy === 'name' ? nameAttribute : sortBy);
      if (sortBy !== undefined) query.set('sortOrder', sortOrder);
      if (isFiltered) query.set('filter', `${nameAttribute} co " x "`);
      const pageAt = (cursor: string): Promise<JsonObject> => ask('GET', `${path}?${query}&cursor=${cursor}`);
      const link = isBack ? 'previousCursor' : 'nextCursor';
      const seen: string[] = [];
      let page = await pageAt('');
      if (isBack) while (page.nextCursor !== undefined) page = await pageAt(String(page.nextCursor));
      for (let turn = 0; ; turn += 1) {
        seen.push(...idsOf(page));
        const cursor = page[link];
        if (cursor === undefined) return seen;
        for (const one of deeds[turn % deeds.length] ?? []) if (turn < 30) await happen(one);
        page = await pageAt(String(cursor));
      }
    }

    test.each([false, true])(
      'meets whoever is there all along exactly once (backwards: %j)',
      async (isBack) => {
        const from = requests;
        await fc.assert(
          fc.asyncProperty(walk, async (one) => {
            while (everybody.length > AT_FIRST * 2)
              await happen({ kind: 'delete', word: '', pick: requests });
            while (everybody.length < AT_FIRST) await create('a');
            const before = [...everybody];
            const seen = await walkThrough(one, isBack);
            const allAlong = before.filter((id) => everybody.includes(id));
            expect(seen.filter((id, at) => seen.indexOf(id) !== at)).toEqual([]);
            expect(allAlong.filter((id) => !seen.includes(id))).toEqual([]);
          }),
          { seed: 9865, numRuns: WALKS },
        );
        expect(requests - from).toBeGreaterThan(STEPS);
      },
      TIMEOUT,
    );
  },
);

const idsOf = ({ Resources }: JsonObject): string[] =>
  Array.isArray(Resources) ? Resources.map((one) => String(isJsonObject(one) ? one.id : one)) : [];
