import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue } from '@rollcall/scim-protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScimClient, ScimRequest } from './clients/scim-client.ts';
import { syncPasswords } from './password-sync.ts';
import { fillIn, valueAt } from './transcripts/placeholders.ts';
import { readTranscripts, type Step } from './transcripts/transcript.ts';
import { openServerWorld, type ServerWorld } from './world.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

let server: ServerWorld;
let scim: ScimClient;

beforeAll(async () => {
  server = await openServerWorld();
  const company = await server.company();
  // As with Okta, the only one whose transcripts change passwords.
  await syncPasswords(company);
  scim = company.scim;
});
afterAll(() => server.close());

const transcripts = readTranscripts();

describe('identity providers say', () => {
  test.each(transcripts)('$name', async ({ transcript }) => {
    const known = await openingScene();
    for (const step of transcript.steps) await play(step, known);
  });

  test('what nobody removed by accident', () => {
    const idps = new Set(transcripts.map(({ name }) => name.split('/')[0]));
    expect([...idps].sort()).toEqual([
      'authentik',
      'entra',
      'google',
      'jumpcloud',
      'keycloak',
      'okta',
      'onelogin',
      'ping',
      'rippling',
      'sailpoint',
    ]);
    expect(transcripts.length).toBeGreaterThanOrEqual(70);
  });
});

/** Fresh people and a group, so that no transcript depends on another. */
async function openingScene(): Promise<JsonObject> {
  const run = randomUUID();
  const ada = await scim.create('Users', {
    schemas: [USER, ENTERPRISE],
    userName: `ada-${run}@example.com`,
    externalId: `Ada-${run}`,
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    displayName: 'Ada Lovelace',
    emails: [{ value: `ada.l-${run}@example.com`, type: 'work', primary: true }],
    [ENTERPRISE]: { department: 'Engines' },
  });
  const bob = await scim.create('Users', { schemas: [USER], userName: `bob-${run}@example.com` });
  const crew = await scim.create('Groups', {
    schemas: [GROUP],
    displayName: `Crew ${run}`,
    externalId: `Crew-${run}`,
    members: [{ value: ada.id }],
  });
  return {
    run,
    RUN: run.toUpperCase(),
    ada: { ...ada },
    bob: { ...bob },
    crew: { ...crew },
    baseUrl: scim.baseUrl,
  };
}

async function play(step: Step, known: JsonObject): Promise<void> {
  const request = requestOf(step.send, known);
  const answer = await scim.expect(step.expect.status, request);
  const shown = `${request.method} ${request.path} ${JSON.stringify(request.body)}\n→ ${answer.text}`;
  expect(answer.headers, shown).toMatchObject(step.expect.headers ?? {});
  const expected = fillIn(step.expect.body ?? {}, known);
  expect(shownOf(answer.body, expected), shown).toEqual(expected);
  for (const [name, path] of Object.entries(step.keep ?? {})) known[name] = valueAt(answer.body, path);
}

function requestOf({ method, path, headers, body }: Step['send'], known: JsonObject): ScimRequest {
  return {
    method,
    path: String(fillIn(path, known)),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body: fillIn(body, known) }),
  };
}

/** What an answer shows of what is expected: `null` where it shows nothing. */
function shownOf(actual: JsonValue | undefined, expected: JsonValue): JsonValue {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    return actual.map((item, index) => shownOf(item, expected[index] ?? null));
  }
  if (!isJsonObject(expected) || !isJsonObject(actual)) return actual ?? null;
  return Object.fromEntries(
    Object.entries(expected).map(([name, item]) => [name, shownOf(actual[name], item)]),
  );
}
