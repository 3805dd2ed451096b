import { readFile } from 'node:fs/promises';
import type { Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

let world: AdminWorld;
let page: Page;
beforeAll(async () => {
  world = await openAdminWorld();
  const { account, serverOrigin } = world;
  const john = await account.provision(
    { userName: 'john@example.com', displayName: 'John Harrison', department: 'Sales' },
    serverOrigin,
  );
  const amy = { userName: 'amy@example.com', displayName: 'Amy Adams', department: 'Sales', manager: john };
  await account.provision(amy, serverOrigin);
  page = await world.newPage();
  await signIn(page, account);
});
afterAll(() => world?.close());

test('a structure is rehearsed, saved and rebuilt, and the chart shows its teams', async () => {
  await page.goto('/org-structure');
  await page.getByRole('radio', { name: 'Manager' }).click();
  await page.getByRole('button', { name: 'Rehearse' }).click();
  const plan = page.getByRole('region', { name: 'What saving would do' });
  await plan.getByText('Sales - John Harrison').waitFor();
  await page.getByText('None: 0 teams follow from people.').waitFor();

  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Rebuilt for 3 people').waitFor();
  await page.getByText('2 teams follow from people.').waitFor();
  await page.getByRole('link', { name: 'Show on the chart' }).click();
  await page.locator('.react-flow__node').filter({ hasText: 'Sales - John Harrison' }).waitFor();
});

test('ending teams is confirmed, and named with a count', async () => {
  await page.goto('/org-structure');
  await page.getByRole('radio', { name: 'None' }).click();
  await page.getByRole('button', { name: 'Rehearse' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  const question = page.getByRole('dialog', { name: 'Save and rebuild the teams?' });
  await question.getByText('2 teams end').waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('2 teams follow from people.').waitFor();
});

/** Chooses a kind of export and reads what comes. */
async function exported(item: RegExp): Promise<Buffer> {
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: item }).click(),
  ]);
  return readFile(await download.path());
}

test('the chart can be taken along as a drawing, a picture and a table', async () => {
  await page.goto('/org-chart');
  await page.locator('.react-flow__node').filter({ hasText: 'Amy Adams' }).waitFor();
  const svg = (await exported(/SVG/)).toString();
  expect(svg).toContain('John Harrison');
  expect(svg).toContain('Amy Adams');
  const png = await exported(/PNG/);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const table = (await exported(/CSV/)).toString().trim().split('\r\n');
  expect(table).toHaveLength(4);
  expect(table.find((line) => line.includes('amy@example.com'))).toContain('john@example.com,John Harrison');
});

test('the problems name who and why, and lead to their card', async () => {
  await page.goto('/org-chart?panel=problems');
  const panel = page.getByRole('complementary', { name: 'Problems' });
  await panel
    .getByRole('button', { name: /Ada Admin/ })
    .first()
    .click();
  await page.locator('[data-card][data-focused]').filter({ hasText: 'Ada Admin' }).waitFor();
});
