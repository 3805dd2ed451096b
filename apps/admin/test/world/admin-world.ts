import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type Page, startBrowser } from '@rollcall/testkit/browser';
import { testDatabase } from '@rollcall/testkit/database';
import { createTestAccount, type TestAccount } from './account.ts';
import { freePort, type RunningProcess, startProcess } from './process.ts';

const ADMIN = fileURLToPath(new URL('../..', import.meta.url));
const SERVER = fileURLToPath(new URL('../../../server', import.meta.url));

const PROXY_SECRET = 'between-the-admin-and-the-server-of-a-test';

/** The built server on a database of its own. */
interface TestServer extends RunningProcess {
  readonly origin: string;
}

/** The built admin in front of the built server, an account, and a browser. */
export interface AdminWorld {
  readonly account: TestAccount;
  /** Where the admin is. */
  readonly origin: string;
  readonly serverOrigin: string;
  readonly browser: Browser;
  /** A page of a browser that nobody has signed in with; fails the test when a script of it fails. */
  newPage(options?: Parameters<Browser['newContext']>[0]): Promise<Page>;
  stopServer(): Promise<void>;
  /** Starts the server again where it was. */
  startServer(): Promise<void>;
  /** Another node on the same database, which the admin does not know. */
  startAnotherServer(): Promise<TestServer>;
  close(): Promise<void>;
}

/** Starts everything that a test in the browser needs; the server also hears those variables. */
export async function openAdminWorld(serverVariables: Record<string, string> = {}): Promise<AdminWorld> {
  const database = await testDatabase();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-admin-test-'));
  const serverPort = await freePort();
  const adminPort = await freePort();
  const origin = `http://localhost:${adminPort}`;
  const serve = async (port: number): Promise<TestServer> => {
    const at = `http://127.0.0.1:${port}`;
    const running = await startProcess({
      script: join(SERVER, 'dist/main.js'),
      directory: SERVER,
      variables: {
        DATABASE_URL: database.url,
        ROLLCALL_DATA_DIR: dataDirectory,
        SERVER_PORT: String(port),
        ADMIN_URL: origin,
        ROLLCALL_PROXY_SECRET: PROXY_SECRET,
        ...serverVariables,
      },
      readyUrl: `${at}/readyz`,
    });
    return { ...running, origin: at };
  };
  let server = await serve(serverPort);
  const [admin, browser, account] = await Promise.all([
    startAdmin(adminPort, server.origin),
    startBrowser(),
    readFile(join(dataDirectory, 'operator-token'), 'utf8').then((token) =>
      createTestAccount(server.origin, token.trim()),
    ),
  ]);
  const failures: Error[] = [];
  return {
    account,
    origin,
    serverOrigin: server.origin,
    browser,
    async newPage(options) {
      const context = await browser.newContext({ baseURL: origin, ...options });
      const page = await context.newPage();
      page.on('pageerror', (error) => failures.push(error));
      return page;
    },
    stopServer: () => server.stop(),
    async startServer() {
      server = await serve(serverPort);
    },
    startAnotherServer: async () => serve(await freePort()),
    async close() {
      await browser.close();
      await admin.stop();
      await server.stop();
      await database.drop();
      await rm(dataDirectory, { recursive: true });
      if (failures.length > 0) throw new AggregateError(failures, 'Scripts of the pages failed.');
    },
  };
}

function startAdmin(port: number, serverOrigin: string): Promise<RunningProcess> {
  return startProcess({
    script: join(ADMIN, 'src/server/main.ts'),
    directory: ADMIN,
    variables: {
      PORT: String(port),
      ROLLCALL_SERVER_URL: serverOrigin,
      ROLLCALL_PROXY_SECRET: PROXY_SECRET,
    },
    readyUrl: `http://127.0.0.1:${port}/sign-in`,
  });
}

/** Signs in as the admin of the account would, and waits until the first page is live: only then it hears the keyboard. */
export async function signIn(
  page: Page,
  { email, password }: Pick<TestAccount, 'email' | 'password'>,
): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/activity');
  await page.getByRole('status', { name: /^Live/ }).waitFor();
}
