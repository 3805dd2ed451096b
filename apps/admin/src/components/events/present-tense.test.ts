import { expect, test } from 'vitest';
import { eventLooks } from './event-looks.ts';
import { inPresentTense } from './present-tense.ts';

test('whatever an event tells of the past is told of what a change would do in the present', () => {
  const told = Object.values(eventLooks).flatMap(({ verb, joint }) => (joint ? [verb, joint] : [verb]));
  const begins = new Set(told.map((each) => inPresentTense(each).split(' ')[0]));
  const inPresent = /^(is|can|no|now|may|(?!was)\w*s)$/;
  expect([...begins].filter((each) => !inPresent.test(each ?? ''))).toEqual([]);
  expect(inPresentTense('was deleted')).toBe('is deleted');
  expect(inPresentTense('no longer has')).toBe('no longer has');
});
