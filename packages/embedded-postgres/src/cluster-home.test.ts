import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openClusterHome } from './cluster-home.ts';
import { canEnter, runsAsRoot } from './server-user.ts';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'rollcall-home-'));
  await chmod(parent, 0o755);
});
afterEach(() => rm(parent, { recursive: true }));

describe('openClusterHome', () => {
  it('is the requested directory where the server can enter it', async () => {
    const requested = join(parent, 'data');
    const home = await openClusterHome(requested);
    expect(home).toMatchObject({ directory: requested, cluster: join(requested, 'cluster') });
    expect(canEnter(home.directory, home.user)).toBe(true);
  });

  it('follows the note of an earlier start', async () => {
    const [requested, elsewhere] = [join(parent, 'data'), join(parent, 'elsewhere')];
    await mkdir(requested);
    await mkdir(elsewhere);
    await writeFile(join(requested, 'moved-to.txt'), `${elsewhere}\n\nexplanation`);
    expect(await openClusterHome(requested)).toMatchObject({ directory: elsewhere });

    await rm(elsewhere, { recursive: true });
    await expect(openClusterHome(requested)).rejects.toThrow(`${elsewhere}, but that is gone`);
  });
});

describe.runIf(runsAsRoot())('openClusterHome below a directory closed to all but root', () => {
  const homes: string[] = [];
  const open = async () => {
    const home = await openClusterHome(join(parent, 'data'));
    homes.push(home.directory);
    return home;
  };
  beforeEach(() => chmod(parent, 0o700));
  afterEach(async () => {
    for (const home of homes.splice(0)) await rm(home, { recursive: true, force: true });
  });

  it('is a directory that the server can enter, found again by its note', async () => {
    const home = await open();
    expect(home.directory).not.toContain(parent);
    expect(canEnter(home.directory, home.user)).toBe(true);
    expect(await readFile(join(parent, 'data', 'moved-to.txt'), 'utf8')).toContain(home.directory);
    await writeFile(join(home.directory, 'kept'), 'data');
    expect((await open()).directory).toBe(home.directory);
    expect(await readFile(join(home.directory, 'kept'), 'utf8')).toBe('data');
  });
});
