/**
 * Takes pictures of every page of the admin: light, dark, narrow, of an account where nobody is, and of the org chart of
 * thousands. All go to `.rollcall/screenshots`, to be looked at; those that the documentation shows go to `docs/images`.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulate } from '@rollcall/idp-simulator';
import { type Browser, startBrowser } from '@rollcall/testkit/browser';
import { ROOT } from './command.ts';
import {
  chartViews,
  EMPTY_VIEWS,
  LOOKS,
  openSignedIn,
  picture,
  VIEWS,
  type View,
} from './start/admin-pages.ts';
import { fillDemo, openDemo } from './start/demo.ts';
import { createDemoAccount } from './start/demo-account.ts';
import type { Demo } from './start/demo-file.ts';
import { asOperator } from './start/operator.ts';
import { build, localServerUrl, Platform, startAdmin, startServer } from './start/platform.ts';
import { waitFor } from './start/progress.ts';
import { readSettings, type Settings } from './start/settings.ts';

const ALL = join(ROOT, '.rollcall/screenshots');
const SHOWN = join(ROOT, 'docs/images');
/** An account that is as large as a company, for the org chart. */
const COMPANY = { idp: 'entra', users: 5_000, groups: 40, seed: 7, concurrency: 8 } as const;
const IN_THE_DOCUMENTATION = [
  'activity-light',
  'activity-dark',
  'person-light',
  'org-chart-light',
  'org-chart-dark',
  'org-teams-light',
  'org-teams-dark',
  'org-past-light',
  'org-structure-light',
  'tokens-light',
  'provisioning-light',
];

await main();

async function main(): Promise<void> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-screenshots-'));
  const ports = { PORT: '4180', SERVER_PORT: '4181' };
  const settings = readSettings({ ...ports, ...process.env, ROLLCALL_DATA_DIR: dataDirectory });
  const platform = new Platform();
  try {
    await Promise.race([takeAll(settings, platform), platform.failed]);
  } finally {
    await platform.stop();
    await rm(dataDirectory, { recursive: true });
  }
}

async function takeAll(settings: Settings, platform: Platform): Promise<void> {
  await waitFor('Building', () => build(settings.logDirectory, platform.addForAWhile));
  await waitFor('Starting the server', () => startServer(settings, platform));
  await waitFor('Starting the admin', () => startAdmin(settings, platform));
  const full = await waitFor('Filling an account', async () => {
    const demo = await openDemo(settings);
    await fillDemo(demo, settings, { onProgress: () => undefined, signal: new AbortController().signal });
    return demo;
  });
  const empty = await asOperator(settings, (operator) =>
    createDemoAccount(operator, {
      name: 'Contoso',
      adminEmail: 'kim@contoso.example',
      adminName: 'Kim Nowak',
    }),
  );
  const large = await waitFor(`Filling an account with ${COMPANY.users} people`, () => fillCompany(settings));
  await mkdir(ALL, { recursive: true });
  await mkdir(SHOWN, { recursive: true });
  const browser = await startBrowser();
  try {
    await take(browser, { settings, admin: full.admin, views: VIEWS, suffix: '' });
    await take(browser, { settings, admin: empty.admin, views: EMPTY_VIEWS, suffix: '-empty' });
    await take(browser, {
      settings,
      admin: large.admin,
      views: chartViews(large.beforeTheMoves),
      suffix: '',
    });
  } finally {
    await browser.close();
  }
}

interface Company {
  readonly admin: Demo['admin'];
  /** A moment before some were hired, moved and left. */
  readonly beforeTheMoves: string;
}

/** Makes an account, provisions everybody as Entra ID would, and then what changed since. */
async function fillCompany(settings: Settings): Promise<Company> {
  const { accountId, scimToken, admin } = await asOperator(settings, (operator) =>
    createDemoAccount(operator, {
      name: 'Fabrikam',
      adminEmail: 'sam@fabrikam.example',
      adminName: 'Sam Rivera',
    }),
  );
  const provision = async (cycles: 'initial' | 'delta') => {
    const url = `${localServerUrl(settings)}/scim/v2/${accountId}`;
    const onProgress = () => undefined;
    const { signal } = new AbortController();
    const { stopped } = await simulate({ ...COMPANY, cycles, url, token: scimToken, onProgress, signal });
    if (stopped) throw new Error(`The company could not be provisioned: ${stopped}`);
  };
  await provision('initial');
  const beforeTheMoves = new Date().toISOString();
  await provision('delta');
  return { admin, beforeTheMoves };
}

interface Shoot {
  readonly settings: Settings;
  readonly admin: { email: string; password: string };
  readonly views: readonly View[];
  readonly suffix: string;
}

async function take(browser: Browser, { settings, admin, views, suffix }: Shoot): Promise<void> {
  for (const look of LOOKS) {
    const context = await openSignedIn(browser, { baseURL: settings.adminUrl, look, admin });
    for (const view of views) {
      const name = `${view.name}${suffix}-${look.name}`;
      const image = await waitFor(name, () => picture(context, view));
      await writeFile(join(ALL, `${name}.png`), image);
      if (IN_THE_DOCUMENTATION.includes(name)) await writeFile(join(SHOWN, `${name}.png`), image);
    }
    await context.close();
  }
}
