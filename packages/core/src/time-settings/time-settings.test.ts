import { expect, test } from 'vitest';
import { formatOfLocale } from './format-of-locale.ts';
import { isTimeZone } from './time-zone.ts';

test.each([
  ['Europe/Berlin', true],
  ['america/argentina/buenos_aires', true],
  ['UTC', true],
  ['Etc/GMT+5', true],
  ['Europe/Atlantis', false],
  ['+01:00', false],
  ['', false],
  [' UTC', false],
])('%j is the name of a time zone: %s', (name, is) => {
  expect(isTimeZone(name)).toBe(is);
});

test.each([
  ['en-US', 'MONTH_DAY_12H'],
  ['en_GB', 'DAY_MONTH_24H'],
  ['en-AU', 'DAY_MONTH_12H'],
  ['de', 'DAY_MONTH_24H'],
  ['sv-SE', 'ISO'],
  ['ja-JP', 'ISO'],
  ['not a locale', undefined],
  ['', undefined],
])('where %j is spoken, times are written as %s', (locale, format) => {
  expect(formatOfLocale(locale)).toBe(format);
});
