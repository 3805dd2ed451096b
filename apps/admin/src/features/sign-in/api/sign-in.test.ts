import { expect, test } from 'vitest';
import { readSignInAnswer } from './sign-in.ts';

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

test('a 200 is signed in', async () => {
  expect(await readSignInAnswer(answer(200, { user: { id: '1' } }))).toEqual({ kind: 'signed-in' });
});

test('several accounts are offered as a choice', async () => {
  const accounts = [{ id: 'a', name: 'Northwind' }];
  const error = { code: 'ACCOUNT_CHOICE_REQUIRED', message: 'Choose.', requestId: 'r1', accounts };
  expect(await readSignInAnswer(answer(400, { error }))).toEqual({ kind: 'choose-account', accounts });
});

test('a refusal carries its message and request id', async () => {
  const error = { code: 'SIGN_IN_FAILED', message: 'No.', requestId: 'r2' };
  expect(await readSignInAnswer(answer(401, { error }))).toEqual({
    kind: 'failed',
    message: 'No.',
    requestId: 'r2',
  });
});

test('an answer that is not JSON counts as an unreachable server', async () => {
  const outcome = await readSignInAnswer(new Response('Internal Server Error', { status: 500 }));
  expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('can’t be reached') });
});
