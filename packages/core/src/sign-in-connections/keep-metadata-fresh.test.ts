import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { EventFeed } from '../events/event-feed.ts';
import { createGuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { fingerprintOf } from '../saml/certificates.ts';
import { makeKeyPair } from '../saml/key-pair.ts';
import { eventsAbout, refused, run, updateSignInConnection } from '../testing/directory.ts';
import { newSamlConnection, providerMetadata, refreshSamlMetadata } from '../testing/saml-connections.ts';
import { withClient } from '../testing/tables.ts';
import { useAccount, useWorld } from '../testing/world.ts';
import { readDueMetadata } from './keep-metadata-fresh.ts';

const ISSUER = 'https://login.example.com';
const world = useWorld({ allowedPrivateHosts: ['localhost'] });
const account = useAccount(world);
const fetch = createGuardedFetch({ allowedPrivateHosts: ['localhost'] });

/** What the provider answers at the address of its metadata, and how often it was asked. */
const provider = { status: 200, metadata: '', asked: 0 };
const server = createServer((_, response) => {
  provider.asked += 1;
  response.writeHead(provider.status).end(provider.metadata);
});
/** Certificates of the provider, one after the other. */
let first: string;
let second: string;
let id: string;

beforeAll(async () => {
  await new Promise<void>((listens) => server.listen(0, 'localhost', listens));
  [first = '', second = ''] = await Promise.all([1, 2].map(async () => (await makeKeyPair()).certificate));
});
afterAll(async () => {
  await fetch.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});
beforeEach(async () => {
  Object.assign(provider, { status: 200, metadata: providerMetadata(ISSUER, first) });
  const { port } = server.address() as AddressInfo;
  const metadataUrl = `http://localhost:${port}/metadata`;
  id = await newSamlConnection(account.admin, { issuer: null, saml: { metadataUrl } });
  provider.asked = 0;
});

/** Three processes look at one moment, after so many days. */
async function passDays(days: number): Promise<void> {
  await withClient(world.databaseUrl, (client) =>
    client.query(
      `UPDATE sign_in_connections SET metadata_check_at = metadata_check_at - $2::int * interval '1 day' WHERE id = $1`,
      [id, days],
    ),
  );
  const keeping = {
    database: world.core.database,
    feed: { announce: () => undefined } as unknown as EventFeed,
    fetch,
    log: pino({ level: 'silent' }),
  };
  await Promise.all([1, 2, 3].map(() => readDueMetadata(keeping)));
}

interface Shown {
  readonly issuer: string;
  readonly saml: {
    readonly metadataUrl: string | null;
    readonly metadataProblem: string | null;
    readonly metadataCheckedAt: string | null;
    readonly certificates: readonly { readonly pem: string }[];
  };
}
const shown = async (): Promise<Shown> =>
  (
    await account.admin.query<{ signInConnection: Shown }>(
      `query ($id: ID!) { signInConnection(id: $id) { issuer saml {
        metadataUrl metadataProblem metadataCheckedAt certificates { pem } } } }`,
      { id },
    )
  ).signInConnection;

/** What is known of the provider, and the types of the events that were told since it was set up. */
async function outcome() {
  const { issuer, saml } = await shown();
  const told = (await eventsAbout(account.admin, id)).map(({ type }) => type);
  return {
    issuer,
    certificates: saml.certificates.map(({ pem }) => pem),
    problem: saml.metadataProblem,
    told: told.filter((type) => type !== 'SIGN_IN_CONNECTION_CREATED'),
  };
}

test('the metadata are read once a day, by one process, and other certificates are taken and told', async () => {
  const known = { issuer: ISSUER, certificates: [first], problem: null, told: [] };
  await passDays(0);
  expect([provider.asked, await outcome()], 'not due yet').toEqual([0, known]);
  await passDays(2);
  expect([provider.asked, await outcome()]).toEqual([1, known]);
  provider.metadata = providerMetadata(ISSUER, first, second);
  await passDays(2);
  provider.metadata = providerMetadata(ISSUER, second, first);
  await passDays(2);
  expect(await outcome(), 'in another order they are the same').toEqual({
    ...known,
    certificates: [first, second],
    told: ['SIGN_IN_CONNECTION_UPDATED'],
  });
  const { events } = await account.admin.query<{ events: { nodes: object[] } }>(
    `{ events(first: 1, filter: { types: [SIGN_IN_CONNECTION_UPDATED] }) {
      nodes { actor { kind name } changes { field before after } } } }`,
  );
  expect(events.nodes).toEqual([
    {
      actor: { kind: 'SYSTEM', name: 'Metadata' },
      changes: [
        {
          field: 'certificates',
          before: [fingerprintOf(first)],
          after: [fingerprintOf(first), fingerprintOf(second)],
        },
      ],
    },
  ]);
});

test('what can not be read, or is of another provider, is told and shown, and changes nothing', async () => {
  const known = { issuer: ISSUER, certificates: [first] };
  provider.status = 500;
  await passDays(2);
  await passDays(2);
  const told = ['SAML_METADATA_FAILED'];
  expect(await outcome()).toEqual({ ...known, problem: expect.stringMatching(/^It answers 500/), told });
  Object.assign(provider, { status: 200, metadata: '<nonsense>' });
  await passDays(2);
  told.push('SAML_METADATA_FAILED');
  expect(await outcome()).toEqual({ ...known, problem: expect.stringContaining('no well-formed XML'), told });
  provider.metadata = providerMetadata('https://other.example.com', second);
  await passDays(2);
  told.push('SAML_METADATA_FAILED');
  expect(await outcome()).toEqual({
    ...known,
    problem: expect.stringContaining('another provider: their entityID is https://other.example.com'),
    told,
  });
  provider.metadata = providerMetadata(ISSUER, second);
  await passDays(2);
  told.push('SAML_METADATA_RECOVERED', 'SIGN_IN_CONNECTION_UPDATED');
  expect(await outcome()).toEqual({ issuer: ISSUER, certificates: [second], problem: null, told });
});

test('they are read at once for whoever asks, and no more once certificates are given by hand', async () => {
  provider.metadata = providerMetadata(ISSUER, second);
  const before = (await shown()).saml.metadataCheckedAt ?? '';
  const { signInConnection } = await run<{ signInConnection: { saml: { metadataCheckedAt: string } } }>(
    account.admin,
    refreshSamlMetadata,
    { signInConnectionId: id },
  );
  expect(Date.parse(signInConnection.saml.metadataCheckedAt)).toBeGreaterThan(Date.parse(before));
  expect(await outcome()).toMatchObject({ certificates: [second], told: ['SIGN_IN_CONNECTION_UPDATED'] });
  await run(account.admin, updateSignInConnection, { id, saml: { certificates: [first, second] } });
  expect((await shown()).saml).toMatchObject({ metadataUrl: null, metadataCheckedAt: null });
  await passDays(2);
  expect(provider.asked).toBe(1);
  for (const signInConnectionId of [id, await newSamlConnection(account.admin)])
    expect(await refused(account.admin, refreshSamlMetadata, { signInConnectionId })).toMatchObject({
      code: 'INVALID_INPUT',
      field: 'signInConnectionId',
    });
});
