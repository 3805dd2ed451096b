import type { Locator, Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

let world: AdminWorld;
let people: Page;
let teams: Page;
let whileEdWasHere: number;
/** The ids of those who are provisioned. */
let ids: Record<'bo' | 'cy' | 'di' | 'ed', string>;

beforeAll(async () => {
  world = await openAdminWorld();
  const { account, serverOrigin } = world;
  const hire = (userName: string, displayName: string, department: string, manager?: string) =>
    account.provision({ userName, displayName, department, ...(manager && { manager }) }, serverOrigin);
  await account.mutate(
    'mutation ($input: UpdateOrgStructureInput!) { updateOrgStructure(input: $input) { orgStructure { createTeams } } }',
    { createTeams: 'MANAGER' },
  );
  const bo = await hire('bo@example.com', 'Bo Boss', 'Sales');
  const cy = await hire('cy@example.com', 'Cy Chief', 'Design');
  await hire('gil@example.com', 'Gil Report', 'Design', cy);
  ids = {
    bo,
    cy,
    di: await hire('di@example.com', 'Di Mover', 'Sales', bo),
    ed: await hire('ed@example.com', 'Ed Leaver', 'Sales', bo),
  };
  people = await world.newPage();
  await signIn(people, account);
  teams = await people.context().newPage();
  await people.goto('/org-chart');
  await teams.goto('/org-chart?view=teams');
  await Promise.all(
    [people, teams].map((page) => page.evaluate(() => document.body.setAttribute('data-same-page', ''))),
  );
});
afterAll(() => world?.close());

const card = (page: Page, name: string | RegExp): Locator =>
  page.locator('.react-flow__node').filter({ hasText: name });
const marked = (page: Page, name: string, mark: string) =>
  card(page, name).locator(`[data-mark="${mark}"]`).first().waitFor();
const panel = (page: Page, name: string) => page.getByRole('complementary', { name });
const isSamePage = (page: Page) => page.evaluate(() => document.body.hasAttribute('data-same-page'));

/** The ends of the slider's scale, in milliseconds since 1970. */
async function ends(page: Page): Promise<[number, number]> {
  const thumb = page.getByRole('slider', { name: 'Moment of the chart' });
  const value = async (name: string) => Number(await thumb.getAttribute(name));
  return [await value('aria-valuemin'), await value('aria-valuemax')];
}

/** Drags the time to a moment, and does something before letting it go. */
async function dragTo(page: Page, moment: number, meanwhile?: () => Promise<void>): Promise<void> {
  await page.bringToFront();
  const from = await page.getByRole('slider', { name: 'Moment of the chart' }).boundingBox();
  const track = await page.locator('.mantine-Slider-track').boundingBox();
  if (!from || !track) throw new Error('There is no slider.');
  const y = from.y + from.height / 2;
  await page.mouse.move(from.x + from.width / 2, y);
  await page.mouse.down();
  await page.mouse.move(track.x + track.width / 2, y, { steps: 4 });
  // From here on the scale stands still.
  const [least, most] = await ends(page);
  const x = track.x + (track.width * (moment - least)) / (most - least);
  await page.mouse.move(x, y, { steps: 4 });
  await meanwhile?.();
  await page.mouse.up();
}

test('a move appears in both views without reloading', async () => {
  await card(people, 'Di Mover').waitFor();
  await card(teams, 'Sales').first().waitFor();
  await card(teams, 'Sales - Bo Boss').filter({ hasText: '2 members' }).waitFor();
  await card(people, 'Di Mover').getByRole('button').first().click();
  await panel(people, 'Di Mover').getByText('Sales - Bo Boss').waitFor();

  await world.account.move(ids.di, ids.cy);
  await Promise.all([
    marked(people, 'Di Mover', 'changed'),
    card(people, 'Cy Chief').getByRole('button', { name: '1 report' }).waitFor(),
    panel(people, 'Di Mover').getByText('Design - Cy Chief').waitFor(),
    card(teams, 'Sales - Bo Boss').filter({ hasText: '1 member' }).waitFor(),
    people.getByRole('log').getByText('Di Mover').waitFor(),
  ]);
  whileEdWasHere = Date.now();
  expect(await Promise.all([people, teams].map(isSamePage))).toEqual([true, true]);
});

test('a new team appears in both views, and its first member', async () => {
  await world.account.mutate(
    'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }',
    { displayName: 'Tiger team', memberIds: [ids.di] },
  );
  await Promise.all([
    marked(teams, 'Tiger team', 'arrived'),
    teams.getByRole('log').getByText('Tiger team').first().waitFor(),
    panel(people, 'Di Mover').getByText('Tiger team').waitFor(),
  ]);
  await card(teams, 'Tiger team').getByRole('button').first().click();
  await panel(teams, 'Tiger team').getByRole('button', { name: 'Di Mover' }).waitFor();
});

test('a leaver fades from both views, and the slider brings the past back', async () => {
  await card(people, 'Ed Leaver').waitFor();
  await world.account.remove(ids.ed);
  await Promise.all([
    marked(people, 'Ed Leaver', 'left'),
    marked(teams, 'Sales - Bo Boss', 'left'),
    people.getByRole('log').getByText('Ed Leaver left').waitFor(),
  ]);
  await Promise.all([
    card(people, 'Ed Leaver').waitFor({ state: 'detached' }),
    card(teams, 'Sales - Bo Boss').waitFor({ state: 'detached' }),
  ]);

  for (const page of [people, teams]) {
    await dragTo(page, whileEdWasHere);
    await page.getByRole('button', { name: 'Back to now' }).waitFor();
  }
  await card(people, 'Ed Leaver').waitFor();
  await card(teams, 'Sales - Bo Boss').waitFor();
  expect(new URL(people.url()).searchParams.get('at')).not.toBeNull();

  await people.getByRole('button', { name: 'What changed since' }).click();
  await panel(people, 'What changed').getByText('Ed Leaver').waitFor();
  await people.getByRole('button', { name: 'Back to now' }).click();
  await card(people, 'Ed Leaver').waitFor({ state: 'detached' });
  expect(await Promise.all([people, teams].map(isSamePage))).toEqual([true, true]);
});

test('what happens while the past is shown waits for the way back', async () => {
  await world.account.provision(
    { userName: 'fay@example.com', displayName: 'Fay Late', manager: ids.cy },
    world.serverOrigin,
  );
  await teams.getByText(/· \d+ new/).waitFor();
  await teams.getByRole('button', { name: 'Back to now' }).click();
  await card(teams, 'Tiger team').waitFor();
  await card(people, 'Fay Late').waitFor();
});

test('the scale stands still while the time is dragged, and follows the clock again', async () => {
  const page = await people.context().newPage();
  await page.clock.install();
  await page.goto('/org-chart');
  await card(page, 'Di Mover').waitFor();
  let held: [number, number] | undefined;
  await dragTo(page, whileEdWasHere, async () => {
    held = await ends(page);
    await page.clock.fastForward(60_000);
    await page.getByText(/^\d+m ago$/).waitFor();
    expect(await ends(page)).toEqual(held);
  });
  await expect.poll(async () => (await ends(page))[1]).toBeGreaterThan((held?.[1] ?? 0) + 40_000);
  await page.close();
});

test('who goes back to now before the slider rests stays there', async () => {
  const page = await people.context().newPage();
  await page.clock.install();
  await page.goto('/org-chart');
  await card(page, 'Di Mover').waitFor();
  await dragTo(page, whileEdWasHere);
  await page.clock.fastForward(1000);
  const back = page.getByRole('button', { name: 'Back to now' });
  await back.waitFor();
  await page.getByRole('slider', { name: 'Moment of the chart' }).press('ArrowLeft');
  await back.click();
  await page.clock.fastForward(1000);
  await back.waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.get('at')).toBeNull();
  await page.close();
});

