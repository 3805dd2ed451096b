import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiLimits } from '@rollcall/core';
import { expect } from 'vitest';
import { httpGraphQL } from '../../clients/graphql-client.ts';
import { buildProgram, killPrograms, type ServerProgram, startServerProgram } from '../../program.ts';
import { type Company, companyAt, openServerWorld, type ServerWorld, tokenOf } from '../../world.ts';
import type { IdentityProvider } from './asking.ts';
import { type MemoryWatch, watchMemory } from './memory.ts';
import { type Victim, victimOf } from './victim.ts';

/** The account that attacks. */
export interface Attacker extends Company {
  readonly idp: Company['idp'] & IdentityProvider;
  /** Of the API, as many as may have all the subscriptions that an account may have. */
  readonly tokens: readonly string[];
  /** A custom attribute of which everybody has a value. */
  readonly badgeId: string;
}

/** The server as a process of its own, one account that attacks it, and another one that has work to do. */
export interface Stage {
  readonly server: ServerProgram;
  readonly attacker: Attacker;
  readonly victim: Victim;
  /** Waits until PostgreSQL works on nothing that was asked before. */
  quiet(): Promise<void>;
  /** Looks at how much the server's process has in memory from now on. */
  watchMemory(): MemoryWatch;
  close(): Promise<void>;
}

/** The name of an attribute that everybody has. */
const BADGE = 'badge';

/** A write whose client is gone goes on to its end. */
const QUIET_WITHIN_MS = 120_000;

/** Most people that one mutation creates. */
const BATCH = 1000;

export async function openStage(people: number, variables: Readonly<Record<string, string>>): Promise<Stage> {
  await buildProgram();
  const world = await openServerWorld();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'rollcall-stalls-'));
  const server = await startServerProgram({
    ...variables,
    DATABASE_URL: world.world.databaseUrl,
    ROLLCALL_DATA_DIR: dataDirectory,
  });
  const attacker = await attackerAt(server.origin, world.world);
  for (let from = 0; from < people; from += BATCH) await createPeople(attacker, from);
  const victim = await victimOf(await companyAt(server.origin, world.world, 'Victim'), server.origin);
  return {
    server,
    attacker,
    victim,
    async quiet() {
      await expect
        .poll(() => activeStatements(world.core.database.pool), { timeout: QUIET_WITHIN_MS })
        .toBe(0);
    },
    watchMemory: () => watchMemory(server.child.pid),
    async close() {
      await victim.close();
      await killPrograms();
      await rm(dataDirectory, { recursive: true });
      await world.close();
    },
  };
}

const TOKENS = apiLimits.maxSubscriptionsPerAccount / apiLimits.maxSubscriptionsPerCredential;

async function attackerAt(origin: string, world: ServerWorld['world']): Promise<Attacker> {
  const company = await companyAt(origin, world, 'Attacker');
  const tokens = [];
  for (let n = 0; n < TOKENS; n += 1) {
    const tool = await company.withPermissions('account:read', 'users:read', 'teams:read', 'events:read');
    tokens.push(tokenOf(tool));
  }
  // Known to the server from now on, however many wrong credentials come from the same address.
  for (const token of [...tokens, tokenOf(company.admin)])
    await httpGraphQL(origin, { authorization: `Bearer ${token}` }).ask('{ viewer { kind } }');
  const { createCustomAttribute } = await company.admin.query<{
    createCustomAttribute: { customAttribute: { id: string } };
  }>(
    `mutation { createCustomAttribute(input: { name: "${BADGE}", type: STRING }) { customAttribute { id } } }`,
  );
  const badgeId = createCustomAttribute.customAttribute.id;
  return { ...company, idp: { ...company.idp, id: company.id }, tokens, badgeId };
}

type Pool = ServerWorld['core']['database']['pool'];

async function activeStatements(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()`,
  );
  return rows[0]?.count ?? 0;
}

async function createPeople({ idp }: Company, from: number): Promise<void> {
  const users = Array.from({ length: BATCH }, (_, at) => personOf(from + at));
  await idp.query(
    'mutation ($input: CreateUsersInput!) { createUsers(input: $input) { results { user { id } } } }',
    { input: { users } },
  );
}

/** What a directory tells of somebody. */
const personOf = (n: number) => ({
  userName: `person-${n}@attacker.example`,
  displayName: `Person ${n}`,
  name: { givenName: `Given ${n}`, familyName: `Family ${n % 1000}` },
  title: `Title ${n % 50}`,
  department: `Department ${n % 30}`,
  customAttributes: [{ name: BADGE, value: String(n) }],
  emails: [
    { value: `person-${n}@attacker.example`, type: 'work', primary: true },
    { value: `home-${n}@attacker.example`, type: 'home' },
  ],
});
