import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hydrateSymlinks, provideBinaries } from './binaries.ts';
import { chooseServerUser } from './server-user.ts';

describe('provideBinaries', () => {
  it('finds a PostgreSQL that runs', async () => {
    const { initdb, postgres, majorVersion } = await provideBinaries(await chooseServerUser());
    expect(majorVersion).toBe('18');
    expect(initdb).toMatch(/bin\/initdb$/);
    expect(postgres).toMatch(/bin\/postgres$/);
  });
});

describe('hydrateSymlinks', () => {
  let native: string;
  beforeEach(async () => {
    native = join(await mkdtemp(join(tmpdir(), 'rollcall-binaries-')), 'native');
    await mkdir(join(native, 'lib'), { recursive: true });
    await writeFile(join(native, 'lib', 'libx.so.1.2'), 'library');
  });
  afterEach(() => rm(join(native, '..'), { recursive: true }));

  const list = (links: object[]) => writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));

  it('makes the links that an install without scripts lacks, once', async () => {
    await list([
      { source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so' },
      { source: 'native/lib/libx.so.1.2', target: 'native/lib/libx.so.1' },
    ]);
    expect(await hydrateSymlinks(native)).toBe(true);
    expect(await hydrateSymlinks(native)).toBe(true);
    expect(await readlink(join(native, 'lib', 'libx.so'))).toBe('libx.so.1.2');
    expect(await readFile(join(native, 'lib', 'libx.so.1'), 'utf8')).toBe('library');
  });

  it('tells when it could not', async () => {
    await list([{ source: 'native/lib/libx.so.1.2', target: 'native/missing/libx.so' }]);
    expect(await hydrateSymlinks(native)).toBe(false);
  });
});
