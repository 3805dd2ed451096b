import fc from 'fast-check';
import { ENTERPRISE } from './samples.ts';

const word = fc.constantFrom('a', 'b', 'A', 'Ä', '"quoted"', ' spaced ');
const type = fc.constantFrom('work', 'home', 'WORK');
const email = fc.record(
  { value: word, type, primary: fc.boolean(), display: word },
  { requiredKeys: ['value'] },
);
const emails = fc.oneof(
  fc
    .array(email, { maxLength: 3 })
    .map((list) => list.map((item, index) => (index === 0 ? item : { ...item, primary: false }))),
  email,
);
const setting = fc.constantFrom('add', 'replace', 'Add', 'Replace');
const simplePath = fc.constantFrom(
  'title',
  'DISPLAYNAME',
  'externalId',
  'name.givenName',
  'name.familyName',
  'urn:ietf:params:scim:schemas:core:2.0:User:nickName',
  `${ENTERPRISE}:department`,
  `${ENTERPRISE}:employeeNumber`,
);
const elementPath = fc
  .tuple(
    fc.constantFrom('emails', 'phoneNumbers', 'roles'),
    type,
    fc.constantFrom('', '.value', '.primary', '.display', '.type'),
  )
  .map(([list, of, part]) => `${list}[type eq "${of}"]${part}`);

const operation = (managerId: string): fc.Arbitrary<object> =>
  fc.oneof(
    { arbitrary: fc.record({ op: setting, path: simplePath, value: fc.option(word) }), weight: 4 },
    { arbitrary: fc.record({ op: setting, path: fc.constant('emails'), value: emails }), weight: 3 },
    {
      arbitrary: fc.record({
        op: setting,
        path: elementPath,
        value: fc.constantFrom('a', 'b', true, 'False', null),
      }),
      weight: 4,
    },
    {
      arbitrary: fc.record({
        op: setting,
        path: fc.constantFrom('active', 'Active'),
        value: fc.constantFrom(true, false, 'True', 'False', 'maybe'),
      }),
      weight: 1,
    },
    {
      arbitrary: fc.record({
        op: setting,
        path: fc.constantFrom(`${ENTERPRISE}:manager`, `${ENTERPRISE}:manager.value`, 'manager'),
        value: fc.constantFrom(managerId, 'not-here-yet', '', null),
      }),
      weight: 2,
    },
    {
      arbitrary: fc.record({
        op: fc.constant('remove'),
        path: fc.oneof(
          simplePath,
          elementPath,
          fc.constantFrom(
            'name',
            'emails',
            'addresses',
            ENTERPRISE,
            `${ENTERPRISE}:manager`,
            'userName',
            'id',
            'nothing',
          ),
        ),
      }),
      weight: 3,
    },
    {
      arbitrary: fc.record({
        op: setting,
        value: fc.record(
          {
            title: fc.option(word),
            name: fc.record({ givenName: word, middleName: word }, { requiredKeys: [] }),
            'name.familyName': word,
            emails,
            active: fc.boolean(),
            [ENTERPRISE]: fc.record({ department: word }, { requiredKeys: [] }),
            [`${ENTERPRISE}:costCenter`]: word,
          },
          { requiredKeys: [] },
        ),
      }),
      weight: 3,
    },
  );

/** Operations on a User, in order, as clients might send them. */
export const userOperations = (managerId: string): fc.Arbitrary<object[]> =>
  fc.array(operation(managerId), { minLength: 1, maxLength: 4 });

/** Operations on the members and attributes of a Group; of the ids, some are of members and some are not. */
export function memberOperations(ids: readonly string[]): fc.Arbitrary<object[]> {
  const id = fc.constantFrom(...ids);
  const list = fc.array(
    id.map((value) => ({ value })),
    { minLength: 1, maxLength: 3 },
  );
  const one = fc.oneof(
    fc.record({
      op: fc.constantFrom('add', 'remove', 'replace', 'Remove'),
      path: fc.constant('members'),
      value: list,
    }),
    fc.record({ op: fc.constant('remove'), path: fc.constant('members') }),
    fc.record({ op: fc.constant('remove'), path: id.map((value) => `members[value eq "${value}"]`) }),
    fc.record({ op: fc.constantFrom('add', 'replace'), value: fc.record({ members: list }) }),
    fc.record({
      op: fc.constantFrom('add', 'replace'),
      path: fc.constant('displayName'),
      value: fc.constantFrom('One', 'Two'),
    }),
    fc.record({
      op: fc.constantFrom('add', 'replace', 'remove'),
      path: fc.constant('externalId'),
      value: fc.constantFrom('x', 'X'),
    }),
  );
  return fc.array(one, { minLength: 1, maxLength: 4 });
}
