import type { Deviation } from './known-deviations.ts';
import type { Result } from './suites.ts';

/** What is to be thought of a run. */
export interface Verdict {
  /** Failures that nobody knew of. */
  readonly unexpected: readonly Result[];
  readonly known: readonly { readonly result: Result; readonly reason: string }[];
  /** Deviations that did not occur, and so are to be deleted. */
  readonly gone: readonly Deviation[];
}

/** Tells the failures that are known from the others. */
export function judge(results: readonly Result[], deviations: readonly Deviation[]): Verdict {
  const failures = results
    .filter(({ outcome }) => outcome === 'failed')
    .map((result) => ({ result, deviation: deviations.find((candidate) => isOf(candidate, result)) }));
  return {
    unexpected: failures.filter(({ deviation }) => deviation === undefined).map(({ result }) => result),
    known: failures.flatMap(({ result, deviation }) =>
      deviation === undefined ? [] : [{ result, reason: deviation.reason }],
    ),
    gone: deviations.filter((candidate) => !failures.some(({ deviation }) => deviation === candidate)),
  };
}

const isOf = ({ test, message }: Deviation, result: Result): boolean =>
  test.test(result.test) && message.test(result.message);
