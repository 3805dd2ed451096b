import { expect, it } from 'vitest';
import { retryDelay, wait } from './retry-policy.ts';

const answered = (status: number, retryAfter?: string) => ({ status, retryAfter, errorCode: undefined });
const broken = (errorCode: string) => ({ status: undefined, retryAfter: undefined, errorCode });

it('waits the whole seconds that a throttling server names, within reason', () => {
  expect(retryDelay(answered(429, '3'), 1)).toBe(3000);
  expect(retryDelay(answered(429, '0'), 1)).toBe(0);
  expect(retryDelay(answered(429, '86400'), 1)).toBe(60_000);
});

it('ignores a date and doubles its own wait', () => {
  expect(retryDelay(answered(429, 'Wed, 21 Oct 2026 07:28:00 GMT'), 1)).toBe(1000);
  expect(retryDelay(answered(429), 3)).toBe(4000);
});

it('gives up after ten attempts', () => {
  expect(retryDelay(answered(429, '1'), 9)).toBe(1000);
  expect(retryDelay(answered(429, '1'), 10)).toBeUndefined();
});

it('repeats a broken connection a few times only', () => {
  expect(retryDelay(broken('ECONNRESET'), 1)).toBe(100);
  expect(retryDelay(broken('UND_ERR_SOCKET'), 3)).toBe(400);
  expect(retryDelay(broken('ECONNRESET'), 4)).toBeUndefined();
});

it.each([200, 400, 409, 500, 503])('does not repeat a %i', (status) => {
  expect(retryDelay(answered(status), 1)).toBeUndefined();
});

it('does not repeat what was never a connection', () => {
  expect(retryDelay(broken('ENOTFOUND'), 1)).toBeUndefined();
});

it('stops waiting with the reason of the signal', async () => {
  const abort = new AbortController();
  const waiting = wait(60_000, abort.signal);
  abort.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
