import { type OpenIdProvider, startOpenIdProvider } from '@rollcall/testkit/openid-provider';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld } from './world/admin-world.ts';

let world: AdminWorld;
let provider: OpenIdProvider;
let redirectUri: string;
beforeAll(async () => {
  provider = await startOpenIdProvider();
  world = await openAdminWorld({ ALLOWED_PRIVATE_HOSTS: 'localhost' });
  ({ redirectUri } = await world.account.connectProvider({
    name: 'Contoso',
    issuer: provider.issuer,
    clientId: 'rollcall',
    clientSecret: 'a secret of the client',
  }));
  provider.register({
    client_id: 'rollcall',
    client_secret: 'a secret of the client',
    redirect_uris: [redirectUri],
  });
  await world.account.provision(
    { userName: 'eve@example.com', displayName: 'Eve Single', externalId: 'eve' },
    world.serverOrigin,
  );
});
afterAll(async () => {
  await world.close();
  await provider.close();
});

test('somebody signs in at their identity provider, without a password and without a mouse', async () => {
  provider.person = { sub: 'eve' };
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}&next=/people`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(`${world.origin}/people`);
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.context().close();
});

test('whom the provider does not let in is told in words, with the request, and can use a password', async () => {
  provider.person = null;
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Your identity provider did not sign you in' });
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/Request/);
  await page.getByLabel('E-mail').fill(world.account.email);
  await page.getByRole('button', { name: 'Use a password' }).click();
  await page.getByLabel('Password', { exact: true }).fill(world.account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/activity');
  await page.context().close();
});

test('a password can be used before anything is asked of an address, wherever that would lead', async () => {
  const page = await world.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(world.account.email);
  await page.getByRole('button', { name: 'Use a password' }).click();
  await page.getByLabel('Password', { exact: true }).fill(world.account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/activity');
  await page.context().close();
});

test('a sign-in that another site began goes on only when somebody wants it', async () => {
  provider.person = { sub: 'eve' };
  const page = await world.newPage();
  await page.goto(`/sign-in?account=${world.account.id}`);
  await page.getByRole('button', { name: 'Sign in with Contoso' }).click();
  await page.waitForURL('**/activity');
  const id = new URL(redirectUri).pathname.split('/').at(-2);
  await page.goto(`/sign-in?confirm=${id}&next=/people`);
  await page.getByRole('status').filter({ hasText: 'Another site sent you here' }).waitFor();
  await page.getByRole('link', { name: 'Go on to sign in' }).click();
  await page.waitForURL(`${world.origin}/people`);
  await page.context().close();
});
