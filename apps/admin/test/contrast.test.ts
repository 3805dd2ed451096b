import type { Page } from '@rollcall/testkit/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { palette } from '../src/components/people/person-name.ts';
import { type AdminWorld, openAdminWorld, signIn } from './world/admin-world.ts';

let world: AdminWorld;
/** Somebody who is in a group. */
let cy: string;
beforeAll(async () => {
  world = await openAdminWorld();
  const { account, serverOrigin } = world;
  cy = await account.provision(
    { userName: 'cy@example.com', displayName: 'Cy Report', title: 'Engineer' },
    serverOrigin,
  );
  await account.push('Product', [cy]);
  await account.mutate('mutation ($input: IssueTokenInput!) { issueToken(input: $input) { token { id } } }', {
    kind: 'SCIM',
    name: 'Nightly',
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
});
afterAll(() => world?.close());

/** The texts of the page, once no colour changes any more, whose contrast is below WCAG 2.2 AA (1.4.3): 4.5, or 3 for large type. */
const tooFaint = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    /** As the colour of a button does when it may be pressed. */
    const changing = () =>
      document
        .getAnimations()
        .filter((animation) => animation instanceof CSSTransition && animation.playState === 'running');
    for (let ending = changing(); ending.length > 0; ending = changing())
      await Promise.allSettled(ending.map(({ finished }) => finished));
    type Colour = readonly [red: number, green: number, blue: number, alpha: number];
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    if (canvas === null) throw new Error('There is no canvas.');
    /** Any notation of CSS; the canvas reads it as the screen does. */
    const read = (colour: string): Colour => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    };
    const over = (top: Colour, bottom: Colour): Colour => {
      const mix = (at: 0 | 1 | 2) => top[at] * top[3] + bottom[at] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const background = (element: Element | null): Colour => {
      if (element === null) return [255, 255, 255, 1];
      const own = read(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own : over(own, background(element.parentElement));
    };
    const luminance = ([red, green, blue]: Colour): number => {
      const linear = (part: number) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4;
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    };
    const contrast = (element: Element): number => {
      const behind = background(element);
      const text = luminance(over(read(getComputedStyle(element).color), behind));
      const [light, dark] = [text, luminance(behind)].sort((one, other) => other - one);
      return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
    };
    const isSeen = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.closest('[disabled], [data-disabled]') === null;
    const faint: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement: element, textContent } = texts.currentNode;
      if (!element || !textContent?.trim() || !isSeen(element)) continue;
      const { fontSize, fontWeight } = getComputedStyle(element);
      const large = Number.parseFloat(fontSize) >= (Number(fontWeight) >= 700 ? 18.66 : 24);
      const ratio = contrast(element);
      if (ratio < (large ? 3 : 4.5)) faint.push(`${textContent.trim()}: ${ratio.toFixed(2)}`);
    }
    return [...new Set(faint)];
  });

const pages = [
  '/activity',
  '/people',
  '/teams',
  '/org-chart',
  '/org-chart?view=teams',
  '/org-chart?panel=problems',
  '/org-structure',
  '/provisioning',
  '/roles',
  '/group-mapping',
  '/group-mapping?tab=sso',
  '/group-mapping/role-source',
  '/sign-in-settings',
  '/sign-in-settings/new',
  '/sign-in-settings/new?preset=ENTRA&protocol=SAML',
  '/tokens',
  '/tokens?show=expiring',
  '/profile',
];

/** Shows an avatar in each colour: which one somebody has depends on their id. Runs in the page. */
function showAvatars(colors: readonly string[]): void {
  const avatar = document.querySelector('.mantine-Avatar-root:has(.mantine-Avatar-placeholder)');
  const style = avatar?.getAttribute('style') ?? '';
  if (!avatar || !style.includes('--mantine-color-')) throw new Error('There is no coloured avatar.');
  for (const color of colors) {
    const copy = avatar.cloneNode(true) as Element;
    copy.setAttribute('style', style.replaceAll(/--mantine-color-[a-z]+-/g, `--mantine-color-${color}-`));
    for (const text of copy.children) text.textContent = color;
    document.body.append(copy);
  }
}

async function findFaint(colorScheme: 'light' | 'dark'): Promise<string[]> {
  const page = await world.newPage({ colorScheme, reducedMotion: 'reduce' });
  const faint: string[] = [];
  const look = async (path: string) => {
    faint.push(...(await tooFaint(page)).map((text) => `${path} ${colorScheme} ${text}`));
  };
  for (const path of ['/sign-in', '/forgot-password', '/set-password#rc_reset_x', '/set-password']) {
    await page.goto(path);
    await page.getByRole('heading').waitFor();
    await look(path);
  }
  await signIn(page, world.account);
  const past = `/org-chart?panel=changes&at=${new Date(Date.now() - 1_000).toISOString()}`;
  for (const path of [...pages, past, `/people/${cy}`]) {
    await page.goto(path);
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await page.waitForLoadState('networkidle');
    await look(path);
  }
  await page.goto('/roles');
  await page.getByRole('button', { name: 'Change the default roles' }).click();
  const defaults = page.getByRole('dialog', { name: 'Default roles' });
  await defaults.getByRole('checkbox', { name: 'view-only' }).check();
  await defaults.getByRole('button', { name: 'Save' }).click();
  await defaults.getByText('The role view-only never combines with another').waitFor();
  await look('a refusal');
  await page.goto('/people');
  await page.locator('.mantine-Avatar-root').first().waitFor();
  await page.evaluate(showAvatars, palette);
  await look('avatars');
  return faint;
}

test('every text can be read in both themes', async () => {
  expect(await Promise.all([findFaint('light'), findFaint('dark')])).toEqual([[], []]);
}, 180_000);
