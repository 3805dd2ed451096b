import type { Browser, BrowserContext, Page } from '@rollcall/testkit/browser';

/** One page of the admin as somebody sees it. */
export interface View {
  readonly name: string;
  readonly path: string;
  /** What to do there before the picture is taken. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** How somebody looks at the admin. */
export interface Look {
  readonly name: string;
  readonly colorScheme: 'light' | 'dark';
  readonly viewport: { readonly width: number; readonly height: number };
}

const wide = { width: 1280, height: 800 };

export const LOOKS: readonly Look[] = [
  { name: 'light', colorScheme: 'light', viewport: wide },
  { name: 'dark', colorScheme: 'dark', viewport: wide },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 390, height: 844 } },
];

const cardOf = (page: Page, name: string | RegExp) =>
  page.locator('.react-flow__node').filter({ hasText: name }).first();

/** Opens what is folded under the cards, one after the other. */
const openBranches = async (page: Page, names: readonly (string | RegExp)[]): Promise<void> => {
  for (const name of names) {
    await cardOf(page, name).getByRole('button', { name: /^Open/ }).click({ timeout: 5_000 });
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(500);
  }
};

const clickCard = (page: Page, name: string | RegExp) =>
  cardOf(page, name).locator('[data-card]').click({ timeout: 5_000 });

const fitChart = (page: Page) => page.locator('.react-flow__controls-fitview').click();

/** Asks the API as whoever is signed in. */
const ask = async <Data>(page: Page, query: string, variables: object): Promise<Data> => {
  const answer = await page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/graphql', { method: 'POST', headers, body })).json();
  }, JSON.stringify({ query, variables }));
  return (answer as { data: Data }).data;
};

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Has the members of a group have a role by it. */
const mapGroup = async (page: Page, group: string, role: string): Promise<void> => {
  const { roles, teams } = await ask<Record<'roles' | 'teams', { nodes: Named[] }>>(
    page,
    `query ($group: String!) {
      roles { nodes { id name } }
      teams(filter: { origin: DIRECTORY, displayName: { equals: $group } }) { nodes { id name: displayName } }
    }`,
    { group },
  );
  const teamId = teams.nodes[0]?.id;
  const roleIds = roles.nodes.filter(({ name }) => name === role).map(({ id }) => id);
  const change = 'mutation ($input: SetGroupRolesInput!) { setGroupRoles(input: $input) { changed } }';
  await ask(page, change, { input: { teamId, roleIds } });
};

/** Makes a team by hand, of people of a department, unless it is there. */
const makeTeam = async (page: Page, displayName: string, department: string): Promise<void> => {
  const { users } = await ask<{ users: { nodes: { id: string }[] } }>(
    page,
    'query ($department: String!) { users(filter: { department: { equals: $department } }, first: 12) { nodes { id } } }',
    { department },
  );
  const memberIds = users.nodes.map(({ id }) => id);
  const create = 'mutation ($input: CreateTeamInput!) { createTeam(input: $input) { team { id } } }';
  await ask(page, create, { input: { displayName, memberIds, leadId: memberIds[0] } });
};

/** What there is to see in an account that has people, by the names that its directory always has. */
export const VIEWS: readonly View[] = [
  { name: 'activity', path: '/activity?kind=arrivals,changes,departures' },
  { name: 'activity-all', path: '/activity' },
  { name: 'people', path: '/people' },
  {
    name: 'person',
    path: '/people?q=Callum+Jones',
    prepare: async (page) => {
      await mapGroup(page, 'All managers', 'admin');
      await page.getByRole('link', { name: 'Callum Jones' }).first().click();
      await page.getByRole('heading', { name: 'History' }).waitFor();
    },
  },
  { name: 'teams', path: '/teams' },
  {
    name: 'team',
    path: '/teams?q=Engineering',
    prepare: async (page) => {
      await page
        .getByRole('link', { name: /Engineering/ })
        .first()
        .click();
      await page.getByRole('heading', { name: 'History' }).waitFor();
    },
  },
  {
    name: 'team-rehearsal',
    path: '/teams?q=Launch+crew',
    prepare: async (page) => {
      await makeTeam(page, 'Launch crew', 'Engineering');
      await page.reload();
      await page.getByRole('link', { name: 'Launch crew' }).first().click();
      await page.getByRole('button', { name: 'Actions for Launch crew' }).click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByRole('region', { name: 'What would change' }).waitFor();
    },
  },
  {
    name: 'org-structure',
    path: '/org-structure',
    prepare: async (page) => {
      await page.getByRole('radio', { name: 'Department' }).click();
      await page.getByRole('button', { name: 'Rehearse' }).click();
      await page.getByRole('region', { name: 'What saving would do' }).waitFor();
    },
  },
  { name: 'provisioning', path: '/provisioning' },
  { name: 'roles', path: '/roles' },
  {
    name: 'role',
    path: '/roles',
    prepare: async (page) => {
      await page.getByRole('link', { name: 'admin', exact: true }).click();
      await page.getByRole('heading', { name: 'Groups that give it' }).waitFor();
    },
  },
  { name: 'group-mapping', path: '/group-mapping' },
  { name: 'sign-in-settings', path: '/sign-in-settings' },
  { name: 'sign-in-set-up', path: '/sign-in-settings/new?preset=OKTA' },
  { name: 'tokens', path: '/tokens' },
  { name: 'profile', path: '/profile' },
  {
    name: 'own-token-form',
    path: '/profile',
    prepare: (page) => page.getByRole('button', { name: 'Issue a token' }).click(),
  },
  {
    name: 'token-form',
    path: '/tokens',
    prepare: (page) => page.getByRole('button', { name: 'Issue a token' }).click(),
  },
  {
    name: 'search',
    path: '/people',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Search' }).click();
      await page.getByPlaceholder('People, teams, pages…').fill('eng');
    },
  },
];

