import { isJsonObject, type JsonObject, type JsonValue } from '@rollcall/scim-protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patchOf } from '../clients/scim-client.ts';
import { valuesAt } from '../conformance/filter-reference.ts';
import { GROUP, USER, unique } from '../conformance/samples.ts';
import { lawCases } from '../property-runs.ts';
import { type Company, openServerWorld, type ServerWorld } from '../world.ts';

const HISTORIES = lawCases(60);
const REQUESTS = 10;
const TIMEOUT = 240_000;

/** What a group is, as far as it is patched here. */
interface Group {
  readonly displayName: string;
  readonly externalId: string | undefined;
  readonly members: ReadonlySet<string>;
}

/** An operation and what it means; undefined where the request is refused. */
interface Written {
  readonly operation: object;
  readonly apply: (group: Group) => Group | undefined;
}

let server: ServerWorld;
let company: Company;
let users: string[];
/** May come and go within a request, but not stay. */
const nobody = crypto.randomUUID();
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
  const made = ['a', 'b', 'c', 'd', 'e'].map((stem) =>
    company.scim.create('Users', { schemas: [USER], userName: unique(stem) }),
  );
  users = (await Promise.all(made)).map(({ id }) => id);
});
afterAll(() => server.close());

const listed = (ids: readonly string[]) => ids.map((value) => ({ value }));
const without = (group: Group, ids: readonly string[]): Group => ({
  ...group,
  members: new Set([...group.members].filter((id) => !ids.includes(id))),
});

function anyWritten(ids: readonly string[], names: readonly string[]): fc.Arbitrary<Written> {
  const some = fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 3 });
  const path = fc.constantFrom('members', 'MEMBERS', `${GROUP}:members`);
  return fc.oneof(
    fc.tuple(some, path, fc.boolean()).map(([of, at, hasPath]) => ({
      operation: {
        op: 'add',
        ...(hasPath ? { path: at, value: listed(of) } : { value: { [at]: listed(of) } }),
      },
      apply: (group: Group) => ({ ...group, members: new Set([...group.members, ...of]) }),
    })),
    fc.tuple(some, path).map(([of, at]) => ({
      operation: { op: 'Replace', path: at, value: listed(of) },
      apply: (group: Group) => ({ ...group, members: new Set(of) }),
    })),
    fc.tuple(some, path).map(([of, at]) => ({
      operation: { op: 'Remove', path: at, value: listed(of) },
      apply: (group: Group) => without(group, of),
    })),
    fc.tuple(some, path).map(([of, at]) => ({
      operation: { op: 'remove', path: `${at}[${of.map((id) => `value eq "${id}"`).join(' or ')}]` },
      apply: (group: Group) => without(group, of),
    })),
    path.map((at) => ({
      operation: { op: 'remove', path: at },
      apply: (group: Group) => ({ ...group, members: new Set<string>() }),
    })),
    fc.constantFrom(...names).map((displayName) => ({
      operation: { op: 'replace', path: 'displayName', value: displayName },
      apply: (group: Group) => ({ ...group, displayName }),
    })),
    fc.constant({
      operation: { op: 'remove', path: 'displayName' },
      apply: (group: Group) => ({ ...group, displayName: '' }),
    }),
    fc.constantFrom('x', 'X', null).map((externalId) => ({
      operation: { op: 'replace', value: { externalId } },
      apply: (group: Group) => ({ ...group, externalId: externalId ?? undefined }),
    })),
    fc
      .constantFrom<object>(
        { op: 'remove' },
        { op: 'add', path: 'nothing', value: 'x' },
        { op: 'replace', path: 'members.value', value: 'x' },
        { op: 'remove', path: 'id' },
      )
      .map((operation) => ({ operation, apply: () => undefined })),
  );
}

async function ask(method: 'GET' | 'PATCH', path: string, payload?: object) {
  const { statusCode, body } = await server.app.inject({
    method,
    url: `/scim/v2/${company.id}${path}`,
    headers: { authorization: `Bearer ${company.idp.token}`, 'content-type': 'application/scim+json' },
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
  });
  const parsed: JsonValue = body === '' ? {} : JSON.parse(body);
  return { status: statusCode, body: isJsonObject(parsed) ? parsed : {} };
}

const groupOf = (body: JsonObject): Group => ({
  displayName: String(body.displayName),
  externalId: body.externalId === undefined ? undefined : String(body.externalId),
  members: new Set(valuesAt(body, 'members.value').map(String)),
});

describe('PATCH of a group and then GET shows what the operations mean', () => {
  test(
    'whatever came before',
    async () => {
      const { id } = await company.scim.create('Groups', {
        schemas: [GROUP],
        displayName: unique('Patched'),
      });
      const path = `/Groups/${id}`;
      const requests = fc.array(
        fc.array(anyWritten([...users, nobody], ['One', 'Two']), { minLength: 1, maxLength: 4 }),
        {
          minLength: REQUESTS,
          maxLength: REQUESTS,
        },
      );
      await fc.assert(
        fc.asyncProperty(requests, async (all) => {
          for (const written of all) await patchedAsMeant(path, written);
        }),
        { seed: 7644, numRuns: HISTORIES },
      );
    },
    TIMEOUT,
  );
});

async function patchedAsMeant(path: string, written: readonly Written[]): Promise<void> {
  const before = (await ask('GET', path)).body;
  const expected = written.reduce<Group | undefined>(
    (group, { apply }) => (group === undefined ? undefined : apply(group)),
    groupOf(before),
  );
  // What is required may be missing between two operations, and somebody unknown may be there.
  const isRefused = expected === undefined || expected.displayName === '' || expected.members.has(nobody);
  const { status } = await ask('PATCH', path, patchOf(...written.map(({ operation }) => operation)));
  const after = (await ask('GET', path)).body;
  const shown = JSON.stringify([before, written.map(({ operation }) => operation), status]);
  if (isRefused) {
    expect(status, shown).toBe(400);
    expect(after, shown).toEqual(before);
    return;
  }
  expect(status, shown).toBe(204);
  expect(groupOf(after), shown).toEqual(expected);
  if (JSON.stringify(groupOf(before)) === JSON.stringify(groupOf(after)) && sameMembers(before, after)) {
    expect(after.meta, shown).toEqual(before.meta);
  }
}

const sameMembers = (left: JsonObject, right: JsonObject): boolean =>
  [...groupOf(left).members].sort().join() === [...groupOf(right).members].sort().join();
