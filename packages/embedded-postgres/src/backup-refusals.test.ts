import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backUpCluster, restoreCluster } from './backup.ts';
import { startPostgres } from './start-postgres.ts';

let parent: string;
let dataDirectory: string;
let good: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'rollcall-refused-backup-'));
  // The database's user has to pass through, or the database is elsewhere.
  await chmod(parent, 0o755);
  [dataDirectory, good] = [join(parent, 'data'), join(parent, 'good')];
  await (await startPostgres({ dataDirectory })).stop();
  await backUpCluster({ dataDirectory, backup: good });
}, 120_000);
afterAll(() => rm(parent, { recursive: true, force: true }));

test.each(['/proc/backup', '/proc/sys/a/b', '/dev/null/backup'])(
  '%s, where no directory can be made, is refused with the way out',
  async (backup) => {
    await expect(backUpCluster({ dataDirectory, backup })).rejects.toThrow(
      /could not be written \(.*choose another directory/,
    );
  },
);

test("a backup within the database's own directory is refused, also behind a link", async () => {
  const link = join(parent, 'link');
  await symlink(dataDirectory, link);
  for (const backup of [
    join(dataDirectory, 'backup'),
    join(dataDirectory, 'cluster', 'a', 'b'),
    join(link, 'backup'),
  ])
    await expect(backUpCluster({ dataDirectory, backup })).rejects.toThrow(/own directory.*Choose another/);
  expect(await readdir(dataDirectory)).not.toContain('backup');
});

test('a directory or file that is there already is left as it is', async () => {
  const taken = join(parent, 'taken');
  await mkdir(taken);
  await writeFile(join(taken, 'mine'), 'kept');
  for (const backup of [taken, join(taken, 'mine')])
    await expect(backUpCluster({ dataDirectory, backup })).rejects.toThrow(
      /is there already. Choose another/,
    );
  expect(await readdir(taken)).toEqual(['mine']);
});

test.each([
  ['empty', ''],
  ['cut off', '{"files": {"cluster/PG_VER'],
  ['something else', 'null'],
  ['a list of nothing', '{"files": {}}'],
  ['without a list', '{"files": null}'],
])('a backup whose manifest is %s is not restored, and that is said', async (_what, manifest) => {
  const backup = join(parent, 'broken');
  await cp(good, backup, { recursive: true });
  await writeFile(join(backup, 'manifest.json'), manifest);
  const home = join(parent, 'never');
  await expect(restoreCluster({ dataDirectory: home, backup })).rejects.toThrow(
    /no whole backup.*manifest.json is empty or broken. Take another/,
  );
  expect(await readdir(parent)).not.toContain('never');
  await rm(backup, { recursive: true });
});

test('on a disk that is full nothing is left that looks like a backup or a database', async ({ skip }) => {
  const disk = join(parent, 'disk');
  await mkdir(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=755', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    skip('Only root may make a small disk.');
  }
  try {
    const full = /could not be written \(ENOSPC.*nothing is left of it. Make room/;
    await expect(backUpCluster({ dataDirectory, backup: join(disk, 'backup') })).rejects.toThrow(full);
    expect(await readdir(disk)).toEqual([]);
    const home = join(disk, 'home');
    await expect(restoreCluster({ dataDirectory: home, backup: good })).rejects.toThrow(full);
    expect(await readdir(home)).toEqual([]);
  } finally {
    execFileSync('umount', [disk]);
  }
});
