import { expect, test } from 'vitest';
import { useSharedAccount, useWorld } from '../../testing/world.ts';

const world = useWorld();
const account = useSharedAccount(world);

test("a request takes connections of its account, and one that is nobody's those of its address", async () => {
  const ownerOf = async (headers: Record<string, string>) =>
    (await world.core.createContext({ 'client-address': '192.0.2.7', ...headers })).owner;
  expect(await ownerOf({ authorization: account.idp.authorization })).toBe(account.id);
  expect(await ownerOf({})).toBe('192.0.2.7');
});
