import { expect, it } from 'vitest';
import { mailName } from './names.ts';
import { UserNames } from './user-names.ts';

it.each([
  ['Müller', 'muller'],
  ['Weiß', 'weiss'],
  ['Yılmaz', 'yilmaz'],
  ["O'Brien", 'obrien'],
  ['Gonçalves', 'goncalves'],
  ['Ōno', 'ono'],
])('writes %s as %s in an address', (name, written) => {
  expect(mailName(name)).toBe(written);
});

it('numbers people of the same name, whatever their marks', () => {
  const names = new UserNames();
  expect(names.claim('Zoë', 'Müller')).toBe('zoe.muller@corp.example');
  expect(names.claim('Zoe', 'Muller')).toBe('zoe.muller2@corp.example');
});
