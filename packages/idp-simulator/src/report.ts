import type { OutcomeCounts } from './cycle/for-each.ts';
import type { CycleSummary } from './cycle/run-cycle.ts';
import type { Failure } from './scim/request-log.ts';
import type { Summary } from './simulate.ts';

/** Failures beyond this many are summed up in one line. */
const SHOWN_FAILURES = 20;

/** The summary as text for a terminal, ending in a newline. */
export function renderReport(summary: Summary): string {
  const lines = [
    ...summary.cycles.flatMap(cycleLines),
    '',
    ...statusTable(summary),
    '',
    ...failureLines(summary),
    ...(summary.stopped === undefined ? [] : [`Stopped: ${summary.stopped}`]),
    totalLine(summary),
  ];
  return `${lines.join('\n')}\n`;
}

function cycleLines(cycle: CycleSummary): string[] {
  const phases = (['users', 'managers', 'groups', 'members'] as const).map(
    (phase) => `  ${phase.padEnd(9)} ${outcomes(cycle[phase])}`,
  );
  const head = `${cycle.name} cycle toward generation ${cycle.generation}: ${cycle.writes} writes in ${seconds(cycle.durationMs)}`;
  return [head, ...phases];
}

function outcomes(counts: OutcomeCounts): string {
  const parts = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
  return parts.length === 0 ? 'nothing to do' : parts.join(', ');
}

function statusTable({ statuses }: Summary): string[] {
  const rows = Object.entries(statuses).flatMap(([method, counts]) =>
    Object.entries(counts).map(([status, count]) => [method, status, String(count)] as const),
  );
  const table = [['Method', 'Status', 'Requests'] as const, ...rows];
  return table.map(([method, status, count]) => `${method.padEnd(8)}${status.padEnd(8)}${count.padStart(8)}`);
}

function failureLines({ failures, failureCount }: Summary): string[] {
  if (failureCount === 0) return [];
  const shown = failures.slice(0, SHOWN_FAILURES);
  const rest = failureCount - shown.length;
  return ['Failures', ...shown.flatMap(failureLine), ...(rest > 0 ? [`  … and ${rest} more`] : []), ''];
}

function failureLine({ method, path, status, detail }: Failure): string[] {
  return [`  ${method} ${path} → ${status ?? 'no answer'}`, `    ${detail.replaceAll(/\s+/g, ' ')}`];
}

function totalLine(summary: Summary): string {
  const { requests, writes, retries, failureCount, durationMs, requestsPerSecond } = summary;
  return `${requests} requests (${writes} writes, ${retries} retries, ${failureCount} failed) in ${seconds(durationMs)}, ${requestsPerSecond} a second`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
