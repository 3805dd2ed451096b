import { type SamlProvider, startSamlProvider } from '@rollcall/testkit/saml-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld } from './world/admin-world.ts';

let world: AdminWorld;
let provider: SamlProvider;
beforeAll(async () => {
  provider = await startSamlProvider();
  world = await openAdminWorld({ ALLOWED_PRIVATE_HOSTS: 'localhost' });
  const { redirectUri } = await world.account.connectProvider({
    name: 'Contoso',
    protocol: 'SAML',
    groupsClaim: 'groups',
    saml: { metadataUrl: provider.metadataUrl },
  });
  const metadata = await fetch(redirectUri.replace(/acs$/, 'metadata'));
  provider.register(await metadata.text());
  await world.account.provision(
    { userName: 'eve@example.com', displayName: 'Eve Single', externalId: 'eve' },
    world.serverOrigin,
  );
});
afterAll(async () => {
  await world.close();
  await provider.close();
});

test('somebody signs in by SAML with their groups, by a form that the provider has the browser post', async () => {
  provider.person = { nameId: 'eve', attributes: { groups: ['Sales', 'Marketing'] } };
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}&next=/people`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).click();
  await page.waitForURL(`${world.origin}/people`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const cookies = await page.context().cookies(world.origin);
  expect(cookies.find(({ name }) => name.includes('session'))).toMatchObject({
    sameSite: 'Lax',
    httpOnly: true,
  });
  await page.context().close();
});

test('whom nothing links is told so in words', async () => {
  provider.person = { nameId: 'mallory', attributes: {} };
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).click();
  await page.getByRole('alert').filter({ hasText: 'nobody here is linked to you yet' }).waitFor();
  await page.context().close();
});
