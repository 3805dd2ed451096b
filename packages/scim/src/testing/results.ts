import type { TeamResult } from '../groups/documents.ts';
import type { UserResult } from '../users/documents.ts';

export const adaId = '01950000-0000-7000-8000-00000000000a';
export const bobId = '01950000-0000-7000-8000-00000000000b';
export const cyId = '01950000-0000-7000-8000-00000000000c';
export const teamId = '01950000-0000-7000-8000-0000000000aa';

/** A user with nothing but what every user has. */
export function userResult(given: Partial<UserResult> = {}): UserResult {
  return {
    id: adaId,
    userName: 'ada@example.com',
    externalId: null,
    status: 'ACTIVE',
    active: true,
    name: null,
    displayName: null,
    nickName: null,
    profileUrl: null,
    title: null,
    userType: null,
    preferredLanguage: null,
    locale: null,
    timezone: null,
    emails: [],
    phoneNumbers: [],
    ims: [],
    photos: [],
    addresses: [],
    entitlements: [],
    directoryRoles: [],
    x509Certificates: [],
    employeeNumber: null,
    costCenter: null,
    organization: null,
    division: null,
    department: null,
    managerId: null,
    managerDisplayName: null,
    managerReference: null,
    customAttributes: [],
    version: 3,
    createdAt: '2026-01-02T03:04:05.000Z',
    updatedAt: '2026-02-03T04:05:06.000Z',
    ...given,
  };
}

/** A group that a directory pushed. */
export function teamResult(given: Partial<TeamResult> = {}): TeamResult {
  return {
    id: teamId,
    displayName: 'Mathematicians',
    externalId: null,
    origin: 'DIRECTORY',
    version: 7,
    createdAt: '2026-01-02T03:04:05.000Z',
    updatedAt: '2026-02-03T04:05:06.000Z',
    ...given,
  };
}

/** The place of a page that is the only one. */
export const onlyPage = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
