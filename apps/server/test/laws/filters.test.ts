import { type FilterNode, isJsonObject, type JsonValue, printFilter } from '@rollcall/scim-protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScimClient, ScimResource } from '../clients/scim-client.ts';
import { anyFilter } from '../conformance/filter-arbitrary.ts';
import { isMatch, valuesAt } from '../conformance/filter-reference.ts';
import { findingsIn } from '../conformance/findings.ts';
import { ENTERPRISE, GROUP } from '../conformance/samples.ts';
import { groupAttributes, kindsByPath, userAttributes } from '../conformance/searched-attributes.ts';
import { lawCases } from '../property-runs.ts';
import { openServerWorld, type ServerWorld } from '../world.ts';
import { anyUser, words } from './directory-arbitrary.ts';

const DIRECTORIES = 4;
const PEOPLE = 30;
/** How many filters are asked at the same time. */
const BATCH = 50;
/** Milliseconds; others may be using the machine. */
const TIMEOUT = 600_000;

let server: ServerWorld;
beforeAll(async () => {
  server = await openServerWorld();
});
afterAll(() => server.close());

interface Directory {
  readonly find: (path: string, filter: string) => Promise<string[]>;
  readonly users: readonly ScimResource[];
  readonly groups: readonly ScimResource[];
}

describe.each(Array.from({ length: DIRECTORIES }, (_, at) => at + 1))('in random directory %d', (number) => {
  let directory: Directory | undefined;
  beforeAll(async () => {
    directory = await randomDirectory(number);
  });

  test.each([
    ['users', '/Users', userAttributes, lawCases(800)],
    ['groups', '/Groups', groupAttributes, lawCases(300)],
  ] as const)(
    'SQL finds the %s that a plain evaluation in memory finds',
    { timeout: TIMEOUT },
    async (what, path, attributes, cases) => {
      if (directory === undefined) throw new Error('There is no directory yet.');
      const { find, [what]: resources } = directory;
      const kinds = kindsByPath(attributes);
      const batch = fc.array(anyFilter(attributes, findingsIn(resources, attributes)), {
        minLength: BATCH,
        maxLength: BATCH,
      });
      let hits = 0;
      const differences = async (filters: readonly FilterNode[]): Promise<Difference[]> => {
        const compared = await Promise.all(
          filters.map(async (node) => {
            const filter = printFilter(node);
            const expected = resources
              .filter((one) => isMatch(node, one, (name) => kinds.get(name.toLowerCase())))
              .map(({ id }) => id);
            if (expected.length > 0 && expected.length < resources.length) hits += 1;
            const found = await find(path, filter);
            return {
              filter,
              missing: expected.filter((one) => !found.includes(one)),
              unexpected: found.filter((one) => !expected.includes(one)),
            };
          }),
        );
        return compared
          .filter(({ missing, unexpected }) => missing.length + unexpected.length > 0)
          .sort((left, right) => left.filter.length - right.filter.length);
      };
      await fc.assert(
        fc.asyncProperty(batch, async (filters) => {
          expect((await differences(filters)).slice(0, 3)).toEqual([]);
        }),
        { seed: 20_261_122 + number, numRuns: cases / BATCH, endOnFailure: true },
      );
      // That the filters tell some from others, and do not find all or nobody for the most part.
      expect(hits).toBeGreaterThan(cases / 4);
    },
  );
});

interface Difference {
  readonly filter: string;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

/** People and groups made at random, as the server shows them. */
async function randomDirectory(seed: number): Promise<Directory> {
  const { scim, id, idp } = await server.company();
  const made: ScimResource[] = [];
  for (const [at, { stem, body }] of fc.sample(anyUser, { seed, numRuns: PEOPLE }).entries()) {
    made.push(await scim.create('Users', { ...body, userName: `${stem}${at}` }));
  }
  await manage(scim, made);
  for (const [at, word] of words.slice(0, 12).entries()) {
    const members = made.filter((_user, index) => at > 1 && (index + seed) % (at + 1) === 0);
    await scim.create('Groups', {
      schemas: [GROUP],
      displayName: `${word}-${at}`,
      members: members.map((member) => ({ value: member.id })),
      ...(at % 3 === 0 ? {} : { externalId: word }),
    });
  }
  const all = async (path: string) => {
    const { Resources } = await scim.list(path, { count: 500, attributes: 'id' });
    return Promise.all(Resources.map((one) => scim.read(`${path}/${one.id}`)));
  };
  return {
    users: await all('/Users'),
    groups: await all('/Groups'),
    async find(path, filter) {
      const query = new URLSearchParams({ filter, attributes: 'id', count: '500' });
      const { statusCode, body } = await server.app.inject({
        method: 'GET',
        url: `/scim/v2/${id}${path}?${query}`,
        headers: { authorization: `Bearer ${idp.token}` },
      });
      const answer: JsonValue = JSON.parse(body);
      if (statusCode !== 200 || !isJsonObject(answer)) return [`${statusCode} ${body}`];
      return valuesAt(answer, 'Resources.id').map(String).sort();
    },
  };
}

/** Some have a manager, some have one who is not there yet, and some are changed after they came. */
async function manage(scim: ScimClient, users: readonly ScimResource[]): Promise<void> {
  for (const [at, { id }] of users.entries()) {
    const value =
      at % 3 === 0 ? users[at >> 1]?.id : at % 5 === 0 ? `${words[at % words.length]}` : undefined;
    if (value === undefined || value === id) continue;
    await scim.patch(`/Users/${id}`, { op: 'add', path: `${ENTERPRISE}:manager`, value });
  }
}
