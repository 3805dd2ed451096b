import type { Result, Suite } from './suites.ts';
import type { Verdict } from './verdict.ts';

/** The outcome of a run for a person to read. */
export function report(
  suite: Suite,
  results: readonly Result[],
  { unexpected, known, gone }: Verdict,
): string {
  const count = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const lines = [
    ...results
      .filter(({ outcome }) => outcome === 'skipped')
      .map(({ test, message }) => `skipped  ${test}: ${message}`),
    ...known.map(
      ({ result, reason }) => `known    ${result.test}: ${firstLine(result.message)}\n         ${reason}`,
    ),
    ...unexpected.map(({ test, message }) => `FAILED   ${test}: ${message}`),
    ...gone.map(
      ({ test, reason }) =>
        `GONE     ${test.source} no longer fails; delete it from known-deviations.ts: ${reason}`,
    ),
    '',
    `${suite.packages[0]} (${suite.home}): ${results.length} checks, ${count('passed')} passed, ${count('skipped')} skipped, ${known.length} known deviations, ${unexpected.length} failed`,
  ];
  return `${lines.join('\n')}\n`;
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
