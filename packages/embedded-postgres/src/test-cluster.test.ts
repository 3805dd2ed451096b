import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDirectory } from './directory-lock.ts';
import { setup, sweepLeftovers, TEST_POSTGRES_URL, testDatabase, testPostgresUrl } from './test-cluster.ts';

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('testDatabase', () => {
  it('gives each test a copy of the template', async () => {
    const template = await testDatabase();
    await run(template.url, "CREATE TABLE person AS SELECT 'Ada' AS name");
    const copies = await Promise.all([1, 2, 3].map(() => testDatabase({ template: template.name })));
    const [first, second] = copies;
    if (!first || !second) throw new Error('no copies');
    await run(first.url, "UPDATE person SET name = 'Grace'");
    expect(await run(second.url, 'SELECT name FROM person')).toEqual([{ name: 'Ada' }]);

    for (const database of [...copies, template]) await database.drop();
    await expect(run(first.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });

  it('is dropped though a session is still in it', async () => {
    const database = await testDatabase();
    const client = new Client({ connectionString: database.url });
    const ended = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await database.drop();
    expect(await ended).toMatchObject({ code: '57P01' });
  });
});

describe('setup', () => {
  const worker = process.env.VITEST_POOL_ID;
  afterEach(() => {
    process.env.VITEST_POOL_ID = worker;
  });

  it('uses the clusters that a run around it announced', async () => {
    const url = testPostgresUrl();
    const teardown = await setup({ config: { maxWorkers: 1 } });
    expect(testPostgresUrl()).toBe(url);
    await teardown();
    expect(testPostgresUrl()).toBe(url);
    expect(await run(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts a cluster for each worker that would have none, and stops no other', async () => {
    const announced = process.env[TEST_POSTGRES_URL] ?? '';
    const workers = announced.split(' ').length + 1;
    const teardown = await setup({ config: { maxWorkers: workers } });
    const systems = [];
    for (let number = 1; number <= workers; number += 1) {
      process.env.VITEST_POOL_ID = `${number}`;
      systems.push(...(await run(testPostgresUrl(), 'SELECT system_identifier FROM pg_control_system()')));
    }
    expect(new Set(systems.map((system) => JSON.stringify(system))).size).toBe(workers);

    const started = testPostgresUrl();
    await teardown();
    expect(testPostgresUrl).toThrow('no cluster for this worker');
    await expect(run(started, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    expect(process.env[TEST_POSTGRES_URL]).toBe(announced);
  });
});

describe('sweepLeftovers', () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'rollcall-sweep-'));
  });
  afterEach(() => rm(parent, { recursive: true }));

  const leftover = async (name: string) => {
    const directory = join(parent, `rollcall-test-postgres-${name}`);
    await mkdir(directory);
    return directory;
  };

  it('removes the clusters of runs that are gone, and no other', async () => {
    await writeFile(join(await leftover('killed'), 'lock.json'), '{"pid":1,"startedAt":"long ago"}');
    await utimes(await leftover('abandoned'), new Date(0), new Date(0));
    await leftover('starting');
    const running = await leftover('running');
    await lockDirectory(running, join(running, 'lock.json'));
    await mkdir(join(parent, 'something-else'));

    await sweepLeftovers(parent);
    expect((await readdir(parent)).sort()).toEqual([
      'rollcall-test-postgres-running',
      'rollcall-test-postgres-starting',
      'something-else',
    ]);
  });
});
