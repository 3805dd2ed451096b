import { expect, test } from 'vitest';
import { readFailure } from './post-auth.ts';
import { outcomeOf } from './sign-in.ts';

const refusal = (status: number, error: object) => new Response(JSON.stringify({ error }), { status });

test('what is not refused is signed in', () => {
  expect(outcomeOf({ answer: {} })).toEqual({ kind: 'signed-in' });
});

test('what waits for a second factor is not', () => {
  const pending = { secondFactors: ['TOTP' as const] };
  expect(outcomeOf({ answer: { pending } })).toEqual({ kind: 'pending', ...pending });
});

test('several accounts are offered as a choice', async () => {
  const accounts = [{ id: 'a', name: 'Northwind' }];
  const error = { code: 'ACCOUNT_CHOICE_REQUIRED', message: 'Choose.', requestId: 'r1', accounts };
  expect(outcomeOf({ failure: await readFailure(refusal(400, error)) })).toEqual({
    kind: 'choose-account',
    accounts,
  });
});

test('a refusal carries its message, its field and request id', async () => {
  const error = { code: 'INVALID_INPUT', message: 'No.', requestId: 'r2', field: 'token' };
  expect(outcomeOf({ failure: await readFailure(refusal(400, error)) })).toEqual({
    kind: 'failed',
    failure: error,
  });
});

test('an answer that is not JSON counts as an unreachable server', async () => {
  const failure = await readFailure(new Response('Internal Server Error', { status: 500 }));
  expect(failure.message).toContain('can’t be reached');
});
