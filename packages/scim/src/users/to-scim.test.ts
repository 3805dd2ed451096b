import { parseResource, userResourceType } from '@rollcall/scim-protocol';
import { expect, test } from 'vitest';
import { resourceUrls } from '../addresses/resource-urls.ts';
import { adaId, bobId, teamId } from '../testing/results.ts';
import { toWholeUser } from './from-scim.ts';
import { userResult } from './testing/user-result.ts';
import { toScimUser } from './to-scim.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const base = 'https://rollcall.example/scim/v2/acme';
const urls = resourceUrls(base);

const nobody = { display: null, type: null, primary: null };
const everything = userResult({
  externalId: 'ext-1',
  name: {
    formatted: 'Ada Lovelace',
    familyName: 'Lovelace',
    givenName: 'Ada',
    middleName: null,
    honorificPrefix: null,
    honorificSuffix: null,
  },
  title: 'Countess',
  emails: [
    { value: 'ada@example.com', display: null, type: 'work', primary: true },
    { value: 'a@b.c', display: null, type: null, primary: false },
  ],
  addresses: [
    {
      formatted: null,
      streetAddress: null,
      locality: 'London',
      region: null,
      postalCode: null,
      country: 'GB',
      type: 'home',
      primary: null,
    },
  ],
  directoryRoles: [{ ...nobody, value: '{"id":"25"}' }],
  department: 'Engines',
  managerId: bobId,
  managerDisplayName: 'Charles Babbage',
  managerReference: bobId,
  teams: [
    { id: teamId, displayName: 'Mathematicians', origin: 'DIRECTORY' },
    { id: adaId, displayName: 'Engines', origin: 'ORG_STRUCTURE' },
  ],
});

test('a user with nothing shows nothing that is unassigned', () => {
  expect(toScimUser(userResult(), urls)).toEqual({
    schemas: [USER],
    id: adaId,
    userName: 'ada@example.com',
    active: true,
    meta: {
      resourceType: 'User',
      created: '2026-01-02T03:04:05.000Z',
      lastModified: '2026-02-03T04:05:06.000Z',
      location: `${base}/Users/${adaId}`,
      version: 'W/"3"',
    },
  });
});

test('a user with everything', () => {
  expect(toScimUser(everything, urls)).toEqual({
    schemas: [USER, ENTERPRISE],
    id: adaId,
    externalId: 'ext-1',
    userName: 'ada@example.com',
    name: { formatted: 'Ada Lovelace', familyName: 'Lovelace', givenName: 'Ada' },
    title: 'Countess',
    active: true,
    emails: [
      { value: 'ada@example.com', type: 'work', primary: true },
      { value: 'a@b.c', primary: false },
    ],
    addresses: [{ locality: 'London', country: 'GB', type: 'home' }],
    roles: [{ value: '{"id":"25"}' }],
    groups: [{ value: teamId, $ref: `${base}/Groups/${teamId}`, display: 'Mathematicians', type: 'direct' }],
    [ENTERPRISE]: {
      department: 'Engines',
      manager: { value: bobId, $ref: `${base}/Users/${bobId}`, displayName: 'Charles Babbage' },
    },
    meta: expect.objectContaining({ version: expect.stringMatching(/^W\/"3\.[\w-]{12}"$/) }),
  });
});

test('a manager who is not provisioned yet is told back as named', () => {
  const user = toScimUser(userResult({ managerReference: 'babbage' }), urls);
  expect(user[ENTERPRISE]).toEqual({ manager: { value: 'babbage' } });
});

test('an inactive user with a name of nulls only', () => {
  const name = {
    formatted: null,
    familyName: null,
    givenName: null,
    middleName: null,
    honorificPrefix: null,
    honorificSuffix: null,
  };
  const user = toScimUser(userResult({ active: false, name }), urls);
  expect(user.active).toBe(false);
  expect(user.name).toBeUndefined();
});

test('what is rendered and sent back as a whole is the same user', () => {
  const resource = parseResource(toScimUser(everything, urls), userResourceType);
  expect(toWholeUser(resource)).toEqual({
    userName: 'ada@example.com',
    externalId: 'ext-1',
    active: true,
    name: everything.name,
    displayName: null,
    nickName: null,
    profileUrl: null,
    title: 'Countess',
    userType: null,
    preferredLanguage: null,
    locale: null,
    timezone: null,
    emails: everything.emails,
    phoneNumbers: null,
    ims: null,
    photos: null,
    addresses: everything.addresses,
    entitlements: null,
    directoryRoles: everything.directoryRoles,
    x509Certificates: null,
    employeeNumber: null,
    costCenter: null,
    organization: null,
    division: null,
    department: 'Engines',
    manager: bobId,
  });
});
