import type { SchemaType } from '@rollcall/graphql-client';
import type { StringFilter } from '../filter/scalar-filters.ts';

export type UserFilter = SchemaType<'UserFilter'>;
type PersonNameFilter = SchemaType<'PersonNameFilter'>;
type AttributeValueFilter = SchemaType<'AttributeValueFilter'>;

/** The single-valued texts of the User and of its enterprise extension, by SCIM name. */
export const textFields: Record<string, (filter: StringFilter) => UserFilter> = {
  userName: (userName) => ({ userName }),
  externalId: (externalId) => ({ externalId }),
  displayName: (displayName) => ({ displayName }),
  nickName: (nickName) => ({ nickName }),
  profileUrl: (profileUrl) => ({ profileUrl }),
  title: (title) => ({ title }),
  userType: (userType) => ({ userType }),
  preferredLanguage: (preferredLanguage) => ({ preferredLanguage }),
  locale: (locale) => ({ locale }),
  timezone: (timezone) => ({ timezone }),
  employeeNumber: (employeeNumber) => ({ employeeNumber }),
  costCenter: (costCenter) => ({ costCenter }),
  organization: (organization) => ({ organization }),
  division: (division) => ({ division }),
  department: (department) => ({ department }),
};

/** The parts of `name`. */
export const nameFields: Record<string, (filter: StringFilter) => PersonNameFilter> = {
  formatted: (formatted) => ({ formatted }),
  familyName: (familyName) => ({ familyName }),
  givenName: (givenName) => ({ givenName }),
  middleName: (middleName) => ({ middleName }),
  honorificPrefix: (honorificPrefix) => ({ honorificPrefix }),
  honorificSuffix: (honorificSuffix) => ({ honorificSuffix }),
};

/** The multi-valued attributes with the default sub-attributes; SCIM's roles are not the account's roles. */
export const elementLists: Record<string, (filter: AttributeValueFilter) => UserFilter> = {
  emails: (emails) => ({ emails }),
  phoneNumbers: (phoneNumbers) => ({ phoneNumbers }),
  ims: (ims) => ({ ims }),
  photos: (photos) => ({ photos }),
  entitlements: (entitlements) => ({ entitlements }),
  roles: (directoryRoles) => ({ directoryRoles }),
  x509Certificates: (x509Certificates) => ({ x509Certificates }),
};
