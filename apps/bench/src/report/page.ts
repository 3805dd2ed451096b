import type { Options } from '../options.ts';
import type { PhaseSummary } from './summary.ts';
import { renderTables } from './tables.ts';

/** The page `docs/performance.md`. */
export function renderPage(
  { users, seconds, runs }: Options,
  surroundings: readonly string[],
  phases: readonly PhaseSummary[],
): string {
  return `# Performance

Written by \`npm run bench -- --write\`. The server runs in production mode with its limits on requests lifted, 16 requests
at a time from the same machine, ${users.toLocaleString('en-US')} users, every commit durable. Every answer is checked, and everything is read
back at the end. Contenders take turns in each phase (A B B A), ${seconds} seconds each in all, so that ratios hold where the
machine is not quiet; requests in a second are of this machine alone. Medians of ${runs} ${runs === 1 ? 'run' : 'runs'}.
[Where the time goes](where-the-time-goes.md) says what the figures are made of.

${surroundings.map((line) => `- ${line}`).join('\n')}

${renderTables(phases)}`;
}