/** Gives somebody on the canvas another title, and waits until their card says so. */
const promote = async (page: Page, name: string | RegExp, title: string): Promise<void> => {
  const id = await cardOf(page, name).locator('[data-card]').getAttribute('data-card');
  const change = 'mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }';
  await ask(page, change, { input: { id, title } });
  await page.locator('[data-mark="changed"]').first().waitFor();
};

/** What there is to see of the org chart in an account of thousands of people, of whom some moved after a moment. */
export const chartViews = (beforeTheMoves: string): readonly View[] => [
  {
    name: 'org-chart',
    path: '/org-chart',
    prepare: async (page) => {
      await openBranches(page, ['Callum Jones', 'VP Engineering']);
      await fitChart(page);
      await promote(page, /(?<!Senior )Director Engineering/, 'Senior Director Engineering');
    },
  },
  {
    name: 'org-chart-focus',
    path: '/org-chart',
    prepare: async (page) => {
      await openBranches(page, ['Callum Jones', 'VP Engineering']);
      await clickCard(page, 'VP Engineering');
    },
  },
  {
    name: 'org-chart-wide',
    path: '/org-chart',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Open one level more' }).click();
      await page.waitForTimeout(2_000);
      await fitChart(page);
    },
  },
  {
    name: 'org-teams',
    path: '/org-chart?view=teams',
    prepare: async (page) => {
      await openBranches(page, [/^Engineering\d/, 'Engineering - Callum Jones']);
      await clickCard(page, 'Engineering - Callum Jones');
      // On a narrow screen the panel covers the button.
      await page.keyboard.press('f');
    },
  },
  { name: 'org-past', path: `/org-chart?panel=changes&at=${beforeTheMoves}` },
  { name: 'org-problems', path: '/org-chart?panel=problems' },
];

/** What there is to see where nobody has been provisioned. */
export const EMPTY_VIEWS: readonly View[] = VIEWS.filter(({ prepare }) => prepare === undefined).concat(
  { name: 'org-chart', path: '/org-chart' },
  { name: 'org-teams', path: '/org-chart?view=teams' },
  { name: 'org-structure', path: '/org-structure' },
);

/** Opens the browser's window with that look, signed in. */
export async function openSignedIn(
  browser: Browser,
  { baseURL, look, admin }: { baseURL: string; look: Look; admin: { email: string; password: string } },
): Promise<BrowserContext> {
  const { colorScheme, viewport } = look;
  const context = await browser.newContext({ baseURL, colorScheme, viewport, reducedMotion: 'reduce' });
  const response = await context.request.post('/auth/sign-in', { data: admin });
  if (!response.ok()) throw new Error(`Signing in was refused: ${await response.text()}`);
  return context;
}

/** Waits until nothing is being read any more, and nothing stands in for what is. */
const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle');
  const none = "document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root') === null";
  await page.waitForFunction(none, undefined, { timeout: 120_000 });
};

/** Takes the picture of a view once it has settled. */
export async function picture(context: BrowserContext, { path, prepare }: View): Promise<Buffer> {
  const page = await context.newPage();
  try {
    await page.goto(path);
    await settled(page);
    await prepare?.(page);
    await settled(page);
    // The camera of the chart and the dialogs come to rest.
    await page.waitForTimeout(700);
    return await page.screenshot();
  } finally {
    await page.close();
  }
}
