import type { ContenderName } from '../contenders/contender.ts';
import type { PhaseFigures } from '../play.ts';
import type { PhaseResult } from '../run.ts';
import { type Comparison, comparisons } from './targets.ts';

/** What a contender did in a phase: the median of all runs. */
export interface Summary {
  readonly perSecond: number;
  /** Milliseconds within which half of the answers came, and 99 of 100. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds of processor a request. */
  readonly serverTime: number | undefined;
  readonly postgresTime: number | undefined;
}

/** What came of one phase. */
export interface PhaseSummary {
  readonly name: string;
  readonly title: string;
  readonly by: ReadonlyMap<ContenderName, Summary>;
  /** Of each comparison between contenders that were there, the median of the ratios of all runs. */
  readonly ratios: ReadonlyMap<Comparison, number>;
}

/** Sums up the runs, which had the same phases and contenders. */
export function summarize(runs: readonly (readonly PhaseResult[])[]): PhaseSummary[] {
  const [first = []] = runs;
  return first.map(({ phase: { name, title }, figures }, index) => {
    const all = runs.flatMap((run) => run[index]?.figures ?? []);
    const of = (contender: ContenderName) => all.flatMap((figures) => figures.get(contender) ?? []);
    const by = new Map([...figures.keys()].map((contender) => [contender, summaryOf(of(contender))]));
    const present = comparisons.filter(({ of, to }) => by.has(of) && by.has(to));
    const ratios = new Map(
      present.map((comparison) => [comparison, median(of(comparison.of).map(ratioTo(of(comparison.to))))]),
    );
    return { name, title, by, ratios };
  });
}

const ratioTo = (others: readonly PhaseFigures[]) => (figures: PhaseFigures, index: number) => {
  const other = others[index];
  return other ? perSecond(figures) / perSecond(other) : Number.NaN;
};

const summaryOf = (runs: readonly PhaseFigures[]): Summary => ({
  perSecond: median(runs.map(perSecond)),
  p50: median(runs.map(({ latencies }) => percentile(latencies, 0.5))),
  p99: median(runs.map(({ latencies }) => percentile(latencies, 0.99))),
  serverTime: medianPerRequest(runs, 'serverTime'),
  postgresTime: medianPerRequest(runs, 'postgresTime'),
});

const perSecond = ({ requests, milliseconds }: PhaseFigures): number => (requests / milliseconds) * 1_000;

function medianPerRequest(
  runs: readonly PhaseFigures[],
  of: 'serverTime' | 'postgresTime',
): number | undefined {
  const times = runs.flatMap((figures) => {
    const time = figures[of];
    return time === undefined ? [] : time / figures.requests;
  });
  return times.length === 0 ? undefined : median(times);
}

/** The value below which that part of all lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

const median = (values: readonly number[]): number => percentile(values, 0.5);
