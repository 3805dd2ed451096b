import type { Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await openAdminWorld();
});
afterAll(() => world?.close());

const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
  });

test('from the first page to a person without a mouse', async () => {
  const { account } = world;
  await account.provision({ userName: 'cy@example.com', displayName: 'Cy Report' }, world.serverOrigin);
  const page = await world.newPage();
  await page.goto('/people');
  await page.waitForURL('**/sign-in?next=%2Fpeople');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.keyboard.type(account.email);
  await page.keyboard.press('Enter');
  await page.locator('input[type=password]:focus').waitFor();
  await page.keyboard.type(account.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/people');
  await page.getByText('Cy Report').waitFor();

  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to the content');

  await page.keyboard.press('/');
  await page.keyboard.type('cy rep');
  await page.getByRole('row').filter({ hasText: 'Ada Admin' }).waitFor({ state: 'hidden' });
  await page.keyboard.press('Tab');
  while (!(await focused(page)).includes('Cy Report')) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Cy Report' }).waitFor();
});

test('each page has its letters, and the list of shortcuts opens and closes', async () => {
  const page = await world.newPage();
  await signIn(page, world.account);
  for (const [letter, path] of [
    'p/people',
    't/teams',
    'o/org-chart',
    's/org-structure',
    'c/provisioning',
    'r/roles',
    'm/group-mapping',
    'i/sign-in-settings',
    'k/tokens',
  ].map((each) => [each.charAt(0), each.slice(1)] as const)) {
    await page.keyboard.press('g');
    await page.keyboard.press(letter);
    await page.waitForURL(`**${path}`);
  }
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
});

test('the org chart is walked, opened, narrowed and searched without a mouse', async () => {
  const { account, serverOrigin } = world;
  const boss = await account.provision({ userName: 'bo@example.com', displayName: 'Bo Boss' }, serverOrigin);
  const di = await account.provision(
    { userName: 'di@example.com', displayName: 'Di Middle', manager: boss },
    serverOrigin,
  );
  await account.provision({ userName: 'ed@example.com', displayName: 'Ed Deep', manager: di }, serverOrigin);
  const page = await world.newPage();
  await signIn(page, account);
  await page.goto('/org-chart');
  const card = (name: string) => page.locator('[data-card]').filter({ hasText: name });
  await card('Di Middle').waitFor();

  await page.keyboard.press('/');
  await page.keyboard.type('bo bo');
  await page.getByRole('option', { name: /Bo Boss/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('[data-focused]').filter({ hasText: 'Bo Boss' }).waitFor();

  await card('Bo Boss').focus();
  await page.keyboard.press('ArrowDown');
  await page.locator('[data-card]:focus').filter({ hasText: 'Di Middle' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await card('Ed Deep').waitFor();
  await page.keyboard.press('Enter');
  await card('Ed Deep').waitFor({ state: 'detached' });
  await page.keyboard.press('b');
  await page.getByRole('navigation', { name: 'Branch' }).getByText('Di Middle').waitFor();
  await card('Bo Boss').waitFor({ state: 'detached' });
  await page.keyboard.press('b');
  await card('Bo Boss').waitFor();

  await page.keyboard.press('Escape');
  await page.locator('[data-focused]').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Export' }).focus();
  await page.keyboard.press('Tab');
  expect(await focused(page)).toMatch(/^Org chart/);
  await page.keyboard.press('ArrowDown');
  await page.locator('[data-card]:focus').filter({ hasText: 'Bo Boss' }).waitFor();

  await page.getByRole('slider', { name: 'Moment of the chart' }).focus();
  await page.keyboard.press('Home');
  await page.getByText('As it was on').waitFor();
  await page.keyboard.press('End');
  await page.getByText('As it was on').waitFor({ state: 'hidden' });
});

test('who has the focus on the chart keeps it while out of sight', async () => {
  const { account, serverOrigin } = world;
  const gusId = await account.provision(
    { userName: 'gus@example.com', displayName: 'Gus Boss' },
    serverOrigin,
  );
  await account.provision(
    { userName: 'hal@example.com', displayName: 'Hal Low', manager: gusId },
    serverOrigin,
  );
  const page = await world.newPage();
  await signIn(page, account);
  await page.goto('/org-chart');
  const gus = page.locator('[data-card]').filter({ hasText: 'Gus Boss' });
  await gus.focus();
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, 6000);
  await gus.waitFor({ state: 'detached' });
  expect(await focused(page)).toMatch(/^Org chart/);
  await page.mouse.wheel(0, -6000);
  await page.locator('[data-card]:focus').filter({ hasText: 'Gus Boss' }).waitFor();
});

test('a wrong password is refused in words, and the form stays usable', async () => {
  const page = await world.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(world.account.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await page
    .getByRole('alert')
    .filter({ hasText: /password/i })
    .waitFor();
  await page.getByLabel('Password', { exact: true }).fill(world.account.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/activity');
});
