import { expect, test } from 'vitest';
import { withMergedValues } from './merged-values.ts';

const twice = [
  { value: 'v', type: 't' },
  { value: 'v', type: 't' },
  { value: 'V', type: 'T' },
];

test.each(['emails', 'phoneNumbers', 'ims', 'entitlements', 'directoryRoles'] as const)(
  'a value of one type is in %s once, whatever its case',
  (field) => {
    expect(withMergedValues({ [field]: twice })).toEqual({ [field]: [{ value: 'V', type: 'T' }] });
  },
);

test('values of photos and certificates differ by case, and their types do not', () => {
  for (const field of ['photos', 'x509Certificates'] as const)
    expect(withMergedValues({ [field]: twice })).toEqual({ [field]: [twice[0], twice[2]] });
});

test('what comes later is said in addition, and a type left out is no difference', () => {
  const emails = [{ value: 'a' }, { value: 'b' }, { value: 'a', type: 'work', display: 'A' }];
  expect(withMergedValues({ emails: [...emails, { value: 'a', primary: true }] })).toEqual({
    emails: [{ value: 'a', type: 'work', display: 'A', primary: true }, { value: 'b' }],
  });
});

test('the same value of another type stays', () => {
  const emails = [
    { value: 'a', type: 'work' },
    { value: 'a', type: 'home' },
  ];
  expect(withMergedValues({ emails })).toEqual({ emails });
});

test('an address is the same when all that it says was said', () => {
  const paris = { locality: 'Paris', country: 'FR', type: 'home' };
  const addresses = [paris, { locality: 'PARIS', country: 'fr', type: 'home' }, { locality: 'Rome' }];
  expect(withMergedValues({ addresses })).toEqual({
    addresses: [{ locality: 'PARIS', country: 'fr', type: 'home' }, { locality: 'Rome' }],
  });
});

test('what is left out or cleared stays so', () => {
  expect(withMergedValues({ emails: null, photos: [] })).toEqual({ emails: null, photos: [] });
});

test.each([
  ['of values of their own', (at: number) => ({ value: `${at}` })],
  ['of one value under many types', (at: number) => ({ value: 'v', type: `${at}` })],
])('a long list takes as long as there are elements: %s', (_, element) => {
  const emails = Array.from({ length: 40_000 }, (_, at) => element(at));
  const before = performance.now();
  expect(withMergedValues({ emails: [...emails, ...emails] }).emails).toEqual(emails);
  expect(performance.now() - before).toBeLessThan(2_000);
});
