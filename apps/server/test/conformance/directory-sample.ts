import type { ScimClient, ScimResource } from '../clients/scim-client.ts';
import { ENTERPRISE, GROUP, USER } from './samples.ts';

const pick = <Item>(items: readonly Item[], number: number): Item | undefined => items[number % items.length];

/** Left out where the turn comes to it, so that every attribute is missing somewhere. */
const sometimes = (number: number, every: number, part: object): object => (number % every === 0 ? {} : part);

const GIVEN = [
  'Ada',
  'ada',
  'Bea',
  'Zoë',
  'Øystein',
  'José',
  'Ünal',
  'O"Neil',
  '100%',
  'under_score',
  'back\\slash',
];
const FAMILY = ['Lovelace', 'lovelace', 'King', 'Mac Donald', "D'Arcy", 'Straße'];
const TITLES = ['Engineer', 'engineer', 'Senior Engineer', 'Lead', 'Head of %'];
const DEPARTMENTS = ['Engines', 'engines', 'Sales', 'Sales - EU'];
const CITIES = ['London', 'london', 'Zürich'];

const userNumber = (number: number): object => ({
  schemas: [USER, ENTERPRISE],
  userName: `${pick(['Person', 'person', 'zed'], number)}.${number}@example.com`,
  active: number % 4 !== 0,
  ...sometimes(number, 3, { externalId: `${number % 2 === 0 ? 'EXT' : 'ext'}-${number}` }),
  ...sometimes(number, 5, {
    name: { givenName: pick(GIVEN, number), ...sometimes(number, 3, { familyName: pick(FAMILY, number) }) },
  }),
  ...sometimes(number, 4, { displayName: `${pick(GIVEN, number)} ${pick(FAMILY, number)}` }),
  ...sometimes(number, 2, { title: pick(TITLES, number) }),
  ...sometimes(number, 3, {
    nickName: pick(GIVEN, number + 1),
    locale: pick(['en-GB', 'EN-gb', 'de'], number),
  }),
  ...sometimes(number, 4, { emails: emailsOf(number) }),
  ...sometimes(number, 3, {
    phoneNumbers: [{ value: `+44 ${number}`, ...sometimes(number, 2, { type: 'work' }) }],
  }),
  ...sometimes(number, 2, {
    roles: [{ value: 'Reader' }, { value: `role-${number}`, display: 'Some role' }],
  }),
  ...sometimes(number, 2, {
    addresses: [{ locality: pick(CITIES, number), ...sometimes(number, 3, { type: 'home', country: 'GB' }) }],
  }),
  ...sometimes(number, 3, { photos: [{ value: `https://x.example/${number % 2 === 0 ? 'A' : 'a'}.png` }] }),
  ...sometimes(number, 3, {
    [ENTERPRISE]: {
      department: pick(DEPARTMENTS, number),
      ...sometimes(number, 2, { employeeNumber: `E${number}` }),
    },
  }),
});

const emailsOf = (number: number): object[] => [
  { value: `Work.${number}@example.com`, type: 'work', ...(number % 3 === 0 ? { primary: true } : {}) },
  ...(number % 2 === 0 ? [{ value: `home.${number}@EXAMPLE.org`, type: 'home', display: 'At home' }] : []),
];

/** Forty people who differ in every attribute that can be searched, in three groups; as the server shows them. */
export async function seedDirectory(scim: ScimClient): Promise<ScimResource[]> {
  const users: ScimResource[] = [];
  for (let number = 0; number < 40; number += 1) {
    const manager = users[number >> 2];
    const user = await scim.create('Users', userNumber(number));
    const reference = number % 3 === 0 ? manager?.id : number % 7 === 0 ? `pending-${number}` : undefined;
    if (reference !== undefined) {
      await scim.patch(`/Users/${user.id}`, { op: 'add', path: `${ENTERPRISE}:manager`, value: reference });
    }
    users.push(user);
  }
  for (const every of [2, 5, 9]) {
    const members = users.filter((_user, number) => number % every === 0).map(({ id }) => ({ value: id }));
    await scim.create('Groups', {
      schemas: [GROUP],
      displayName: `Every ${every}`,
      externalId: `G-${every}`,
      members,
    });
  }
  return Promise.all(users.map(({ id }) => scim.read(`/Users/${id}`)));
}
