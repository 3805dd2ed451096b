import type { PhaseResult } from '../run.ts';
import { summarize } from './summary.ts';
import { format } from './tables.ts';

const TITLE_WIDTH = 50;

/** A line of what came of a phase, for whoever waits. */
export function describeResult(result: PhaseResult): string {
  const [phase] = summarize([[result]]);
  if (phase === undefined) return '';
  const rates = [...phase.by].map(([name, { perSecond }]) => `${name} ${format(perSecond)}/s`);
  const ratios = [...phase.ratios].map(([{ of, to }, ratio]) => `${of}/${to} ${format(ratio)}`);
  return `${phase.title.padEnd(TITLE_WIDTH)} ${[...rates, ...ratios].join('  ')}\n`;
}
