import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUpCluster, restoreCluster } from '@rollcall/embedded-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildProgram, killPrograms } from '../program.ts';
import { inForm, tell } from './figures.ts';
import { openScene, type Scene } from './scene.ts';

/** So many writes are acknowledged before the backup, after it and after the restore. */
const WRITES = inForm(60, 3000);

let directory: string;
beforeAll(async () => {
  await buildProgram();
  directory = await mkdtemp(join(tmpdir(), 'rollcall-restore-'));
});
afterAll(async () => {
  await killPrograms();
  await rm(directory, { recursive: true });
});

const backup = () => join(directory, 'backup');
const postgresIn = (dataDirectory: string) => join(dataDirectory, 'postgres');

/** Copies the database of a server that was stopped under load; gives how many writes had been answered. */
async function backUp({ load, dataDirectory, endServer, startServer }: Scene): Promise<number> {
  await load.untilAcknowledged(WRITES);
  await endServer('SIGTERM');
  const answered = load.writes.length;
  await backUpCluster({ dataDirectory: postgresIn(dataDirectory), backup: backup() });
  await startServer();
  return answered;
}

/** Goes back to the copy; gives how many writes had been answered, and how long it took. */
async function restore({ load, endServer, startServer }: Scene): Promise<{ answered: number; took: number }> {
  await load.untilAcknowledged(WRITES);
  await endServer('SIGKILL');
  const answered = load.writes.length;
  const began = performance.now();
  await restoreCluster({ dataDirectory: postgresIn(directory), backup: backup() });
  await startServer(directory);
  await load.untilAcknowledged(1);
  return { answered, took: Math.round(performance.now() - began) };
}

test('the database is restored from a backup while everybody goes on', async (context) => {
  // Whom the backup does not know, nobody finds any more.
  const scene = await openScene({ statuses: [503, 404] });
  const { load } = scene;
  const backedUp = await backUp(scene);
  const { answered, took } = await restore(scene);
  await load.untilAcknowledged(WRITES);
  const kept = () => [...load.writes.slice(0, backedUp), ...load.writes.slice(answered)];
  const { acknowledged, heard, ...faults } = await scene.reckon(kept);
  tell(context, {
    'writes acknowledged before the backup and after the restore': acknowledged,
    'writes lost': faults.lost.length,
    'events of the log that a follower missed or heard twice': heard
      .map(({ missed, twice }) => missed + twice)
      .join(', '),
    'writes again after, ms': took,
  });
  expect(faults).toEqual({ lost: [], halves: [], doubled: [] });
  const all = { gaps: 1, missed: 0, twice: 0, gone: expect.any(Number), inOrder: true };
  expect(heard).toEqual(heard.map(() => all));
  await scene.close();
}, 600_000);
