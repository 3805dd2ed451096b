import { bindFilter, groupResourceType, parseFilter } from '@rollcall/scim-protocol';
import { expect, test } from 'vitest';
import { planGroupFilter } from './plan-filter.ts';

const a = '01950000-0000-7000-8000-00000000000a';
const b = '01950000-0000-7000-8000-00000000000b';

function plan(text: string) {
  return planGroupFilter(bindFilter(parseFilter(text), groupResourceType));
}

test('only what a directory pushed is a group', () => {
  expect(planGroupFilter(undefined)).toEqual({ origin: 'DIRECTORY' });
  expect(plan('displayName eq "A" or externalId pr')).toEqual({
    or: [{ displayName: { equals: 'A' } }, { externalId: { isPresent: true } }],
    origin: 'DIRECTORY',
  });
});

test.each([
  ['displayName sw "Sales"', { displayName: { startsWith: 'Sales' } }],
  ['not (displayName pr)', { not: { displayName: { isPresent: true } } }],
  [`id eq "${a}"`, { id: { equals: a } }],
  ['meta.resourceType eq "Group"', {}],
  ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group"', {}],
  [`members.value eq "${a}"`, { members: { someId: { equals: a } } }],
  [`members eq "${a}"`, { members: { someId: { equals: a } } }],
  [`members[value eq "${a}"]`, { members: { someId: { equals: a } } }],
  [`members[value eq "${a}" or value eq "${b}"]`, { members: { someId: { in: [a, b] } } }],
  [`members[value eq "${a}" and type eq "User"]`, { members: { someId: { equals: a } } }],
  [`members.value ne "${a}"`, { not: { members: { someId: { equals: a } } } }],
  [`members.$ref eq "https://x/Users/${a}"`, { members: { someId: { equals: a } } }],
  ['members pr', { members: { isPresent: true } }],
  ['members.value eq null', { not: { members: { isPresent: true } } }],
  ['members.type eq "User"', { members: { isPresent: true } }],
])('%s', (text, expected) => {
  expect(plan(text)).toEqual({ ...expected, origin: 'DIRECTORY' });
});

test.each([
  'members.value eq "no id"',
  `members[value eq "${a}" and value eq "${b}"]`,
  'members.type eq "Group"',
  'meta.resourceType eq "User"',
])('%s matches no group', (text) => {
  expect(plan(text)).toBe(false);
});

test.each(['members.display eq "Ada"', 'members.value co "0195"', `members[value ne "${a}"]`])(
  '%s is invalidFilter',
  (text) => {
    expect(() => plan(text)).toThrow(expect.objectContaining({ scimType: 'invalidFilter' }));
  },
);
