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

const openBranch = async (page: Page, name: string): Promise<void> => {
  const card = page.locator('.react-flow__node').filter({ hasText: name });
  await card.getByRole('button', { name: /^Open \d+ reports/ }).click({ timeout: 5_000 });
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
  { name: 'org-chart', path: '/org-chart', prepare: (page) => openBranch(page, 'Callum Jones') },
  { name: 'provisioning', path: '/provisioning' },
  { name: 'tokens', path: '/tokens' },
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

/** What there is to see where nobody has been provisioned. */
export const EMPTY_VIEWS: readonly View[] = VIEWS.filter(({ prepare }) => prepare === undefined).concat({
  name: 'org-chart',
  path: '/org-chart',
});

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

/** Takes the picture of a view once it has settled. */
export async function picture(context: BrowserContext, { path, prepare }: View): Promise<Buffer> {
  const page = await context.newPage();
  try {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    await prepare?.(page);
    await page.waitForLoadState('networkidle');
    // The camera of the chart and the dialogs come to rest.
    await page.waitForTimeout(700);
    return await page.screenshot();
  } finally {
    await page.close();
  }
}
