import { bindFilter, parseFilter, ScimError, userResourceType } from '@rollcall/scim-protocol';
import { describe, expect, test } from 'vitest';
import { pathTolerances } from '../resources/path-tolerances.ts';
import { planUserFilter } from './plan-filter.ts';

const id = '01950000-0000-7000-8000-00000000000a';
const URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const hasManager = { managerReference: { isPresent: true } };

function planned(text: string): unknown {
  const plan = planUserFilter(bindFilter(parseFilter(text), userResourceType, pathTolerances));
  if (typeof plan === 'boolean') return plan ? 'everybody' : 'nobody';
  return plan;
}

test('without a filter, everybody', () => {
  expect(planUserFilter(true)).toBe(true);
});

test('and, or and not keep their shape', () => {
  expect(planned('not (userName eq "a") or active eq false and title pr')).toEqual({
    or: [
      { not: { userName: { equals: 'a' } } },
      { and: [{ active: { equals: false } }, { title: { isPresent: true } }] },
    ],
  });
});

describe('single-valued attributes', () => {
  test.each([
    ['userName eq "Ada"', { userName: { equals: 'Ada' } }],
    ['USERNAME EQ "Ada"', { userName: { equals: 'Ada' } }],
    ['externalId ne "x"', { externalId: { notEquals: 'x' } }],
    ['displayName co "d"', { displayName: { contains: 'd' } }],
    ['nickName sw "d"', { nickName: { startsWith: 'd' } }],
    ['title ew "d"', { title: { endsWith: 'd' } }],
    ['userType gt "d"', { userType: { greaterThan: 'd' } }],
    ['locale ge "d"', { locale: { greaterThanOrEqual: 'd' } }],
    ['timezone lt "d"', { timezone: { lessThan: 'd' } }],
    ['preferredLanguage le "d"', { preferredLanguage: { lessThanOrEqual: 'd' } }],
    ['profileUrl pr', { profileUrl: { isPresent: true } }],
    ['title eq null', { title: { isPresent: false } }],
    ['title ne null', { title: { isPresent: true } }],
    ['active eq true', { active: { equals: true } }],
    ['active ne "False"', { active: { notEquals: false } }],
    ['active pr', 'everybody'],
    ['name.familyName co "son"', { name: { familyName: { contains: 'son' } } }],
    ['name pr', { name: { isPresent: true } }],
    ['name.middleName pr', { name: { middleName: { isPresent: true } } }],
    [
      'name[familyName eq "L" and givenName eq "A"]',
      {
        and: [
          { name: { isPresent: true } },
          { and: [{ name: { familyName: { equals: 'L' } } }, { name: { givenName: { equals: 'A' } } }] },
        ],
      },
    ],
    [
      'name[familyName ne "L"]',
      { and: [{ name: { isPresent: true } }, { name: { familyName: { notEquals: 'L' } } }] },
    ],
    ['meta[resourceType eq "User"]', 'everybody'],
    [`${URN}:department eq "Sales"`, { department: { equals: 'Sales' } }],
    ['department eq "Sales"', { department: { equals: 'Sales' } }],
  ])('%s', (text, expected) => {
    expect(planned(text)).toEqual(expected);
  });
});

describe('multi-valued attributes', () => {
  test.each([
    ['emails eq "a@x"', { emails: { some: { value: { equals: 'a@x' } } } }],
    ['emails.value co "@x"', { emails: { some: { value: { contains: '@x' } } } }],
    ['emails pr', { emails: { isPresent: true } }],
    ['phoneNumbers.type pr', { phoneNumbers: { some: { type: { isPresent: true } } } }],
    ['roles.value eq "admin"', { directoryRoles: { some: { value: { equals: 'admin' } } } }],
    ['addresses.country eq "SE"', { addresses: { some: { country: { equals: 'SE' } } } }],
    [
      'emails[type eq "work" and value sw "a"]',
      { emails: { some: { and: [{ type: { equals: 'work' } }, { value: { startsWith: 'a' } }] } } },
    ],
    [
      'emails[type eq "work"].value eq "a@x"',
      { emails: { some: { and: [{ type: { equals: 'work' } }, { value: { equals: 'a@x' } }] } } },
    ],
    [
      'emails.type eq "work" and emails.value co "x"',
      {
        and: [
          { emails: { some: { type: { equals: 'work' } } } },
          { emails: { some: { value: { contains: 'x' } } } },
        ],
      },
    ],
    ['emails[not (type eq "work")]', { emails: { some: { not: { type: { equals: 'work' } } } } }],
    ['emails.value ne "a"', { not: { emails: { some: { value: { equals: 'a' } } } } }],
    ['emails.value eq null', { not: { emails: { some: { value: { isPresent: true } } } } }],
    ['emails[primary eq true]', { emails: { some: { primary: { equals: true } } } }],
    ['emails.primary eq false', { emails: { some: { not: { primary: { equals: true } } } } }],
  ])('%s', (text, expected) => {
    expect(planned(text)).toEqual(expected);
  });

  test.each([
    [`groups.value eq "${id}"`, { teams: { some: { id: { equals: id } } } }],
    [
      `groups[value eq "${id}" or display sw "A"]`,
      { teams: { some: { or: [{ id: { equals: id } }, { displayName: { startsWith: 'A' } }] } } },
    ],
    [`groups.$ref eq "https://x/scim/v2/Groups/${id}"`, { teams: { some: { id: { equals: id } } } }],
    ['groups.type eq "direct"', { teams: { isPresent: true } }],
    ['groups.type eq "indirect"', 'nobody'],
    ['groups.type sw "DIR"', { teams: { isPresent: true } }],
    [`groups.$ref eq "https://x/scim/v2/Users/${id}"`, 'nobody'],
    [`groups.value eq "https://x/scim/v2/Groups/${id}"`, 'nobody'],
    ['groups.value eq "no id"', 'nobody'],
    ['groups pr', { teams: { isPresent: true } }],
  ])('%s', (text, expected) => {
    expect(planned(text)).toEqual(expected);
  });
});

