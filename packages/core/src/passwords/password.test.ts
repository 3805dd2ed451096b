import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createUsers } from '../testing/directory.ts';
import { useAccount, useWorld } from '../testing/world.ts';
import { hashPassword, verifyPassword } from './password.ts';

const world = useWorld();
const account = useAccount(world);

test('however many passwords are hashed, threads are left to others', async () => {
  let hashed = 0;
  const all = Array.from({ length: 40 }, async (_, n) => {
    await hashPassword(`the password number ${n}`);
    hashed += 1;
  });
  await stat(import.meta.filename);
  expect(hashed).toBeLessThan(20);
  await Promise.all(all);
});

test('a password is checked between those of a batch, and not after all of them', async () => {
  const digest = await hashPassword('the password of somebody');
  const users = Array.from({ length: 100 }, (_, n) => ({
    userName: `${crypto.randomUUID()}@example.com`,
    password: `the password number ${n}`,
  }));
  let checks = 0;
  let created = false;
  const batch = account.admin.ask(createUsers.document, { input: { users } }).then(({ errors }) => {
    created = true;
    expect(errors).toBeUndefined();
  });
  for (; !created; checks += 1) expect(await verifyPassword(digest, 'the password of somebody')).toBe(true);
  await batch;
  // Behind all of them there would be time for a few checks only.
  expect(checks).toBeGreaterThan(20);
});
