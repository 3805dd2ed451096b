import { expect, test } from 'vitest';
import { believedFor, MAX_REMEMBERED } from './believed-for.ts';

test('of very many callers the latest are believed, and the oldest makes room', async () => {
  const asked: string[] = [];
  const ask = believedFor(60_000, async ({ authorization = '' }) => asked.push(authorization));
  const callers = Array.from({ length: MAX_REMEMBERED + 1 }, (_, n) => `Bearer ${n}`);
  for (const authorization of callers) await ask({ authorization });
  asked.length = 0;
  for (const authorization of callers.slice(1)) await ask({ authorization });
  expect(asked).toEqual([]);
  await ask({ authorization: 'Bearer 0' });
  expect(asked).toEqual(['Bearer 0']);
});
