import { expect, it } from 'vitest';
import { differences } from './differences.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const wanted = {
  schemas: ['a'],
  userName: 'ada',
  active: true,
  name: { familyName: 'King' },
  emails: [{ type: 'work', value: 'ada@corp.example', primary: true }],
  [ENTERPRISE]: { department: 'Sales' },
};

it('finds nothing in a resource that holds more than what is wanted', () => {
  const current = {
    ...wanted,
    schemas: ['a', 'b'],
    id: '1',
    emails: [
      { type: 'home', value: 'x' },
      { ...wanted.emails[0], display: 'Ada' },
    ],
    [ENTERPRISE]: { department: 'Sales', manager: { value: '2' } },
  };
  expect(differences(wanted, current)).toEqual([]);
});

it('names each difference by its PATCH path', () => {
  const current = {
    userName: 'bob',
    active: 'True',
    name: { familyName: 'Lovelace' },
    emails: [{ type: 'work', value: 'old', primary: true }],
  };
  expect(differences(wanted, current)).toEqual([
    { path: 'userName', value: 'ada' },
    { path: 'active', value: true },
    { path: 'name.familyName', value: 'King' },
    { path: 'emails[type eq "work"].value', value: 'ada@corp.example' },
    { path: `${ENTERPRISE}:department`, value: 'Sales' },
  ]);
});

it('takes an element of another type for absent', () => {
  const current = { ...wanted, emails: [{ type: 'home', value: 'ada@corp.example', primary: true }] };
  expect(differences(wanted, current).map(({ path }) => path)).toEqual([
    'emails[type eq "work"].value',
    'emails[type eq "work"].primary',
  ]);
});
