import { loadavg } from 'node:os';
import { readPostgresVersion } from './contenders/postgres-version.ts';
import { openStage } from './contenders/stage.ts';
import type { Options } from './options.ts';
import { describeResult } from './report/progress.ts';
import { type PhaseSummary, summarize } from './report/summary.ts';
import { type PhaseResult, run } from './run.ts';

const AT_A_TIME = 16;

/** What all runs came to. */
export interface Outcome {
  readonly phases: readonly PhaseSummary[];
  readonly postgresVersion: string;
  /** How many processes wanted a core in the minute before. */
  readonly loadBefore: number;
}

/**
 * Plays all runs, each on fresh databases, and tells how far it is.
 * @throws PhaseFailed at the first wrong answer, and the signal's reason when it is aborted
 */
export async function bench(
  { users, seconds, slices, runs, phases, contenders: names, profiles }: Options,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<Outcome> {
  const [loadBefore = 0] = loadavg();
  const all: PhaseResult[][] = [];
  let postgresVersion = '';
  for (let number = 1; number <= runs; number++) {
    signal.throwIfAborted();
    say(`Run ${number} of ${runs}: starting ${names.join(', ')}\n`);
    const stage = await openStage({ names, users, atATime: AT_A_TIME, profiles });
    try {
      const size = { users, atATime: AT_A_TIME, slices };
      const play = { size, seconds, signal };
      all.push(await run(phases, stage.contenders, play, (result) => say(describeResult(result))));
      for (const { databaseUrl } of stage.contenders)
        postgresVersion = await readPostgresVersion(databaseUrl);
    } finally {
      await stage.close();
    }
  }
  return { phases: summarize(all), postgresVersion, loadBefore };
}
