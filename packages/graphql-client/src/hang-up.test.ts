import { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { hangUpOf } from './hang-up.ts';

test('a client that hangs up is heard, and so is one that did before anybody asked', async () => {
  const socket = new Socket();
  const signal = hangUpOf(socket);
  expect([signal.aborted, hangUpOf(socket)]).toEqual([false, signal]);
  socket.destroy();
  await expect.poll(() => signal.aborted).toBe(true);
  const gone = new Socket().destroy();
  await new Promise((resolve) => gone.once('close', resolve));
  expect(hangUpOf(gone).aborted).toBe(true);
});
