import { expect, test } from 'vitest';
import { type TimeFormat, timeWriter } from './time-format.ts';

const instant = Date.parse('2026-03-02T13:30:05Z');

test.each<[TimeFormat, string, string]>([
  ['ISO', '2026-03-02 14:30', '2026-03-02 14:30:05 CET'],
  ['DAY_MONTH_24H', '2 Mar 2026, 14:30', '2 Mar 2026, 14:30:05 CET'],
  ['DAY_MONTH_12H', '2 Mar 2026, 2:30 pm', '2 Mar 2026, 2:30:05 pm GMT+1'],
  ['MONTH_DAY_12H', 'Mar 2, 2026, 2:30 PM', 'Mar 2, 2026, 2:30:05 PM GMT+1'],
])('as %s an instant is %s', (timeFormat, moment, exact) => {
  const write = timeWriter({ timeZone: 'Europe/Berlin', timeFormat });
  const plain = (text: string) => text.replaceAll(/[\u202f\u00a0]/g, ' ');
  expect([plain(write.moment(instant)), plain(write.exact(instant))]).toEqual([moment, exact]);
});

test('a day begins when it does in the zone', () => {
  const [late, next] = [Date.parse('2026-03-02T23:30:00Z'), Date.parse('2026-03-03T08:00:00Z')];
  const dayIn = (timeZone: string) => timeWriter({ timeZone, timeFormat: 'DAY_MONTH_24H' }).day(late, next);
  expect(dayIn('Europe/Berlin')).toBe('Today');
  expect(dayIn('America/New_York')).toBe('Yesterday');
  const write = timeWriter({ timeZone: 'UTC', timeFormat: 'MONTH_DAY_12H' });
  expect(write.day(instant, next + 86_400_000)).toBe('Monday, March 2');
});