test('the problems say that they are of now while the past is shown', async () => {
  await people.getByRole('button', { name: /^Problems/ }).click();
  await panel(people, 'Problems').getByText('Ada Admin').first().waitFor();
  expect(await panel(people, 'Problems').getByText('problems of now').count()).toBe(0);
  await dragTo(people, whileEdWasHere);
  await panel(people, 'Problems').getByText('problems of now').waitFor();
  await panel(people, 'Problems').getByRole('button', { name: 'Show the chart of now' }).click();
  await panel(people, 'Problems').getByText('problems of now').waitFor({ state: 'detached' });
  await people.getByText('As it was on').waitFor({ state: 'detached' });
  await people.getByRole('button', { name: 'Close the panel' }).click();
});

test('what moved while the server was gone is moved when it is back', async () => {
  const { account } = world;
  await card(people, 'Gil Report').waitFor();
  await Promise.all(
    [people, teams].map((page) => page.evaluate(() => document.body.setAttribute('data-same-page', ''))),
  );
  await world.stopServer();
  await people.getByRole('status').filter({ hasText: 'Reconnecting' }).waitFor();
  const another = await world.startAnotherServer();
  await account.provision(
    { userName: 'hal@example.com', displayName: 'Hal Meanwhile', department: 'Design', manager: ids.cy },
    another.origin,
  );
  await another.stop();
  await world.startServer();
  await Promise.all([
    card(people, 'Hal Meanwhile').waitFor(),
    teams.getByRole('log').getByText('Hal Meanwhile').first().waitFor(),
  ]);
  expect(await Promise.all([people, teams].map(isSamePage))).toEqual([true, true]);
});

test('a link to somebody who is not on the chart says so', async () => {
  await people.goto(`/org-chart?focus=${crypto.randomUUID()}`);
  await people.getByText('Not on the chart of this moment.').waitFor();
  await card(people, 'Di Mover').waitFor();
});

test('switching the view keeps who is in focus, with the mouse and the keyboard', async () => {
  await people.goto(`/org-chart?focus=${ids.di}`);
  await card(people, 'Di Mover').waitFor();
  const views = people.getByRole('radiogroup', { name: 'View' }).locator('label');
  await views.filter({ hasText: 'Teams' }).click();
  await panel(people, 'Design - Cy Chief').waitFor();
  await views.filter({ hasText: 'People' }).click();
  await panel(people, 'Di Mover').waitFor();
  await card(people, 'Di Mover').getByRole('button').first().press('v');
  await panel(people, 'Design - Cy Chief').waitFor();
});
