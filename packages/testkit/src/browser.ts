import chromiumForLinux from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

export type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

/**
 * Starts the browser of this machine without a window: the one that ROLLCALL_BROWSER names, else on 64-bit Linux the
 * one that npm installed, else an installed Chrome.
 *
 * @throws Error when there is none
 */
export async function startBrowser(): Promise<Browser> {
  const named = process.env.ROLLCALL_BROWSER;
  if (named) return chromium.launch({ executablePath: named });
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' });
  // It is compressed in its package and unpacked into the temporary directory once. The arguments that it proposes
  // are left out: they switch off origins and run everything in one process, which one page can take down.
  return chromium.launch({ executablePath: await chromiumForLinux.executablePath() });
}
