import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScimError } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { parseResource } from '../resource/parse-resource.ts';
import { groupResourceType, userResourceType } from '../schema/resource-type.ts';
import { ENTERPRISE_USER_SCHEMA as ENTERPRISE } from '../schema/urns.ts';
import { applyPatch } from './apply-patch.ts';
import { toDirectUpdate } from './direct-update.ts';
import { toMemberChange } from './member-change.ts';
import { parsePatchRequest } from './parse-patch-request.ts';
import { groupOperations, patchGroup, patchUser } from './testing/operations.ts';

const word = fc.constantFrom('a', 'b', 'A', 'c');
const type = fc.constantFrom('work', 'home');
const email = fc.record(
  { value: word, type, primary: fc.boolean(), display: word },
  { requiredKeys: ['value'] },
);
const emails = fc
  .array(email, { maxLength: 4 })
  .map((list) => list.map((item, index) => (index === 0 ? item : { ...item, primary: false })));
const user = fc
  .record(
    { title: word, emails, name: fc.record({ givenName: word }), [ENTERPRISE]: fc.record({ manager: word }) },
    { requiredKeys: [] },
  )
  .map((body) => parseResource({ userName: 'u', ...body }, userResourceType));

const operation = fc.oneof(
  fc.record({
    op: fc.constantFrom('add', 'replace'),
    path: fc.constantFrom('title', 'name.givenName', `${ENTERPRISE}:manager`),
    value: fc.option(word),
  }),
  fc.record({ op: fc.constantFrom('add', 'replace', 'remove'), path: fc.constant('emails'), value: emails }),
  fc.record({
    op: fc.constantFrom('add', 'replace', 'remove'),
    path: fc
      .tuple(type, fc.constantFrom('', '.value', '.primary', '.display'))
      .map(([of, part]) => `emails[type eq "${of}"]${part}`),
    value: fc.constantFrom<JsonValue>('a', 'b', null),
  }),
  fc.record({ op: fc.constant('remove'), path: fc.constantFrom('title', 'name', 'emails', ENTERPRISE) }),
);

/** Runs and gives the refusal when it is one of the protocol; anything else is thrown. */
function attempt<T>(run: () => T): T | ScimError {
  try {
    return run();
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
}

describe('patches, whatever they are', () => {
  it('change nothing when an operation is applied again', () => {
    fc.assert(
      fc.property(user, operation, (before, one) => {
        const once = attempt(() => patchUser(before, one));
        if (once instanceof ScimError) return;
        expect(patchUser(once, one)).toEqual(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('leave the given resource alone, give a valid one, and at most one primary value', () => {
    fc.assert(
      fc.property(user, fc.array(operation, { minLength: 1, maxLength: 5 }), (before, operations) => {
        const copy = structuredClone(before);
        const after = attempt(() => patchUser(before, ...operations));
        expect(before).toEqual(copy);
        if (after instanceof ScimError) return;
        expect(parseResource(after, userResourceType)).toEqual(after);
        const list = Array.isArray(after.emails) ? after.emails : [];
        expect(list.filter((item) => isJsonObject(item) && item.primary === true).length).toBeLessThanOrEqual(
          1,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('of any JSON are read or refused, and nothing else', () => {
    const path = fc.oneof(
      fc.string(),
      fc.constantFrom('emails', 'members', 'name', 'active', ENTERPRISE, 'emails[type eq "x"]'),
    );
    const anything = fc.jsonValue({ maxDepth: 4 });
    const body = fc.record({
      Operations: fc.array(
        fc.record(
          { op: fc.constantFrom('add', 'remove', 'replace'), path, value: anything },
          { requiredKeys: ['op'] },
        ),
      ),
    });
    fc.assert(
      fc.property(fc.oneof(body, anything), (input) => {
        for (const resourceType of [userResourceType, groupResourceType]) {
          attempt(() => parseResource(input, resourceType));
          const operations = attempt(() => parsePatchRequest(input, resourceType));
          if (operations instanceof ScimError) continue;
          attempt(() => applyPatch({ userName: 'u', displayName: 'd' }, operations, resourceType));
          attempt(() => toDirectUpdate(operations));
          attempt(() => toMemberChange(operations));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('the net change of members', () => {
  const id = fc.constantFrom('1', '2', '3', '4');
  const list = fc.array(
    id.map((value) => ({ value })),
    { minLength: 1, maxLength: 3 },
  );
  const memberOperation = fc.oneof(
    fc.record({ op: fc.constantFrom('add', 'remove', 'replace'), path: fc.constant('members'), value: list }),
    fc.record({ op: fc.constant('remove'), path: fc.constant('members') }),
    fc.record({ op: fc.constant('remove'), path: id.map((value) => `members[value eq "${value}"]`) }),
    fc.record({ op: fc.constantFrom('add', 'replace'), value: fc.record({ members: list }) }),
  );

  it('is what applying the operations gives', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(id),
        fc.array(memberOperation, { minLength: 1, maxLength: 5 }),
        (before, operations) => {
          const group: JsonObject = { displayName: 'G', members: before.map((value) => ({ value })) };
          const change = toMemberChange(groupOperations(operations));
          if (change === undefined) throw new Error('every operation here can be understood');
          const kept = (change.setMembers ?? before).filter((value) => !change.removeMembers.includes(value));
          const { members = [] } = patchGroup(group, ...operations);
          const applied = Array.isArray(members) ? members.map((member) => Object(member).value) : [];
          expect(new Set([...kept, ...change.addMembers])).toEqual(new Set(applied));
        },
      ),
      { numRuns: 500 },
    );
  });
});
