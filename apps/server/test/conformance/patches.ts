import {
  applyPatch,
  groupResourceType,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  mistypedEnterpriseUrn,
  parsePatchRequest,
  type ResourceTypeDefinition,
  rootEnterpriseAttributes,
  ScimError,
  userResourceType,
} from '@rollcall/scim-protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patchOf, type ScimClient } from '../clients/scim-client.ts';
import { runs } from '../property-runs.ts';
import { memberOperations, userOperations } from './patch-arbitrary.ts';
import { ENTERPRISE, GROUP, USER, unique, wholeUser } from './samples.ts';
import type { Scene } from './scene.ts';

export function describePatches(scene: () => Scene): void {
  describe('PATCH', () => {
    test('RFC 7644 §3.5.2 PATCH: does to a user what the reference does, whatever the operations', async () => {
      const { scim } = scene().company;
      const boss = await scim.create('Users', { schemas: [USER], userName: unique('boss') });
      const { id } = await scim.create('Users', wholeUser());
      await fc.assert(
        fc.asyncProperty(userOperations(boss.id), async (operations) => {
          await agreesWithReference(scim, `/Users/${id}`, operations, userResourceType);
        }),
        runs(100),
      );
    });

    test('RFC 7644 §3.5.2 PATCH: does to a group what the reference does, whatever the operations', async () => {
      const { scim } = scene().company;
      const users = await Promise.all(
        Array.from({ length: 5 }, () =>
          scim.create('Users', { schemas: [USER], userName: unique('member') }),
        ),
      );
      const { id } = await scim.create('Groups', { schemas: [GROUP], displayName: unique('Patched') });
      const path = `/Groups/${id}`;
      await fc.assert(
        fc.asyncProperty(memberOperations(users.map((user) => user.id)), async (operations) => {
          await agreesWithReference(scim, path, operations, groupResourceType);
        }),
        runs(60),
      );
    });

    test('RFC 7644 §3.5.2 PATCH: is all or nothing', async () => {
      const { scim } = scene().company;
      const user = await scim.create('Users', wholeUser());
      const refused = await scim.patch(
        `/Users/${user.id}`,
        { op: 'replace', path: 'title', value: 'Changed' },
        { op: 'replace', path: 'nothing', value: 'x' },
      );
      expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidPath']);
      expect(await scim.read(`/Users/${user.id}`)).toEqual(user);
    });

    test('RFC 7644 §3.5.2 PATCH: by many at once loses nothing', async () => {
      const { scim } = scene().company;
      const { id } = await scim.create('Users', { schemas: [USER], userName: unique('busy') });
      const values = ['a', 'b', 'c', 'd'].map((letter) => `${letter}@example.com`);
      const answers = await Promise.all(
        values.map((value) => scim.patch(`/Users/${id}`, { op: 'add', path: 'emails', value: [{ value }] })),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const { emails } = await scim.read(`/Users/${id}`);
      expect(Array.isArray(emails) && emails.map((email) => Object(email).value).sort()).toEqual(values);
    });
  });
}

/** Sends the operations and applies them here: both refuse in the same words, or both come to the same resource. */
async function agreesWithReference(
  scim: ScimClient,
  path: string,
  operations: readonly object[],
  type: ResourceTypeDefinition,
): Promise<void> {
  const before = await scim.read(path);
  const body = patchOf(...operations);
  const expected = reference(before, body, type);
  const answer = await scim.send({ method: 'PATCH', path, body });
  const after = await scim.read(path);
  const shown = `${JSON.stringify(before)}\n${JSON.stringify(operations)}\n→ ${answer.status} ${answer.text}`;
  if (expected instanceof ScimError) {
    expect([answer.status, answer.body.scimType], shown).toEqual([expected.status, expected.scimType]);
    expect(after, shown).toEqual(before);
    return;
  }
  expect(answer.status, shown).toBeLessThan(300);
  expect(comparable(after), shown).toEqual(comparable(expected));
  if (answer.status === 200) expect(answer.body).toEqual(after);
  const isSame = JSON.stringify(comparable(before)) === JSON.stringify(comparable(after));
  expect(after.meta.version === before.meta.version, shown).toBe(isSame);
}

const tolerances = [mistypedEnterpriseUrn, rootEnterpriseAttributes];

function reference(before: JsonObject, body: object, type: ResourceTypeDefinition): JsonObject | ScimError {
  try {
    return applyPatch(before, parsePatchRequest(body, type, { tolerances }), type);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
}

/** Without what the server says of its own: `meta`, whom a reference leads to, and the order of members. */
function comparable({ meta: _meta, schemas: _schemas, ...resource }: JsonObject): JsonObject {
  const extension = resource[ENTERPRISE];
  if (isJsonObject(extension) && isJsonObject(extension.manager)) {
    return { ...resource, [ENTERPRISE]: { ...extension, manager: extension.manager.value ?? null } };
  }
  const { members, ...group } = resource;
  return group.displayName !== undefined && (members !== undefined || group.userName === undefined)
    ? { ...group, members: idsOf(members) }
    : resource;
}

const idsOf = (members: JsonValue | undefined): JsonValue[] =>
  Array.isArray(members)
    ? members.map((member) => (isJsonObject(member) ? (member.value ?? null) : null)).sort()
    : [];