describe('the manager', () => {
  test.each([
    [`${URN}:manager.value eq "${id}"`, { managerReference: { equals: id } }],
    ['manager.value lt "B"', { managerReference: { lessThan: 'B' } }],
    ['manager eq "Boss@x"', { managerReference: { equals: 'Boss@x' } }],
    ['manager.value ne "boss@x"', { managerReference: { notEquals: 'boss@x' } }],
    ['manager.displayName sw "B"', { managerDisplayName: { startsWith: 'B' } }],
    ['manager.displayName pr', { managerDisplayName: { isPresent: true } }],
    [`manager.$ref eq "https://x/Users/${id}"`, { managerId: { equals: id } }],
    [`manager.$ref ne "https://x/Users/${id}"`, { managerId: { notEquals: id } }],
    ['manager.$ref eq "someone"', 'nobody'],
    [`manager.$ref ne "https://x/Groups/${id}"`, 'everybody'],
    ['manager.$ref eq null', { managerId: { isPresent: false } }],
    ['manager pr', hasManager],
    ['manager.value eq null', { managerReference: { isPresent: false } }],
  ])('%s', (text, expected) => {
    expect(planned(text)).toEqual(expected);
  });
});

describe('what every resource has', () => {
  test.each([
    [`id eq "${id.toUpperCase()}"`, { id: { equals: id } }],
    ['id eq "no id"', 'nobody'],
    ['id ne "no id"', 'everybody'],
    ['id pr', 'everybody'],
    ['id eq null', 'nobody'],
    ['meta.resourceType eq "User"', 'everybody'],
    ['meta.resourceType eq "Group"', 'nobody'],
    ['not (meta.resourceType eq "Group")', 'everybody'],
    ['meta.resourceType eq "User" and title pr', { title: { isPresent: true } }],
    ['meta.resourceType eq "Group" or title pr', { title: { isPresent: true } }],
    [
      'meta.created gt "2026-01-01T00:00:00+01:00"',
      { createdAt: { greaterThan: '2025-12-31T23:00:00.000Z' } },
    ],
    [
      'meta.lastmodified le "2026-01-01T00:00:00.0000000Z"',
      { updatedAt: { lessThanOrEqual: '2026-01-01T00:00:00.000Z' } },
    ],
    ['meta.version eq "W/\\"5\\""', { version: { equals: 5 } }],
    ['meta.version eq "other"', 'nobody'],
    [`meta.location eq "https://x/scim/v2/Users/${id}"`, { id: { equals: id } }],
    [`meta.location eq "https://x/scim/v2/Groups/${id}"`, 'nobody'],
    [`meta.location ne "${id}"`, 'everybody'],
    [`id eq "https://x/scim/v2/Users/${id}"`, 'nobody'],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:User"', 'everybody'],
    ['schemas co "core"', 'everybody'],
    ['schemas eq null', 'nobody'],
    ['schemas ne "urn:nobody"', 'everybody'],
    ['schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group"', 'nobody'],
  ])('%s', (text, expected) => {
    expect(planned(text)).toEqual(expected);
  });

  test('the extension is listed where it has a value', () => {
    const listed = { or: expect.arrayContaining([{ department: { isPresent: true } }, hasManager]) };
    expect(planned(`schemas eq "${URN}"`)).toEqual(listed);
    expect(planned('schemas co "enterprise"')).toEqual(listed);
    expect(planned(`schemas ne "${URN}"`)).toEqual({ not: listed });
  });
});

describe('what can not be searched', () => {
  test.each([
    'password eq "x"',
    'password pr',
    'id co "0195"',
    'meta.version co "5"',
    'shoeSize eq 43',
    'userName regex "x"',
  ])('%s is invalidFilter', (text) => {
    expect(() => planned(text)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidFilter' }));
    expect(() => planned(text)).toThrow(ScimError);
  });
});
