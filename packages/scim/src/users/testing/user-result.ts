import { adaId } from '../../testing/results.ts';
import type { UserResult } from '../documents.ts';

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
