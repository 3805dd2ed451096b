import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DataDirectoryInUse, findHolder, lockDirectory } from './directory-lock.ts';

describe('lockDirectory', () => {
  let directory: string;
  let lockFile: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rollcall-lock-'));
    lockFile = join(directory, 'lock.json');
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('refuses a second holder until the first releases', async () => {
    const lock = await lockDirectory(directory, lockFile);
    expect(lock.tookOver).toBe(false);
    await expect(lockDirectory(directory, lockFile)).rejects.toThrow(DataDirectoryInUse);
    await expect(lockDirectory(directory, lockFile)).rejects.toMatchObject({ pid: process.pid });

    await lock.release();
    await (await lockDirectory(directory, lockFile)).release();
    expect(await readdir(directory)).toEqual([]);
  });

  it.each([
    ['a process that is gone', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 'boot/1' })],
    ['an earlier process with the same id', JSON.stringify({ pid: process.pid, startedAt: 'boot/1' })],
    ['nobody, being cut off', '{"pid":'],
  ])('takes over a lock of %s', async (_, contents) => {
    await writeFile(lockFile, contents);
    expect(await lockDirectory(directory, lockFile)).toMatchObject({ tookOver: true });
    expect(await findHolder(lockFile)).toMatchObject({ pid: process.pid });
    expect(await readdir(directory)).toEqual(['lock.json']);
  });

  it('gives a stale lock to one of many', async () => {
    for (let round = 0; round < 20; round++) {
      await writeFile(lockFile, '');
      await writeFile(`${lockFile}.replacing`, 'left by a process that died in a takeover');
      const attempts = await Promise.allSettled(
        Array.from({ length: 10 }, () => lockDirectory(directory, lockFile)),
      );
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await readdir(directory)).toEqual(['lock.json']);
    }
  });
});
