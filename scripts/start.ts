/**
 * Starts the whole platform on this machine: database, server, admin and, unless ROLLCALL_DEMO is off, an account
 * with people. Runs until it is told to stop; a part that ends is started again, until that happens too often.
 */
import { ensureDataDirectory } from './start/data-directory.ts';
import { fillDemo, openDemo } from './start/demo.ts';
import type { Demo } from './start/demo-file.ts';
import { build, Platform, startAdmin, startServer } from './start/platform.ts';
import { ensureFree } from './start/port.ts';
import { namePhases, waitFor } from './start/progress.ts';
import { readSettings, type Settings } from './start/settings.ts';
import { welcome } from './start/welcome.ts';

/** Told to stop: the end that is wanted. */
class Stopped extends Error {}

process.exitCode = await main();

async function main(): Promise<number> {
  const platform = new Platform();
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Stopped());
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGHUP', interrupt);
  interruptWhenOrphaned(interrupt);
  const stopped = new Promise<never>((_resolve, reject) => {
    interruption.signal.addEventListener('abort', () => reject(interruption.signal.reason));
  });
  try {
    await Promise.race([start(readSettings(process.env), platform, interruption.signal), stopped]);
    await Promise.race([platform.failed, stopped]);
    return 0;
  } catch (error) {
    const wanted = error instanceof Stopped;
    if (wanted) process.stdout.write('\nStopping …\n');
    else process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
    interruption.abort(error);
    await platform.stop();
    return wanted ? 0 : 1;
  }
}

async function start(settings: Settings, platform: Platform, signal: AbortSignal): Promise<void> {
  const startedAt = performance.now();
  await ensureFree(settings.serverHost, settings.serverPort, 'SERVER_PORT');
  await ensureFree(settings.adminHost, settings.adminPort, 'PORT');
  await ensureDataDirectory(settings.dataDirectory);
  const failed = platform.failed;
  const step = <T>(title: string, work: () => Promise<T>) =>
    waitFor(title, () => Promise.race([work(), failed]));

  await waitFor('Building server and admin', () => build(settings.logDirectory, platform.addForAWhile));
  signal.throwIfAborted();
  const database = process.env.DATABASE_URL ? 'the server' : 'PostgreSQL and the server';
  await step(`Starting ${database}`, () => startServer(settings, platform));
  const demo = settings.demo ? await provideDemo(settings, step, signal) : undefined;
  await step('Starting the admin', () => startAdmin(settings, platform));
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  process.stdout.write(`\nRollcall runs, after ${seconds} s.\n${welcome(settings, demo)}`);
}

async function provideDemo(
  settings: Settings,
  step: <T>(title: string, work: () => Promise<T>) => Promise<T>,
  signal: AbortSignal,
): Promise<Demo> {
  const demo = await step('Opening the demo account', () => openDemo(settings));
  if (!demo.filled) {
    await step('Provisioning 180 people over SCIM, as Entra ID does', () =>
      fillDemo(demo, settings, { onProgress: namePhases(), signal }),
    );
  }
  return demo;
}

/** npm runs this in a shell that, told to stop, ends without passing it on. */
function interruptWhenOrphaned(interrupt: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const { ppid } = process;
  setInterval(() => process.ppid !== ppid && interrupt(), 500).unref();
}
