import type { Contender } from './contenders/contender.ts';
import { processorTime } from './contenders/processor-time.ts';
import { inParallel } from './in-parallel.ts';
import type { Phase, Size } from './phases/phase.ts';
import { WrongAnswer } from './workload/expect.ts';

/** What one contender did in one phase. */
export interface PhaseFigures {
  requests: number;
  milliseconds: number;
  latencies: number[];
  /** Milliseconds of processor that the server took, and PostgreSQL; undefined where the system does not tell. */
  serverTime: number | undefined;
  postgresTime: number | undefined;
}

/** Where and how long a phase is played. */
export interface Play {
  readonly size: Size;
  /** How long a contender plays a phase, in all turns together. */
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** A wrong answer, with the contender and the phase that it came in. */
export class PhaseFailed extends Error {
  override readonly name = 'PhaseFailed';
}

/**
 * Has each contender play the phase in turns, forth and back (A B B A …), so that what else happens on the machine meets
 * all of them. @throws PhaseFailed at the first wrong answer
 */
export async function playPhase(
  phase: Phase,
  contenders: readonly Contender[],
  play: Play,
): Promise<Map<Contender, PhaseFigures>> {
  const { size } = play;
  const figures = new Map(contenders.map((contender) => [contender, noFigures()]));
  const next = new Map(contenders.map((contender) => [contender, 0]));
  const each = async (act: (contender: Contender) => Promise<unknown> | undefined, turn = 0) => {
    for (const contender of turn % 2 === 0 ? contenders : contenders.toReversed()) {
      play.signal.throwIfAborted();
      await naming(phase, contender, async () => act(contender));
    }
  };
  await each(({ world }) => phase.prepare?.(world, size));
  for (let turn = 0; turn < size.slices; turn++) {
    await each(async (contender) => {
      const from = next.get(contender) ?? 0;
      const done = await playTurn(phase, contender, { ...play, turn, from });
      next.set(contender, done.next);
      figures.set(contender, add(figures.get(contender) ?? noFigures(), done.figures));
    }, turn);
  }
  await each(({ world }) => phase.conclude?.(world, size));
  return figures;
}

async function naming(phase: Phase, { name }: Contender, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof WrongAnswer)) throw error;
    throw new PhaseFailed(`${name} answered wrongly in the phase ${phase.name}: ${error.message}`);
  }
}

async function playTurn(
  phase: Phase,
  { world, pid, postgresPid }: Contender,
  { size, seconds, signal, turn, from }: Play & { turn: number; from: number },
): Promise<{ next: number; figures: PhaseFigures }> {
  const { scim } = world;
  const all = phase.atMost?.(size) ?? Number.POSITIVE_INFINITY;
  const end = Math.ceil((all * (turn + 1)) / size.slices);
  let next = from;
  const times = () => Promise.all([processorTime(pid), processorTime(postgresPid())]);
  const [serverBefore, postgresBefore] = await times();
  scim.latencies = [];
  const start = performance.now();
  const until = phase.whole ? Number.POSITIVE_INFINITY : start + (seconds * 1_000) / size.slices;
  await inParallel(size.atATime, size.atATime, async () => {
    while (next < end && performance.now() < until) {
      signal.throwIfAborted();
      await phase.step(world, next++, size);
    }
  });
  const milliseconds = performance.now() - start;
  const { latencies } = scim;
  const [serverAfter, postgresAfter] = await times();
  const serverTime = difference(serverBefore, serverAfter);
  const postgresTime = difference(postgresBefore, postgresAfter);
  return { next, figures: { requests: latencies.length, milliseconds, latencies, serverTime, postgresTime } };
}

const difference = (before: number | undefined, after: number | undefined): number | undefined =>
  before === undefined || after === undefined ? undefined : after - before;

const noFigures = (): PhaseFigures => ({
  requests: 0,
  milliseconds: 0,
  latencies: [],
  serverTime: 0,
  postgresTime: 0,
});

const add = (one: PhaseFigures, other: PhaseFigures): PhaseFigures => ({
  requests: one.requests + other.requests,
  milliseconds: one.milliseconds + other.milliseconds,
  latencies: one.latencies.concat(other.latencies),
  serverTime: sum(one.serverTime, other.serverTime),
  postgresTime: sum(one.postgresTime, other.postgresTime),
});

const sum = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one + other;
