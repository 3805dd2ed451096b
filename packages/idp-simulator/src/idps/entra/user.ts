import { ORGANIZATION, type Person } from '../../directory/directory.ts';
import { differences } from '../../scim/differences.ts';
import { ENTERPRISE_SCHEMA, managerId, type Resource, USER_SCHEMA } from '../../scim/resources.ts';
import {
  equalityFilter,
  type JsonObject,
  patchRequest,
  readRequest,
  type ScimRequest,
} from '../../scim/scim-request.ts';
import type { Dialect } from '../dialect.ts';

const MANAGER_PATH = `${ENTERPRISE_SCHEMA}:manager`;

/** People as Entra ID speaks of them. */
export const entraUsers = { findUser, userBody, updateUser, assignManager } satisfies Partial<Dialect>;

/** Entra's matching query, on the attribute with matching precedence 1. */
function findUser(userName: string): ScimRequest {
  return readRequest(`/Users?${equalityFilter('userName', userName)}`);
}

/** A person under Entra's default attribute mapping; attributes without a value are left out, never null. */
function userBody(person: Person): JsonObject {
  const { office } = person;
  return {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    externalId: person.externalId,
    userName: person.userName,
    active: person.active,
    displayName: person.displayName,
    title: person.title,
    preferredLanguage: office.language,
    name: {
      formatted: `${person.givenName} ${person.familyName}`,
      familyName: person.familyName,
      givenName: person.givenName,
    },
    emails: [{ primary: true, type: 'work', value: person.userName }],
    phoneNumbers: [
      { type: 'work', value: person.workPhone },
      { type: 'mobile', value: person.mobilePhone },
    ],
    addresses: [
      {
        type: 'work',
        streetAddress: office.streetAddress,
        locality: office.city,
        postalCode: office.postalCode,
        country: office.country,
      },
    ],
    [ENTERPRISE_SCHEMA]: {
      employeeNumber: person.employeeNumber,
      department: person.department,
      costCenter: person.costCenter,
      organization: ORGANIZATION,
    },
    meta: { resourceType: 'User' },
  };
}

/** One PATCH with one Replace per attribute, booleans as the strings "True" and "False". */
function updateUser(person: Person, current: Resource): readonly ScimRequest[] {
  const changed = differences(userBody(person), current);
  if (changed.length === 0) return [];
  const operations = changed.map(({ path, value }) => ({ op: 'Replace', path, value: entraValue(value) }));
  return [patchRequest(`/Users/${current.id}`, operations)];
}

/** The manager's SCIM id as a bare string, though RFC 7643 §4.3 makes `manager` complex. */
function assignManager(current: Resource, manager: string | undefined): readonly ScimRequest[] {
  const present = managerId(current);
  if (present === manager) return [];
  if (manager === undefined) {
    return [patchRequest(`/Users/${current.id}`, [{ op: 'Remove', path: MANAGER_PATH }])];
  }
  const op = present === undefined ? 'Add' : 'Replace';
  return [patchRequest(`/Users/${current.id}`, [{ op, path: MANAGER_PATH, value: manager }])];
}

function entraValue(value: unknown): unknown {
  if (typeof value !== 'boolean') return value;
  return value ? 'True' : 'False';
}
