import type { Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

let world: AdminWorld;
beforeAll(async () => {
  world = await openAdminWorld();
});
afterAll(() => world?.close());

const live = (page: Page) => page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
const arrival = (page: Page, name: string) =>
  page.getByRole('article').filter({ hasText: `${name} arrived` });

/** Marks the page, to notice a reload, which would forget it. */
const mark = (page: Page) => page.evaluate(() => document.body.setAttribute('data-same-page', ''));
const isSamePage = (page: Page) => page.evaluate(() => document.body.hasAttribute('data-same-page'));

test('who is provisioned appears in the feed and in the org chart without reloading', async () => {
  const { account, serverOrigin } = world;
  const feed = await world.newPage();
  await signIn(feed, account);
  const boss = await account.provision({ userName: 'bo@example.com', displayName: 'Bo Boss' }, serverOrigin);
  await arrival(feed, 'Bo Boss').waitFor();

  const chart = await feed.context().newPage();
  await chart.goto('/org-chart');
  // Not the button of the same name in the list of what has just changed.
  const card = (name: string) => chart.locator('[data-kind="person"]').filter({ hasText: name });
  await card('Bo Boss').waitFor();
  await Promise.all([feed, chart].map(live));
  await Promise.all([feed, chart].map(mark));
  await account.provision(
    { userName: 'cy@example.com', displayName: 'Cy Report', title: 'Engineer', manager: boss },
    serverOrigin,
  );
  await arrival(feed, 'Cy Report').waitFor();
  await chart.getByRole('button', { name: 'Open 1 report' }).click();
  await card('Cy Report').waitFor();
  expect(await Promise.all([feed, chart].map(isSamePage))).toEqual([true, true]);
});

test('what happened while the server was gone is not missed, and comes once', async () => {
  const { account } = world;
  const page = await world.newPage();
  await signIn(page, account);
  await live(page);
  await account.provision({ userName: 'di@example.com', displayName: 'Di Before' }, world.serverOrigin);
  await arrival(page, 'Di Before').waitFor();
  await mark(page);

  await world.stopServer();
  await page.getByRole('status').filter({ hasText: 'Reconnecting' }).waitFor();
  const another = await world.startAnotherServer();
  await account.provision({ userName: 'ed@example.com', displayName: 'Ed Meanwhile' }, another.origin);
  await another.stop();
  await world.startServer();
  await account.provision({ userName: 'fay@example.com', displayName: 'Fay After' }, world.serverOrigin);

  await arrival(page, 'Fay After').waitFor();
  await live(page);
  const names = await page.getByRole('article').filter({ hasText: 'arrived' }).allInnerTexts();
  const arrived = names.map((text) => /(Di|Ed|Fay) \w+/.exec(text)?.[0]).filter(Boolean);
  expect(arrived).toEqual(['Fay After', 'Ed Meanwhile', 'Di Before']);
  expect(await isSamePage(page)).toBe(true);
});
