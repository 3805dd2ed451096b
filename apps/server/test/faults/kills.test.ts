import { testDatabase } from '@rollcall/embedded-postgres/test-cluster';
import { openDatabaseProxy } from '@rollcall/testkit';
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest';
import { buildProgram, killPrograms, type ServerProgram } from '../program.ts';
import { inForm, tell } from './figures.ts';
import { openScene, type Scene } from './scene.ts';

/** How often each fault happens. */
const ROUNDS = inForm(2, 30);
/** So many writes are acknowledged between two. */
const WRITES_BETWEEN = inForm(40, 200);
const LONG_ENOUGH_MS = inForm(120_000, 1_800_000);

beforeAll(buildProgram);
afterAll(killPrograms);

type Fault = () => Promise<unknown>;

/** Has these faults happen in turns, and tells what is lost of what was acknowledged: nothing. */
async function survive(
  context: TestContext,
  scene: Scene,
  faults: readonly Fault[],
  rounds = ROUNDS,
): Promise<void> {
  const { load } = scene;
  const recoveries: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const fault of faults) {
      await load.untilAcknowledged(WRITES_BETWEEN);
      const began = performance.now();
      await fault();
      await load.untilAcknowledged(1);
      recoveries.push(performance.now() - began);
    }
  await load.untilAcknowledged(WRITES_BETWEEN);
  const { acknowledged, ...reckoning } = await scene.reckon();
  const { lost, halves, doubled, heard } = reckoning;
  const misheard = heard.flatMap(({ missed, twice, gone }) => [missed, twice, gone]);
  const sorted = recoveries.sort((a, b) => a - b).map(Math.round);
  tell(context, {
    faults: recoveries.length,
    'writes acknowledged': acknowledged,
    'writes lost': lost.length,
    'events lost or doubled': misheard.reduce((a, b) => a + b, halves.length + doubled.length),
    'writes again after, ms (median, longest)': `${sorted[sorted.length >> 1]}, ${sorted.at(-1)}`,
  });
  const all = { gaps: 0, missed: 0, twice: 0, gone: 0, inOrder: true };
  expect(reckoning).toEqual({ lost: [], halves: [], doubled: [], heard: heard.map(() => all) });
  await scene.close();
}

/** Kills the server as nothing else does, and starts it again. */
const restarting = (scene: Scene) => async () => {
  await scene.endServer('SIGKILL');
  await scene.startServer();
};

/** The process of the database that the server has started. */
const postmasterOf = ({ messages, line }: ServerProgram): number =>
  Number(messages.findLast((message) => message.startsWith('PostgreSQL runs again'))?.match(/\d+/)?.[0]) ||
  Number(line('PostgreSQL runs').postmaster);

test(
  'the database is killed, then the server and the database at once',
  async (context) => {
    const scene = await openScene();
    const killDatabase = async () => {
      const again = scene.server.says(/PostgreSQL runs again/);
      process.kill(postmasterOf(scene.server), 'SIGKILL');
      await again;
    };
    await survive(context, scene, [killDatabase, restarting(scene)]);
  },
  LONG_ENOUGH_MS,
);

test(
  'the server is killed and its database is elsewhere',
  async (context) => {
    const database = await testDatabase();
    const scene = await openScene({ databaseUrl: database.url });
    await survive(context, scene, [restarting(scene)]);
    await killPrograms();
    await database.drop();
  },
  LONG_ENOUGH_MS,
);

/** What a way to the database does to its packets until it is mended. */
const troubles = [
  ['is cut', 'cut', ROUNDS],
  // Until it is given up, nothing is known: seconds each time.
  ['swallows everything', 'freeze', inForm(1, 10)],
] as const;

test.for(troubles)(
  'the way to the database %s',
  { timeout: LONG_ENOUGH_MS },
  async ([, trouble, rounds], context) => {
    const database = await testDatabase();
    const proxy = await openDatabaseProxy(database.url);
    const scene = await openScene({ databaseUrl: proxy.url });
    const breakAndMend = async () => {
      proxy[trouble]();
      await scene.load.untilRefused(1);
      proxy.mend();
    };
    await survive(context, scene, [breakAndMend], rounds);
    await killPrograms();
    await proxy.close();
    await database.drop();
  },
);
