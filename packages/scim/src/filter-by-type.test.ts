import { groupResourceType, ScimError, userResourceType } from '@rollcall/scim-protocol';
import { expect, test } from 'vitest';
import { planGroupFilter } from './groups/plan-filter.ts';
import { filterByType } from './search/filter-by-type.ts';
import { planUserFilter } from './users/plan-filter.ts';

function planned(text: string | undefined) {
  const [users = false, groups = false] = filterByType(text, [userResourceType, groupResourceType]);
  return [planUserFilter(users), planGroupFilter(groups)];
}

const DIRECTORY = { origin: 'DIRECTORY' };

test.each([
  [undefined, true, DIRECTORY],
  [
    'displayName sw "A"',
    { displayName: { startsWith: 'A' } },
    { displayName: { startsWith: 'A' }, ...DIRECTORY },
  ],
  ['meta.resourceType eq "User"', true, false],
  ['meta.resourceType eq "User" or meta.resourceType eq "Group"', true, DIRECTORY],
  ['userName eq "a"', { userName: { equals: 'a' } }, false],
  ['userName pr', expect.anything(), false],
  ['userName ne "a"', { userName: { notEquals: 'a' } }, DIRECTORY],
  ['not (userName eq "a")', { not: { userName: { equals: 'a' } } }, DIRECTORY],
  ['emails[type eq "work"]', { emails: { some: { type: { equals: 'work' } } } }, false],
  ['members pr', false, { members: { isPresent: true }, ...DIRECTORY }],
  ['members pr or title pr', { title: { isPresent: true } }, { members: { isPresent: true }, ...DIRECTORY }],
  ['title eq null and displayName pr', expect.anything(), { displayName: { isPresent: true }, ...DIRECTORY }],
  ['department eq "Sales"', { department: { equals: 'Sales' } }, false],
])('%s', (text, users, groups) => {
  expect(planned(text)).toEqual([users, groups]);
});

test.each([
  'shoeSize eq 43',
  'userName eq',
  'userName gt 5',
  'displayName pr or nobody pr',
  'members.foo pr',
])('%s is invalidFilter, since no type knows it', (text) => {
  expect(() => planned(text)).toThrow(ScimError);
  expect(() => planned(text)).toThrow(expect.objectContaining({ scimType: 'invalidFilter' }));
});
