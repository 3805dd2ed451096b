import { expect, test } from 'vitest';
import { HeldBytes } from '../src/http/held-bytes.ts';

const MEGABYTE = 1024 * 1024;

test('an owner who is alone holds a third, and what is released can be held again', () => {
  const held = new HeldBytes();
  const hold = held.hold('one');
  expect(hold.growTo(HeldBytes.mostOfOne)).toBe(true);
  expect(hold.growTo(HeldBytes.mostOfOne + 1)).toBe(false);
  expect(held.hold('one').growTo(1)).toBe(false);
  hold.release();
  hold.release();
  expect(held.hold('one').growTo(HeldBytes.mostOfOne)).toBe(true);
});

test('what is released takes no more, whatever still comes', () => {
  const held = new HeldBytes();
  const late = held.hold('one');
  late.release();
  expect(late.growTo(HeldBytes.most)).toBe(true);
  expect(held.hold('one').growTo(HeldBytes.mostOfOne)).toBe(true);
});

test('however many take what they can get, the next one finds room, and all together stay below the bound', () => {
  const held = new HeldBytes();
  let all = 0;
  for (let owner = 0; owner < 100; owner += 1) while (held.hold(`${owner}`).growTo(MEGABYTE)) all += MEGABYTE;
  expect(all).toBeLessThan(HeldBytes.most);
  expect(held.hold('next').growTo(MEGABYTE / 2)).toBe(true);
});
