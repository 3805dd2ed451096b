import { bindFilter, groupResourceType, parseFilter } from '@rollcall/scim-protocol';
import { expect, test } from 'vitest';
import { planGroupFilter } from './plan-filter.ts';

const a = '01950000-0000-7000-8000-00000000000a';
const b = '01950000-0000-7000-8000-00000000000b';

function plan(text: string) {
  return planGroupFilter(bindFilter(parseFilter(text), groupResourceType));
}

test('only what a directory pushed is a group', () => {
  expect(planGroupFilter(true)).toEqual({ origin: 'DIRECTORY' });
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
  [`members[value eq "${a}" and type eq "User"]`, { members: { someId: { equals: a }, type: 'USER' } }],
  [`members[type eq "Group" and value eq "${a}"]`, { members: { someId: { equals: a }, type: 'TEAM' } }],
  [
    `members[value eq "${a}" or value eq "${b}"]`,
    { members: { some: { or: [{ id: { equals: a } }, { id: { equals: b } }] } } },
  ],
  [
    `members[value eq "${a}" and value ne "${b}"]`,
    { members: { some: { id: { equals: a }, not: { id: { equals: b } } } } },
  ],
  [
    'members[display sw "A" and display ew "a"]',
    {
      members: { some: { and: [{ displayName: { startsWith: 'A' } }, { displayName: { endsWith: 'a' } }] } },
    },
  ],
  [
    `members[type eq "group" or value eq "${a}"]`,
    { members: { some: { or: [{ type: 'TEAM' }, { id: { equals: a } }] } } },
  ],
  [`members.value ne "${a}"`, { not: { members: { someId: { equals: a } } } }],
  [`members[value ne "${a}"]`, { members: { some: { not: { id: { equals: a } } } } }],
  ['members[not (display eq "Ada")]', { members: { some: { not: { displayName: { equals: 'Ada' } } } } }],
  ['members.display co "Ada"', { members: { some: { displayName: { contains: 'Ada' } } } }],
  ['members.display pr', { members: { isPresent: true } }],
  ['members[type pr]', { members: { isPresent: true } }],
  ['members[type ne "Group"]', { members: { isPresent: true, type: 'USER' } }],
  [`members.$ref eq "https://x/Users/${a}"`, { members: { someId: { equals: a }, type: 'USER' } }],
  [`members.$ref eq "https://x/Groups/${a}"`, { members: { someId: { equals: a }, type: 'TEAM' } }],
  ['members pr', { members: { isPresent: true } }],
  ['members.value eq null', { not: { members: { isPresent: true } } }],
  ['members.type eq "User"', { members: { isPresent: true, type: 'USER' } }],
  ['members.type eq "Group"', { members: { isPresent: true, type: 'TEAM' } }],
  ['members.type ne "Group"', { not: { members: { isPresent: true, type: 'TEAM' } } }],
])('%s', (text, expected) => {
  expect(plan(text)).toEqual({ ...expected, origin: 'DIRECTORY' });
});

test.each([
  'members.value eq "no id"',
  'members.type eq "Device"',
  'members[value eq null]',
  'meta.resourceType eq "User"',
])('%s matches no group', (text) => {
  expect(plan(text)).toBe(false);
});

test.each(['members.value co "0195"', 'members[$ref sw "https"]'])('%s is invalidFilter', (text) => {
  expect(() => plan(text)).toThrow(expect.objectContaining({ scimType: 'invalidFilter' }));
});
