import { adaId } from '../../testing/results.ts';
import type { UserResult } from '../documents.ts';
import { coreTexts, enterpriseTexts, toTexts } from '../user-attributes.ts';

/** A user with nothing but what every user has. */
export function userResult(given: Partial<UserResult> = {}): UserResult {
  return {
    id: adaId,
    userName: 'ada@example.com',
    externalId: null,
    status: 'ACTIVE',
    active: true,
    name: null,
    ...toTexts({}, [...coreTexts, ...enterpriseTexts]),
    emails: [],
    phoneNumbers: [],
    ims: [],
    photos: [],
    addresses: [],
    entitlements: [],
    directoryRoles: [],
    x509Certificates: [],
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
