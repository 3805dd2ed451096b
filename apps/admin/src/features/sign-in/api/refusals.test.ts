import { expect, test } from 'vitest';
import { refusalIn } from './refusals.ts';

const of = (query: string) => refusalIn(new URLSearchParams(query));

test('a refusal is a sentence with its request', () => {
  expect(of('refused=NOBODY&request=r-1')).toEqual({
    code: 'SIGN_IN_FAILED',
    message: expect.stringContaining('nobody here is linked to you'),
    requestId: 'r-1',
  });
});

test('no refusal is none', () => {
  expect(of('next=/people')).toBeUndefined();
});

test('an address can not put words of its own on the page', () => {
  const failure = of('refused=Call%20555%20now&request=<b>call</b>');
  expect(failure?.message).toContain('could not be signed in');
  expect(failure).not.toHaveProperty('requestId');
});
