import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUpCluster, restoreCluster } from './backup.ts';
import { DataDirectoryInUse } from './directory-lock.ts';
import { startPostgres } from './start-postgres.ts';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'rollcall-backup-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

async function ask(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query({ text: statement, rowMode: 'array' });
  await client.end();
  return rows[0]?.[0];
}

const timeline = 'SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)';

test('a backup has what was there, its copy goes on as another timeline, and the original as it was', async () => {
  const [dataDirectory, copy, backup] = ['original', 'copy', 'backup'].map((name) => join(parent, name)) as [
    string,
    string,
    string,
  ];
  const postgres = await startPostgres({ dataDirectory });
  await ask(postgres.url(), 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n');
  const before = await ask(postgres.url(), timeline);
  await expect(backUpCluster({ dataDirectory, backup })).rejects.toThrow(DataDirectoryInUse);
  await postgres.stop();
  const files = await backUpCluster({ dataDirectory, backup });
  expect(files).toBeGreaterThan(500);
  await expect(backUpCluster({ dataDirectory, backup })).rejects.toThrow(/already.*another directory/);
  await expect(restoreCluster({ dataDirectory, backup })).rejects.toThrow(/already.*Move .* away/);

  expect(await restoreCluster({ dataDirectory: copy, backup })).toBe(files);
  const [original, restored] = [
    await startPostgres({ dataDirectory }),
    await startPostgres({ dataDirectory: copy }),
  ];
  expect(await ask(restored.url(), 'SELECT count(*)::int FROM kept')).toBe(1000);
  expect(await ask(original.url(), timeline)).toBe(before);
  expect(await ask(restored.url(), timeline)).not.toBe(before);
  await Promise.all([original.stop(), restored.stop()]);
  const again = await startPostgres({ dataDirectory: copy });
  expect(await ask(again.url(), 'SELECT count(*)::int FROM kept')).toBe(1000);
  await again.stop();

  await writeFile(join(backup, 'cluster', 'PG_VERSION'), '17\n');
  await expect(restoreCluster({ dataDirectory: join(parent, 'third'), backup })).rejects.toThrow(
    /not what it was: cluster.PG_VERSION/,
  );
}, 120_000);

test('where there is no database, or no backup, that is said', async () => {
  const nothing = join(parent, 'nothing');
  const backup = join(parent, 'of-nothing');
  await expect(backUpCluster({ dataDirectory: nothing, backup })).rejects.toThrow(/There is no database in/);
  await expect(restoreCluster({ dataDirectory: nothing, backup: nothing })).rejects.toThrow(
    /no whole backup/,
  );
});
