import fc from 'fast-check';
import { fold } from '../conformance/filter-reference.ts';
import { ENTERPRISE, USER } from '../conformance/samples.ts';

/** Few words, near to each other in the ways that texts are compared: so filters hit, and often by a hair. */
export const words = [
  'a',
  'A',
  'ab',
  'Ab',
  'AB%',
  'a_b',
  'axb',
  'b\\a',
  'O"Neil',
  'ä',
  'Ä',
  'ΣΑΣ',
  'σας',
  'Straße',
  'STRASSE',
  'zz',
  '\uff5e',
  '\u{1f600}',
  'work',
  'Home',
];

const word = fc.constantFrom(...words);
const plural = (value: fc.Arbitrary<string> = word) =>
  fc
    .uniqueArray(
      fc.record(
        {
          value,
          display: word,
          type: fc.constantFrom('work', 'WORK', 'home', 'ä'),
          primary: fc.constant(false),
        },
        { requiredKeys: ['value'] },
      ),
      { selector: (element) => fold(element.value), maxLength: 3 },
    )
    .chain((elements) =>
      // At most one is the primary one (RFC 7643 §2.4).
      fc
        .option(fc.nat(5), { nil: undefined })
        .map((at) =>
          elements.map((element, index) => (index === at ? { ...element, primary: true } : element)),
        ),
    );
const address = fc.record(
  {
    formatted: word,
    streetAddress: word,
    locality: word,
    region: word,
    postalCode: word,
    country: word,
    type: word,
  },
  { requiredKeys: ['locality'] },
);
const anyOf = <Body extends object>(model: { [Name in keyof Body]: fc.Arbitrary<Body[Name]> }) =>
  fc.record(model, { requiredKeys: [] });

/** Any User with these words as its values; about half of its attributes are missing. */
export const anyUser = fc
  .tuple(
    word,
    anyOf({
      externalId: word,
      displayName: word,
      nickName: word,
      profileUrl: word,
      title: word,
      userType: word,
      preferredLanguage: word,
      locale: word,
      timezone: word,
      active: fc.boolean(),
      name: anyOf({
        formatted: word,
        familyName: word,
        givenName: word,
        middleName: word,
        honorificPrefix: word,
        honorificSuffix: word,
      }),
    }),
    anyOf({
      emails: plural(),
      phoneNumbers: plural(),
      ims: plural(),
      photos: plural(),
      entitlements: plural(),
      roles: plural(),
      x509Certificates: plural(fc.constantFrom('YWI=', 'YWJj', 'YWJJ')),
      addresses: fc.array(address, { maxLength: 2 }),
    }),
    anyOf({ employeeNumber: word, costCenter: word, organization: word, division: word, department: word }),
  )
  .map(([stem, singular, lists, extension]) => ({
    stem,
    body: { schemas: [USER, ENTERPRISE], ...singular, ...lists, [ENTERPRISE]: extension },
  }));
