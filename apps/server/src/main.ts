import { join } from 'node:path';
import { startCore } from '@rollcall/core';
import { startPostgres } from '@rollcall/embedded-postgres';
import { type Logger, pino } from 'pino';
import { openDataDirectory } from './data-directory.ts';
import { encryptionKeys } from './encryption-keys.ts';
import { type Environment, mailOf, rateLimitsOf, readEnvironment, timeOutsOf } from './environment.ts';
import { configuredUrl } from './http/public-url.ts';
import { operatorToken } from './operator-token.ts';
import { createServer } from './server.ts';
import { StartRefused, saysAll } from './start-refused.ts';

/** How long a stop may take before the process ends anyway. */
const STOP_WITHIN_MS = 15_000;

type Stop = () => Promise<unknown>;

/** What the parts may do with the process that they are parts of. */
interface Process {
  readonly logger: Logger;
  /** Has something ended when the process stops. */
  onStop(stop: Stop): void;
  /** Stops the process, with an exit code that tells whoever watches over it to start it anew. */
  fail(error: Error): void;
}

async function start(environment: Environment, process: Process): Promise<void> {
  const { logger, onStop } = process;
  const { ROLLCALL_DATA_DIR, SERVER_HOST, SERVER_PORT, PUBLIC_URL, ADMIN_URL } = environment;
  if (needsDataDirectory(environment)) await openDataDirectory(ROLLCALL_DATA_DIR);
  const databaseUrl = environment.DATABASE_URL ?? (await ownDatabase(ROLLCALL_DATA_DIR, process));
  const core = await startCore({
    databaseUrl,
    poolSize: environment.DATABASE_POOL_SIZE,
    publicUrl: configuredUrl(PUBLIC_URL, SERVER_PORT),
    operatorSecret: environment.ROLLCALL_OPERATOR_TOKEN ?? (await operatorToken(ROLLCALL_DATA_DIR)),
    allowedPrivateHosts: environment.ALLOWED_PRIVATE_HOSTS,
    encryptionKeys: environment.ROLLCALL_ENCRYPTION_KEYS ?? (await encryptionKeys(ROLLCALL_DATA_DIR)),
    mail: mailOf(environment),
    adminUrl: ADMIN_URL,
    logger,
  });
  onStop(() => core.close());
  const app = await createServer({
    core,
    logger,
    publicUrl: PUBLIC_URL,
    allowedOrigins: [ADMIN_URL],
    allowedHosts: environment.ALLOWED_HOSTS,
    trustedProxies: {
      addresses: environment.TRUSTED_PROXIES,
      secret: environment.ROLLCALL_PROXY_SECRET,
    },
    rateLimits: rateLimitsOf(environment),
    timeOuts: timeOutsOf(environment),
    publicIntrospection: environment.PUBLIC_INTROSPECTION,
  });
  onStop(() => app.close());
  const address = await app.listen({ host: SERVER_HOST, port: SERVER_PORT }).catch(explainPort);
  logger.info({ address }, 'ready');
}

/** Not where the database, the token and the keys are given: such a server may run on a disk that is read-only. */
const needsDataDirectory = (environment: Environment): boolean =>
  environment.DATABASE_URL === undefined ||
  environment.ROLLCALL_OPERATOR_TOKEN === undefined ||
  environment.ROLLCALL_ENCRYPTION_KEYS === undefined;

function explainPort(error: NodeJS.ErrnoException): never {
  if (error.syscall !== 'listen' && error.syscall !== 'getaddrinfo') throw error;
  throw new StartRefused(
    `SERVER_HOST, SERVER_PORT: the server can't listen there (${error.message}). End what does, or name another address or port, such as 127.0.0.1 and 4000.`,
    { cause: error },
  );
}

async function ownDatabase(dataDirectory: string, { logger, onStop, fail }: Process): Promise<string> {
  const postgres = await startPostgres({
    dataDirectory: join(dataDirectory, 'postgres'),
    onProgress: (message) => logger.info(message),
    onTrouble: (message) => logger.error(message),
    onGivenUp: fail,
  });
  onStop(() => postgres.stop());
  logger.info({ port: postgres.port, postmaster: postgres.postmasterPid }, 'PostgreSQL runs');
  return postgres.url();
}

/** Runs the server until it is told to stop; then ends what it began, the last first. */
async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const logger = pino({ level: environment.LOG_LEVEL });
  const stops: Stop[] = [];
  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    // Also when nothing is left to wait for before all has ended.
    process.exitCode = code;
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    for (const end of stops.reverse()) {
      await end().catch((error: unknown) => logger.error({ err: error }, 'a part did not stop cleanly'));
    }
    logger.info('stopped');
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(0));
  const fail = (error: Error) => {
    logger.fatal({ err: error }, 'the server can not go on');
    void stop(1);
  };
  try {
    await start(environment, { logger, onStop: (end) => stops.push(end), fail });
  } catch (error) {
    if (saysAll(error)) logger.fatal(error.message);
    else logger.fatal({ err: error }, 'the server could not start');
    await stop(1);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(saysAll(error) ? `${error.message}\n` : `${String(error)}\n`);
  process.exitCode = 1;
});
