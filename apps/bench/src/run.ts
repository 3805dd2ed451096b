import type { Contender, ContenderName } from './contenders/contender.ts';
import type { Phase } from './phases/phase.ts';
import { PhaseFailed, type PhaseFigures, type Play, playPhase } from './play.ts';
import { readBack } from './read-back.ts';
import { WrongAnswer } from './workload/expect.ts';

/** What the contenders did in one phase. */
export interface PhaseResult {
  readonly phase: Phase;
  readonly figures: ReadonlyMap<ContenderName, PhaseFigures>;
}

/**
 * Plays the phases one after the other and reads everything back at the end.
 * @throws PhaseFailed at the first wrong answer
 */
export async function run(
  phases: readonly Phase[],
  contenders: readonly Contender[],
  play: Play,
  onResult: (result: PhaseResult) => void,
): Promise<PhaseResult[]> {
  const results: PhaseResult[] = [];
  for (const phase of phases) {
    const played = await playPhase(phase, contenders, play);
    const figures = new Map([...played].map(([{ name }, one]) => [name, one]));
    results.push({ phase, figures });
    onResult({ phase, figures });
  }
  for (const { name, world } of contenders) {
    play.signal.throwIfAborted();
    await readBack(world, play.size.atATime).catch((error: unknown) => {
      if (!(error instanceof WrongAnswer)) throw error;
      throw new PhaseFailed(`What ${name} has at the end is wrong: ${error.message}`);
    });
  }
  return results;
}
