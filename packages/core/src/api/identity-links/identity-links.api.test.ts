import type { AccountWorld } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { linkIdentity, newUser, run, unlinkIdentity } from '../../testing/directory.ts';
import {
  claimsOf,
  newSignInConnection,
  type SaidProvider,
  signInSaying,
  startSaidProvider,
} from '../../testing/sign-in-provider.ts';
import { useMailWorld } from '../../testing/world.ts';

const world = useMailWorld({ allowedPrivateHosts: ['localhost'] });
let account: AccountWorld;
let provider: SaidProvider;
let connectionId: string;

beforeAll(async () => {
  account = await world.account();
  provider = await startSaidProvider();
  connectionId = await newSignInConnection(account, provider);
});
afterAll(() => provider.close());

const mailTo = (address: string) => world.mailServer.mailTo(address);

test('whoever is linked by hand is told, and told when the link is taken back', async () => {
  const { id: userId, userName } = await newUser(account.admin);
  const input = { userId, signInConnectionId: connectionId, subject: 'ada\r\nat work' };
  const { identityLink } = await run<{ identityLink: { id: string } }>(account.admin, linkIdentity, input);
  const linked = await mailTo(userName);
  expect(linked.subject).toMatch(/^You can sign in to Acme \d+ by Login$/);
  expect(linked.text).toContain('whoever signs in at Login as ada at work is you at');
  await run(account.admin, linkIdentity, input);
  await run(account.admin, unlinkIdentity, { id: identityLink.id });
  expect((await mailTo(userName)).subject).toMatch(/^A way to sign in to Acme \d+ was removed$/);
});

test('whoever is linked by their first sign-in is told, and of later ones is not', async () => {
  const { userName } = await newUser(account.admin);
  const place = { provider, connectionId };
  for (let at = 0; at < 2; at += 1)
    expect((await signInSaying(world.operator, place, claimsOf(userName))).errors).toBeUndefined();
  expect((await mailTo(userName)).subject).toMatch(/^You can sign in to/);
  expect(world.mailServer.mails.filter(({ to }) => to === userName)).toHaveLength(1);
});
