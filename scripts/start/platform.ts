import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../command.ts';
import { failWhenEnded, type Program, startProgram, untilReady } from './program.ts';
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
export async function startServer(settings: Settings, onStarted: (program: Program) => void): Promise<void> {
  const program = startProgram({
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
  });
  onStarted(program);
  await untilReady(program, `${localServerUrl(settings)}/readyz`);
}

/** Starts the admin and waits until it shows its sign-in page. */
export async function startAdmin(settings: Settings, onStarted: (program: Program) => void): Promise<void> {
  const directory = join(ROOT, 'apps/admin');
  const program = startProgram({
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
  });
  onStarted(program);
  await untilReady(program, `http://${settings.adminHost}:${settings.adminPort}/sign-in`);
}

/** How the processes of this machine reach the server. */
export const localServerUrl = ({ serverHost, serverPort }: Settings): string =>
  `http://${serverHost}:${serverPort}`;

/** What has been started, to be ended in the opposite order. */
export class Platform {
  readonly #programs: Program[] = [];
  readonly #failed = Promise.withResolvers<never>();

  constructor() {
    // Whoever waits for `failed` hears of it; until somebody does, it must not end the process.
    this.#failed.promise.catch(() => undefined);
  }

  /** Never resolves. @throws ProgramEnded as soon as one of the programs ends. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /** Takes a program in that has to run from now on. */
  readonly add = (program: Program): void => {
    this.#programs.push(program);
    failWhenEnded(program).catch(this.#failed.reject);
  };

  /** Takes a program in that ends by itself. */
  readonly addForAWhile = (program: Program): void => {
    this.#programs.push(program);
  };

  /** Ends everything; the server, which the admin needs, last. */
  async stop(): Promise<void> {
    for (const program of this.#programs.splice(0).reverse()) await program.stop();
  }
}
