import { randomUUID } from 'node:crypto';

export const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A name that nothing else has. */
export const unique = (stem: string): string => `${stem}-${randomUUID()}`;

/** A User with every attribute that a client can set. */
export const wholeUser = (userName = unique('whole')) => ({
  schemas: [USER, ENTERPRISE],
  userName,
  externalId: `ext-${userName}`,
  name: {
    formatted: 'Dr. Grace B. Hopper Jr.',
    familyName: 'Hopper',
    givenName: 'Grace',
    middleName: 'Brewster',
    honorificPrefix: 'Dr.',
    honorificSuffix: 'Jr.',
  },
  displayName: 'Grace Hopper',
  nickName: 'Amazing Grace',
  profileUrl: 'https://people.example/grace',
  title: 'Rear Admiral',
  userType: 'Officer',
  preferredLanguage: 'en-US',
  locale: 'en-US',
  timezone: 'America/New_York',
  active: true,
  emails: [
    { value: `${userName}@work.example`, display: 'At work', type: 'work', primary: true },
    { value: `${userName}@home.example`, type: 'home' },
  ],
  phoneNumbers: [{ value: '+1 555 0100', type: 'work' }],
  ims: [{ value: 'grace', type: 'xmpp' }],
  photos: [{ value: 'https://people.example/Grace.png', type: 'photo' }],
  addresses: [
    {
      formatted: '1 Navy Yard\nArlington',
      streetAddress: '1 Navy Yard',
      locality: 'Arlington',
      region: 'VA',
      postalCode: '22202',
      country: 'US',
      type: 'work',
      primary: true,
    },
  ],
  entitlements: [{ value: 'compiler' }],
  roles: [{ value: 'inventor', display: 'Inventor', type: 'x', primary: true }],
  x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAw' }],
  [ENTERPRISE]: {
    employeeNumber: '701984',
    costCenter: '4130',
    organization: 'Navy',
    division: 'Reserve',
    department: 'Computation',
  },
});
