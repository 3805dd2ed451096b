import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
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
  // The arguments that the package proposes are left out: they switch off origins and run everything in one process,
  // which one page can take down.
  return chromium.launch({ executablePath: await unpackedBrowser() });
}

/** The browser is compressed in its package and unpacked once: for each user, as no other may run what one unpacked. */
async function unpackedBrowser(): Promise<string> {
  const own = join(tmpdir(), `rollcall-browser-${userInfo().uid}`);
  const browser = join(own, 'chromium');
  if (!existsSync(browser)) await unpackInto(own);
  return browser;
}

/** Unpacks beside the final name and renames, so that nobody starts a browser of which only a part is there. */
async function unpackInto(directory: string): Promise<void> {
  const { TMPDIR } = process.env;
  const unfinished = await mkdtemp(`${directory}-`);
  process.env.TMPDIR = unfinished;
  try {
    await chromiumForLinux.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  // Whoever was quicker has unpacked the same.
  await rename(unfinished, directory).catch(() => rm(unfinished, { recursive: true }));
}
