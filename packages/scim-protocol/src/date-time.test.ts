import { describe, expect, it } from 'vitest';
import { parseDateTime } from './date-time.ts';

describe('parseDateTime', () => {
  it.each([
    ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
    ['2026-01-31T09:30:00+0130', '2026-01-31T08:00:00.000Z'],
    ['2026-01-31T09:30', '2026-01-31T09:30:00.000Z'],
    ['2026-01-31T24:00:00Z', '2026-02-01T00:00:00.000Z'],
    ['2026-01-31T09:30:00.1234567Z', '2026-01-31T09:30:00.123Z'],
  ])('reads %s', (text, instant) => {
    expect(parseDateTime(text)?.toISOString()).toBe(instant);
  });

  it.each([
    ['2026-02-31T00:00:00Z'],
    ['2026-01-31T24:00:01Z'],
    ['2026-01-31T25:00:00Z'],
    ['0000-01-01T00:00:00Z'],
    ['9999-12-31T24:00:00Z'],
    ['2026-01-31'],
    ['soon'],
  ])('does not read %s', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });
});
