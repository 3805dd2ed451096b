import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphql } from '@rollcall/graphql-client';
import { runCommand } from '../command.ts';
import { createDemoAccount } from '../start/demo-account.ts';
import { asOperator, type Operator } from '../start/operator.ts';
import { localServerUrl, Platform, startServer } from '../start/platform.ts';
import { freePort } from '../start/port.ts';
import { readSettings } from '../start/settings.ts';

/** What a suite is pointed at. */
export interface Endpoint {
  /** The SCIM URL of an account that has nobody but its admin. */
  readonly url: string;
  readonly token: string;
}

const ACCOUNT = { name: 'Third party', adminEmail: 'admin@third-party.example', adminName: 'Ada Admin' };

const GetConnections = graphql(`query ThirdPartyConnections { connections { nodes { id } } }`);

const UpdateConnection = graphql(
  `mutation ThirdPartyUpdateConnection($input: UpdateConnectionInput!) { updateConnection(input: $input) { connection { id } } }`,
);

/** Builds and starts a server with a database of its own, lends it, and leaves nothing behind. */
export async function withServer<T>(use: (endpoint: Endpoint) => Promise<T>): Promise<T> {
  const built = await runCommand([
    'turbo',
    'run',
    'build',
    '--filter=@rollcall/server',
    '--output-logs=errors-only',
  ]);
  if (built !== 0) throw new Error('The server could not be built.');
  const directory = await mkdtemp(join(tmpdir(), 'rollcall-third-party-'));
  const settings = {
    ...readSettings({ ROLLCALL_DATA_DIR: directory, SERVER_PORT: String(await freePort()) }),
  };
  const platform = new Platform();
  try {
    await startServer(settings, platform);
    const { accountId, scimToken } = await asOperator(settings, async (operator) => {
      const account = await createDemoAccount(operator, ACCOUNT);
      await takePasswords(operator, account.accountId);
      return account;
    });
    return await use({ url: `${localServerUrl(settings)}/scim/v2/${accountId}`, token: scimToken });
  } finally {
    await platform.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Lets the connection set passwords, which the suites do and a connection may not unless it is set so. */
async function takePasswords(operator: Operator, accountId: string): Promise<void> {
  const { connections } = await operator.execute(GetConnections, {}, accountId);
  for (const { id } of connections.nodes)
    await operator.execute(UpdateConnection, { input: { id, passwordSync: true } }, accountId);
}
