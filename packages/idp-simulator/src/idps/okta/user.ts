import { ORGANIZATION, type Person } from '../../directory/directory.ts';
import { Random } from '../../directory/random.ts';
import { differences } from '../../scim/differences.ts';
import {
  ENTERPRISE_SCHEMA,
  enterpriseExtension,
  managerId,
  type Resource,
  USER_SCHEMA,
} from '../../scim/resources.ts';
import {
  equalityFilter,
  type JsonObject,
  patchRequest,
  readRequest,
  type ScimRequest,
} from '../../scim/scim-request.ts';
import type { Dialect } from '../dialect.ts';

/** People as Okta speaks of them. */
export const oktaUsers = { findUser, userBody, updateUser, assignManager } satisfies Partial<Dialect>;

/** Okta's existence check, with the page size that it asks for everywhere. */
function findUser(userName: string): ScimRequest {
  return readRequest(`/Users?${equalityFilter('userName', userName)}&startIndex=1&count=100`);
}

/** A person under Okta's base mapping; `password` is a placeholder and `groups` always empty. */
function userBody(person: Person): JsonObject {
  return { ...profile(person), password: placeholderPassword(person), groups: [] };
}

/** Activation goes by PATCH, a changed profile by PUT of the merged resource: the habit of OIN applications. */
function updateUser(person: Person, current: Resource): readonly ScimRequest[] {
  const changed = differences(profile(person), current);
  const requests: ScimRequest[] = [];
  if (changed.some(({ path }) => path === 'active')) {
    requests.push(
      patchRequest(`/Users/${current.id}`, [{ op: 'replace', value: { active: person.active } }]),
    );
  }
  if (changed.some(({ path }) => path !== 'active')) requests.push(putMerged(person, current));
  return requests;
}

/** A PUT of the whole resource in which only the manager is another one. */
function assignManager(current: Resource, manager: string | undefined): readonly ScimRequest[] {
  if (managerId(current) === manager) return [];
  const { manager: _present, ...extension } = enterpriseExtension(current);
  const body = {
    ...current,
    [ENTERPRISE_SCHEMA]: { ...extension, ...(manager !== undefined && { manager: { value: manager } }) },
  };
  return [put(current, body)];
}

function profile(person: Person): JsonObject {
  const { office } = person;
  return {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    externalId: person.externalId,
    userName: person.userName,
    name: { givenName: person.givenName, familyName: person.familyName },
    displayName: person.displayName,
    title: person.title,
    userType: person.userType,
    locale: office.language,
    preferredLanguage: office.language,
    timezone: office.timezone,
    emails: [{ primary: true, value: person.userName, type: 'work' }],
    phoneNumbers: [
      { primary: true, value: person.workPhone, type: 'work' },
      { value: person.mobilePhone, type: 'mobile' },
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
    active: person.active,
    [ENTERPRISE_SCHEMA]: {
      employeeNumber: person.employeeNumber,
      department: person.department,
      costCenter: person.costCenter,
      organization: ORGANIZATION,
    },
  };
}

/** `id`, `meta`, `groups` and whatever else the server answered go back with the PUT; the manager stays. */
function putMerged(person: Person, current: Resource): ScimRequest {
  const wanted = profile(person);
  const extension = wanted[ENTERPRISE_SCHEMA];
  const merged = { ...enterpriseExtension(current), ...(typeof extension === 'object' && extension) };
  return put(current, { ...current, ...wanted, [ENTERPRISE_SCHEMA]: merged });
}

function put(current: Resource, body: JsonObject): ScimRequest {
  const groups = current.groups ?? [];
  return { method: 'PUT', path: `/Users/${current.id}`, body: { ...body, groups }, expect: [200] };
}

/** Random to the server, the same in every run, and long enough for password policies. */
function placeholderPassword(person: Person): string {
  return `${new Random(person.externalId).text('abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ', 14)}4!`;
}
