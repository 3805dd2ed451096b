import { isJsonObject, type JsonObject, type JsonValue } from '@rollcall/scim-protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patchOf } from '../clients/scim-client.ts';
import { ENTERPRISE, USER, unique } from '../conformance/samples.ts';
import { lawCases } from '../property-runs.ts';
import { type Company, openServerWorld, type ServerWorld } from '../world.ts';
import { anyUser } from './directory-arbitrary.ts';
import { anySteps } from './patch-arbitrary.ts';
import { applySteps, Refusal } from './patch-reference.ts';
import type { Written } from './patch-step.ts';

/** People who are patched at the same time, and for each how many histories of how many requests. */
const LANES = 4;
const HISTORIES = lawCases(60);
const REQUESTS = 10;
/** Milliseconds; others may be using the machine. */
const TIMEOUT = 240_000;

let server: ServerWorld;
let company: Company;
let managers: string[];
beforeAll(async () => {
  server = await openServerWorld();
  company = await server.company();
  const bosses = ['Bo', 'Jo'].map((stem) =>
    company.scim.create('Users', { schemas: [USER], userName: unique(stem) }),
  );
  managers = (await Promise.all(bosses)).map(({ id }) => id);
});
afterAll(() => server.close());

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

async function ask(method: 'GET' | 'PUT' | 'PATCH', path: string, payload?: object): Promise<Answer> {
  const { statusCode, body } = await server.app.inject({
    method,
    url: `/scim/v2/${company.id}${path}`,
    headers: { authorization: `Bearer ${company.idp.token}`, 'content-type': 'application/scim+json' },
    ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
  });
  const parsed: JsonValue = JSON.parse(body);
  return { status: statusCode, body: isJsonObject(parsed) ? parsed : {} };
}

describe('PATCH and then GET shows what the operations mean', () => {
  test.concurrent.each(Array.from({ length: LANES }, (_, at) => at + 1))(
    'of somebody, whatever came before: history %d',
    async (lane) => {
      const userNames = ['a', 'b', 'B'].map((name) => `${name}-${lane}`);
      const { id } = await company.scim.create('Users', { schemas: [USER], userName: unique('patched') });
      let refused = 0;
      await fc.assert(
        fc.asyncProperty(
          anyUser,
          fc.array(anySteps(userNames, managers), { minLength: REQUESTS, maxLength: REQUESTS }),
          async ({ body }, requests) => {
            const start = { ...body, userName: `a-${lane}` };
            let before = (await ask('PUT', `/Users/${id}`, start)).body;
            for (const written of requests) {
              const next = await patched(`/Users/${id}`, before, written);
              if (next === before) refused += 1;
              before = next;
            }
          },
        ),
        { seed: 3_500 + lane, numRuns: HISTORIES },
      );
      // That most of the requests do something.
      expect(refused).toBeLessThan((HISTORIES * REQUESTS) / 2);
    },
    TIMEOUT,
  );
});

/** Sends the operations; gives the User afterwards, which is `before` itself when they were refused. */
async function patched(path: string, before: JsonObject, written: readonly Written[]): Promise<JsonObject> {
  const answer = await ask('PATCH', path, patchOf(...written.map(({ operation }) => operation)));
  const { body: after } = await ask('GET', path);
  const shown = `${JSON.stringify(before)}\n${JSON.stringify(written)}\n→ ${JSON.stringify(answer)}`;
  const expected = outcome(comparable(before), written);
  if (expected instanceof Refusal) {
    expect([answer.status, answer.body.scimType], shown).toEqual([400, expected.message]);
    expect(after, shown).toEqual(before);
    return before;
  }
  expect([answer.status, answer.body.detail], shown).toEqual([200, undefined]);
  expect(comparable(after), shown).toEqual(expected);
  expect(answer.body, shown).toEqual(after);
  const isSame = JSON.stringify(comparable(before)) === JSON.stringify(comparable(after));
  if (isSame) expect(after.meta, shown).toEqual(before.meta);
  return after;
}

function outcome(before: JsonObject, written: readonly Written[]): JsonObject | Refusal {
  try {
    return applySteps(
      before,
      written.map(({ step }) => step),
    );
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** Without what the server says of its own: `meta`, `schemas`, and of a manager all but the `value`. */
function comparable({ meta: _meta, schemas: _schemas, ...user }: JsonObject): JsonObject {
  const extension = user[ENTERPRISE];
  if (!isJsonObject(extension) || !isJsonObject(extension.manager)) return user;
  return { ...user, [ENTERPRISE]: { ...extension, manager: { value: extension.manager.value ?? null } } };
}
