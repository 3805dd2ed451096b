import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ROOT } from '../command.ts';
import { failWhenEnded, type Program, type ProgramOptions, startProgram, untilReady } from './program.ts';
import type { Settings } from './settings.ts';

/** Builds the server and the admin; nothing is done where nothing changed. @throws Error with the build's last lines */
export async function build(logDirectory: string, onStarted: (program: Program) => void): Promise<void> {
  const program = startProgram({
    name: 'build',
    script: createRequire(import.meta.url).resolve('turbo/bin/turbo'),
    args: ['run', 'build', '--output-logs=errors-only'],
    variables: { TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1' },
    logDirectory,
  });
  onStarted(program);
  const { code } = await program.ended;
  if (code !== 0) throw new Error(`The build failed. ${await program.lastLines()}`);
}

/** Starts the server, which starts PostgreSQL unless DATABASE_URL names one, and waits until it can serve. */
export function startServer(settings: Settings, platform: Platform): Promise<void> {
  const program: ProgramOptions = {
    name: 'server',
    script: join(ROOT, 'apps/server/dist/main.js'),
    variables: {
      NODE_ENV: 'production',
      SERVER_PORT: String(settings.serverPort),
      ADMIN_URL: settings.adminUrl,
      ROLLCALL_PROXY_SECRET: settings.proxySecret,
      ROLLCALL_DATA_DIR: settings.dataDirectory,
    },
    logDirectory: settings.logDirectory,
    stopsChildren: true,
  };
  return platform.run(program, `${localServerUrl(settings)}/readyz`);
}

/** Starts the admin and waits until it shows its sign-in page. */
export function startAdmin(settings: Settings, platform: Platform): Promise<void> {
  const directory = join(ROOT, 'apps/admin');
  const program: ProgramOptions = {
    name: 'admin',
    script: join(directory, 'src/server/main.ts'),
    directory,
    variables: {
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: String(settings.adminPort),
      ADMIN_HOST: settings.adminHost,
      ROLLCALL_PROXY_SECRET: settings.proxySecret,
      ROLLCALL_SERVER_URL: localServerUrl(settings),
    },
    logDirectory: settings.logDirectory,
  };
  return platform.run(program, `http://${settings.adminHost}:${settings.adminPort}/sign-in`);
}

/** How the processes of this machine reach the server. */
export const localServerUrl = ({ serverHost, serverPort }: Settings): string =>
  `http://${serverHost}:${serverPort}`;

/** So often in a row is a program started again; one that ran for longer than ten minutes has a clean slate. */
const MAX_RESTARTS = 5;
const CLEAN_AFTER_MS = 10 * 60_000;
/** The pause before the first start anew; each is twice as long as the one before. */
const FIRST_PAUSE_MS = 500;

/** What has been started, to be ended in the opposite order. */
export class Platform {
  /** Those that run, by name. */
  readonly #programs = new Map<string, Program>();
  readonly #failed = Promise.withResolvers<never>();
  readonly #stopping = new AbortController();

  constructor() {
    // Whoever waits for `failed` hears of it; until somebody does, it must not end the process.
    this.#failed.promise.catch(() => undefined);
  }

  /** Never resolves. @throws ProgramEnded as soon as one of the programs has ended too often. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /**
   * Starts a program and waits until the URL answers. From then on it is started again when it ends by itself.
   * @throws ProgramEnded when it ends before
   */
  async run(options: ProgramOptions, url: string): Promise<void> {
    const program = startProgram(options);
    this.#programs.set(program.name, program);
    await untilReady(program, url);
    this.#keepRunning(program, options).catch(this.#failed.reject);
  }

  /** Takes a program in that ends by itself. */
  readonly addForAWhile = (program: Program): void => {
    this.#programs.set(program.name, program);
  };

  /** Ends everything; the server, which the admin needs, last. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const program of [...this.#programs.values()].reverse()) await program.stop();
  }

  async #keepRunning(first: Program, options: ProgramOptions): Promise<void> {
    const { signal } = this.#stopping;
    let program = first;
    for (let restarts = 0; ; restarts += 1) {
      const since = Date.now();
      const { how } = await program.ended;
      if (signal.aborted) return;
      if (Date.now() - since > CLEAN_AFTER_MS) restarts = 0;
      if (restarts >= MAX_RESTARTS) await failWhenEnded(program);
      process.stderr.write(`\nThe ${program.name} ended unexpectedly (${how}) and is started again.\n`);
      await delay(FIRST_PAUSE_MS * 2 ** restarts, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      program = startProgram({ ...options, continuesLog: true });
      this.#programs.set(program.name, program);
    }
  }
}
