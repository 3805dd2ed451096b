import type { Person, PersonChange } from './person.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A person as an identity provider sends them whole. */
export const toScim = (person: Person) => ({
  schemas: [USER, ENTERPRISE],
  externalId: person.externalId,
  userName: person.userName,
  active: person.active,
  displayName: person.displayName,
  title: person.title,
  name: {
    formatted: `${person.givenName} ${person.familyName}`,
    givenName: person.givenName,
    familyName: person.familyName,
  },
  emails: [{ primary: true, type: 'work', value: person.userName }],
  preferredLanguage: 'en-US',
  phoneNumbers: [{ type: 'work', value: person.phone }],
  [ENTERPRISE]: {
    employeeNumber: person.employeeNumber,
    department: person.department,
    ...(person.manager && { manager: { value: person.manager.id } }),
  },
});

/** A change as Microsoft Entra ID sends it: an operation for each attribute, named in capitals. */
export const toScimPatch = (change: PersonChange) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations: Object.entries(change).map(([path, value]) => ({ op: 'Replace', path, value })),
});

/** Where each attribute of a person is in a resource, and what it must be. */
export const expectedAttributes = (
  person: Person,
): [path: readonly (string | number)[], value: unknown][] => [
  [['userName'], person.userName],
  [['externalId'], person.externalId],
  [['active'], person.active],
  [['displayName'], person.displayName],
  [['title'], person.title],
  [['name', 'givenName'], person.givenName],
  [['name', 'familyName'], person.familyName],
  [['emails', 0, 'value'], person.userName],
  [['phoneNumbers', 0, 'value'], person.phone],
  [[ENTERPRISE, 'employeeNumber'], person.employeeNumber],
  [[ENTERPRISE, 'department'], person.department],
  [[ENTERPRISE, 'manager', 'value'], person.manager?.id],
];
