import { readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@rollcall/embedded-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runWith } from '../testing/command-line.ts';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'rollcall-cli-backup-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

const guide = readFileSync(join(import.meta.dirname, '../../../../docs/guides/backup.md'), 'utf8');

/** The command of the guide, its words after the program's name. */
function fromGuide(name: string, backup: string): string[] {
  const [, command] = new RegExp(`^\`\`\`sh ${name}\\nnpx rollcall (.*)$`, 'm').exec(guide) ?? [];
  if (command === undefined) throw new Error(`The guide has no command ${name}.`);
  return command.replace('"$BACKUP"', backup).split(' ');
}

test('the guide backs up the embedded database at rest, and brings it back', async () => {
  const [home, backup] = [join(parent, 'home'), join(parent, 'backup')];
  const environment = { ROLLCALL_DATA_DIR: home };
  const dataDirectory = join(home, 'postgres');
  const postgres = await startPostgres({ dataDirectory });
  const inUse = await runWith(environment, fromGuide('embedded-backup', backup));
  expect(inUse).toMatchObject({ code: 1, stdout: '' });
  expect(inUse.stderr).toContain(`in use by process ${process.pid}`);
  await postgres.createDatabase('told_by_the_backup');
  await postgres.stop();

  const made = await runWith(environment, [...fromGuide('embedded-backup', backup), '--json']);
  expect(made.stderr).toBe('');
  const { files } = JSON.parse(made.stdout);
  const taken = await runWith(environment, fromGuide('embedded-restore', backup));
  expect(taken).toMatchObject({ code: 1, stderr: expect.stringContaining('Move ') });

  await rename(dataDirectory, `${dataDirectory}.away`);
  const restored = await runWith(environment, fromGuide('embedded-restore', backup));
  expect(restored).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`${files} files. Start the server.`),
  });
  const again = await startPostgres({ dataDirectory });
  expect(await again.createDatabase('told_by_the_backup')).toBe(false);
  await again.stop();
}, 120_000);

test.each(['backup', 'restore'])(
  '%s refuses while DATABASE_URL leads elsewhere, with the way out',
  async (name) => {
    const environment = { ROLLCALL_DATA_DIR: parent, DATABASE_URL: 'postgres://db.example/rollcall' };
    const { code, stdout, stderr } = await runWith(environment, [name, join(parent, 'of-another')]);
    expect([code, stdout]).toEqual([1, '']);
    for (const word of ['DATABASE_URL is set', 'pg_dump', 'pg_restore', 'docs/guides/backup.md'])
      expect(stderr).toContain(word);
  },
);

test('without a database the command says where it looked', async () => {
  const nothing = join(parent, 'nothing');
  const { code, stderr } = await runWith({ ROLLCALL_DATA_DIR: nothing }, [
    'backup',
    join(parent, 'of-nothing'),
  ]);
  expect(code).toBe(1);
  expect(stderr).toContain(`There is no database in ${join(nothing, 'postgres')}.`);
});
