import { ENTERPRISE } from './samples.ts';

/**
 * How an attribute is compared: a text with or without regard to case, a boolean, bytes, an instant, or an identifier,
 * of which only equality is asked.
 */
export type Kind = 'text' | 'exact' | 'boolean' | 'binary' | 'instant' | 'identifier';

/** The parts of one multi-valued attribute, or of one complex one. */
export type Parts = Readonly<Record<string, Kind>>;

/** What a resource type can be searched by, written down from RFC 7643 §8.7.1 and not from the product's schemas. */
export interface SearchedAttributes {
  readonly singular: Parts;
  readonly plural: Readonly<Record<string, Parts>>;
  readonly complex: Readonly<Record<string, Parts>>;
}

const meta: Parts = {
  created: 'instant',
  lastModified: 'instant',
  resourceType: 'exact',
  location: 'identifier',
  version: 'identifier',
};
const labelled: Parts = { value: 'text', display: 'text', type: 'text', primary: 'boolean' };

export const userAttributes: SearchedAttributes = {
  singular: {
    id: 'identifier',
    schemas: 'identifier',
    externalId: 'exact',
    userName: 'text',
    displayName: 'text',
    nickName: 'text',
    profileUrl: 'exact',
    title: 'text',
    userType: 'text',
    preferredLanguage: 'text',
    locale: 'text',
    timezone: 'text',
    active: 'boolean',
    [`${ENTERPRISE}:employeeNumber`]: 'text',
    [`${ENTERPRISE}:costCenter`]: 'text',
    [`${ENTERPRISE}:organization`]: 'text',
    [`${ENTERPRISE}:division`]: 'text',
    [`${ENTERPRISE}:department`]: 'text',
  },
  plural: {
    emails: labelled,
    phoneNumbers: labelled,
    ims: labelled,
    photos: { ...labelled, value: 'exact' },
    entitlements: labelled,
    roles: labelled,
    x509Certificates: { ...labelled, value: 'binary' },
    addresses: {
      formatted: 'text',
      streetAddress: 'text',
      locality: 'text',
      region: 'text',
      postalCode: 'text',
      country: 'text',
      type: 'text',
      primary: 'boolean',
    },
    groups: { value: 'identifier', $ref: 'identifier', display: 'text', type: 'text' },
  },
  complex: {
    meta,
    name: {
      formatted: 'text',
      familyName: 'text',
      givenName: 'text',
      middleName: 'text',
      honorificPrefix: 'text',
      honorificSuffix: 'text',
    },
    [`${ENTERPRISE}:manager`]: { value: 'exact', $ref: 'identifier', displayName: 'text' },
  },
};

export const groupAttributes: SearchedAttributes = {
  singular: { id: 'identifier', schemas: 'identifier', externalId: 'exact', displayName: 'text' },
  plural: { members: { value: 'identifier', $ref: 'identifier' } },
  complex: { meta },
};

/** The kind of every path that can be compared, by its name in lower case; a whole stands for its `value`. */
export function kindsByPath({ singular, plural, complex }: SearchedAttributes): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, Kind>(
    Object.entries(singular).map(([path, kind]) => [path.toLowerCase(), kind]),
  );
  for (const [path, parts] of Object.entries({ ...plural, ...complex })) {
    for (const [part, kind] of Object.entries(parts)) {
      kinds.set(`${path}.${part}`.toLowerCase(), kind);
      if (part === 'value') kinds.set(path.toLowerCase(), kind);
    }
  }
  return kinds;
}
