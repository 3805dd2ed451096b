import { expect, test } from 'vitest';
import { momentAt, timeScale } from './time-scale.ts';

test('the scale ends at now in whole steps that people think in', () => {
  const minute = 60_000;
  expect(timeScale(0, 90_000)).toEqual({ min: 0, max: 90_000, step: 1_000 });
  expect(timeScale(0, 8_000).step).toBe(100);
  const day = timeScale(0, 24 * 60 * minute);
  expect(day.step).toBe(5 * minute);
  const years = timeScale(0, 3 * 365 * 24 * 60 * minute);
  expect(years.step).toBe(7 * 24 * 60 * minute);
  expect((years.max - years.min) % years.step).toBe(0);
});

test('the end of the scale is now, everything before is a moment', () => {
  const scale = timeScale(1_000_000, 1_090_000);
  expect(momentAt(scale.max, scale)).toBeUndefined();
  expect(momentAt(scale.max - scale.step, scale)).toBe('1970-01-01T00:18:09.000Z');
  expect(momentAt(scale.min, scale)).toBe('1970-01-01T00:16:40.000Z');
});
